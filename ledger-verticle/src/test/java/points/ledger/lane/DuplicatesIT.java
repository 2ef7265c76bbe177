package points.ledger.lane;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Deduct;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Outcome.Replayed;
import points.ledger.command.Refusal.InsufficientPoints;
import points.ledger.command.Refusal.KeyReused;
import points.ledger.command.Refusal.OrderAlreadyProcessed;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** The same request, or the same order, again: later, at once, and by another name. */
@WithPostgres
class DuplicatesIT {

  private static final Instant PAID = Instant.parse("2026-11-22T10:00:00Z");

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");

  DuplicatesIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void a_request_sent_many_times_at_once_is_accepted_once_and_shown_to_all() {
    OpenLedger ledger = ledgers.open(tills.program());
    List<Outcome> answers = ledger.answersTo(nCopies(50, tills.accrue(member, 7)));

    Entry entry = ledger.entriesOf(member).get(0);
    assertThat(answers).containsOnlyOnce(new Accepted(entry));
    assertThat(answers.stream().filter(new Replayed(entry)::equals)).hasSize(49);
    assertThat(ledger.entriesOf(member)).hasSize(1);
  }

  @Test
  void a_request_that_is_refused_is_decided_anew_each_time() {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(member, 5));
    Deduct tooMuch = tills.deduct(member, 6);
    assertThat(ledger.answersTo(nCopies(20, tooMuch)))
        .containsOnly(new Refused(new InsufficientPoints(5)));
    ledger.answerTo(tills.accrue(member, 1));
    assertThat(ledger.answerTo(tooMuch)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_key_with_another_content_is_refused_even_by_another_member() {
    OpenLedger ledger = ledgers.open(tills.program());
    Accrue first = accrual("key", "order 1", 5, member);
    assertThat(ledger.answerTo(first)).isInstanceOf(Accepted.class);
    assertThat(
            ledger.answersTo(
                List.of(
                    accrual("key", "order 1", 6, member),
                    accrual("key", "order 2", 5, member),
                    accrual("key", "order 1", 5, tills.member("other")))))
        .containsOnly(new Refused(new KeyReused()));
    assertThat(ledger.stateOf(tills.member("other"))).isEmpty();
  }

  @Test
  void an_order_under_another_key_is_replayed_or_refused_by_its_content() {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(accrual("key 1", "order", 5, member));
    Entry first = ledger.entriesOf(member).get(0);
    assertThat(ledger.answerTo(accrual("key 2", "order", 5, member)))
        .isEqualTo(new Replayed(first));
    assertThat(
            ledger.answersTo(
                List.of(
                    accrual("key 3", "order", 6, member),
                    accrual("key 4", "order", 5, tills.member("other")))))
        .containsOnly(new Refused(new OrderAlreadyProcessed(first)));
  }

  @Test
  void a_deduction_may_name_the_order_of_an_accrual_but_not_of_another_deduction() {
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(accrual("key 1", "order", 5, member));
    assertThat(ledger.answerTo(deduction("key 2", 2))).isInstanceOf(Accepted.class);
    assertThat(ledger.answerTo(deduction("key 3", 2))).isInstanceOf(Replayed.class);
    assertThat(ledger.answerTo(deduction("key 4", 3))).isInstanceOf(Refused.class);
    assertThat(ledger.stateOf(member).orElseThrow().lots().total()).isEqualTo(3);
  }

  @Test
  void one_of_many_members_that_claim_a_key_at_once_gets_it() {
    OpenLedger ledger = ledgers.open(tills.program());
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 40; i++) {
      commands.add(accrual("key", "order " + i, 5, tills.member("m" + i)));
    }
    List<Outcome> answers = ledger.answersTo(commands);
    assertThat(answers.stream().filter(Accepted.class::isInstance)).hasSize(1);
    assertThat(answers.stream().filter(new Refused(new KeyReused())::equals)).hasSize(39);
  }

  @Test
  void a_known_request_delays_no_other_of_its_batch() {
    OpenLedger ledger = ledgers.open(tills.program());
    Accrue known = tills.accrue(member, 1);
    ledger.answerTo(known);
    var commands = new ArrayList<Command>();
    IntStream.range(0, 100)
        .forEach(i -> commands.add(i % 2 == 0 ? known : tills.accrue(member, 1)));
    List<Outcome> answers = ledger.answersTo(commands);
    assertThat(answers.stream().filter(Accepted.class::isInstance)).hasSize(50);
    assertThat(answers.stream().filter(Replayed.class::isInstance)).hasSize(50);
    assertThat(ledger.stateOf(member).orElseThrow().sequence()).isEqualTo(51);
  }

  private static Accrue accrual(String key, String order, long amount, MemberKey member) {
    return Accrue.of(
        member,
        key + " of " + member.programId(),
        Origin.sale("store", "till", order),
        PAID,
        amount,
        List.of());
  }

  private Deduct deduction(String key, long points) {
    return Deduct.of(
        member,
        key + " of " + member.programId(),
        Origin.till("store", "till", "order", "points"),
        points);
  }
}
