package points.ledger.lane;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Outcome.Replayed;
import points.ledger.command.Refusal.InsufficientPoints;
import points.ledger.command.Refusal.KeyReused;
import points.ledger.fixture.AuditResult;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/**
 * Two nodes that both believe they own every member, and never hear of each other: the worst that a
 * split of the cluster can do. Only the database stands between them.
 */
@WithPostgres
class TwoWritersIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final List<OpenLedger> nodes = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<Future<Outcome>> answers = new ArrayList<>();

  TwoWritersIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void two_writers_lose_and_double_nothing() {
    open();
    var random = new Random(11);
    for (int i = 0; i < 6_000; i++) {
      if (i % 10 == 9) {
        int again = random.nextInt(commands.size());
        submit(random.nextInt(2), commands.get(again));
      } else {
        submit(random.nextInt(2), anything(random));
      }
      if (i % 300 == 299) {
        answers.forEach(OpenLedger::await);
      }
    }
    List<Outcome> outcomes = answers.stream().map(OpenLedger::await).toList();

    assertThat(outcomes)
        .allSatisfy(
            it -> assertThat(it).isInstanceOfAny(Accepted.class, Replayed.class, Refused.class));
    new AuditResult(nodes.get(0)).assertEachAcknowledgedIsThereOnce(commands, outcomes);
    assertThat(outdated()).as("decided from a state that the other had left behind").isPositive();
  }

  @RepeatedTest(3)
  void let_exactly_ten_of_64_deductions_through_when_the_balance_covers_ten() {
    open();
    MemberKey member = tills.member("hot");
    nodes.forEach(node -> node.answerTo(tills.accrue(member, 50)));
    for (int i = 0; i < 64; i++) {
      submit(i % 2, tills.deduct(member, 10));
    }
    List<Outcome> outcomes = answers.stream().map(OpenLedger::await).toList();

    assertThat(outcomes.stream().filter(Accepted.class::isInstance)).hasSize(10);
    assertThat(outcomes.stream().filter(new Refused(new InsufficientPoints(0))::equals))
        .hasSize(54);
    assertThat(nodes.get(0).entriesOf(member)).hasSize(12).last().matches(it -> it.balance() == 0);
  }

  @Test
  void show_no_balance_older_than_an_answer_they_have_repeated() {
    open();
    MemberKey member = tills.member("m");
    nodes.get(1).answerTo(tills.accrue(member, 50)); // and remembers the member as it is now
    Command deduction = tills.deduct(member, 20);
    nodes.get(0).answerTo(deduction);

    assertThat(nodes.get(1).answerTo(deduction)).isInstanceOf(Replayed.class);
    assertThat(nodes.get(1).stateOf(member))
        .hasValueSatisfying(it -> assertThat(it.sequence()).isEqualTo(2));
  }

  @RepeatedTest(3)
  void accept_an_order_once_that_is_posted_to_both() {
    open();
    MemberKey member = tills.member("m");
    for (int i = 0; i < 50; i++) {
      Accrue order = tills.accrue(member, 1);
      nCopies(4, order).forEach(it -> submit(commands.size() % 2, it));
    }
    List<Outcome> outcomes = answers.stream().map(OpenLedger::await).toList();

    assertThat(outcomes.stream().filter(Accepted.class::isInstance)).hasSize(50);
    assertThat(outcomes.stream().filter(Replayed.class::isInstance)).hasSize(150);
    new AuditResult(nodes.get(0)).assertEachAcknowledgedIsThereOnce(commands, outcomes);
  }

  @Test
  void give_a_key_to_one_of_two_members_that_claim_it_at_once() {
    open();
    for (int i = 0; i < 8; i++) {
      nodes.get(i % 2).answerTo(tills.accrue(tills.member("m" + i), 1));
    }
    for (int round = 0; round < 40; round++) {
      int before = answers.size();
      for (int i = 0; i < 8; i++) {
        MemberKey member = tills.member("m" + i);
        Origin office = Origin.office("operator", "by hand");
        submit(i % 2, Adjust.of(member, tills.keyPrefix() + "claimed-" + round, office, 1));
      }
      answers.subList(before, answers.size()).forEach(OpenLedger::await);
    }
    List<Outcome> outcomes = answers.stream().map(OpenLedger::await).toList();

    assertThat(outcomes.stream().filter(Accepted.class::isInstance)).hasSize(40);
    assertThat(outcomes.stream().filter(new Refused(new KeyReused())::equals)).hasSize(7 * 40);
  }

  private void open() {
    nodes.add(ledgers.open(tills.program()));
    nodes.add(ledgers.open(tills.program()));
  }

  private void submit(int node, Command command) {
    commands.add(command);
    answers.add(nodes.get(node).submit(command));
  }

  private Command anything(Random random) {
    MemberKey member = tills.member("m" + random.nextInt(6));
    return switch (random.nextInt(5)) {
      case 0, 1 -> tills.accrue(member, random.nextInt(50));
      case 2 -> tills.adjust(member, 1 + random.nextInt(9));
      default -> tills.deduct(member, 1 + random.nextInt(60));
    };
  }

  private long outdated() {
    return nodes.stream().mapToLong(node -> node.counted("points.lane.stale")).sum();
  }
}
