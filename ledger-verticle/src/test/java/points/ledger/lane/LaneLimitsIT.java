package points.ledger.lane;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.LedgerOptions;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Outcome.InDoubt;
import points.ledger.command.Outcome.NotApplied;
import points.ledger.command.Outcome.Replayed;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A lane past its limits, while another session holds the row of a member. */
@WithPostgres
class LaneLimitsIT {

  private static final Duration LONG = Duration.ofSeconds(20);

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("held");

  LaneLimitsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void refuses_commands_beyond_its_length_and_applies_none_of_them() throws Exception {
    OpenLedger ledger = open(new LaneOptions(10, LONG, 500, LONG));
    try (Sql other = ledgers.sql()) {
      hold(ledger, other);
      List<Command> commands = accruals(50);
      List<Future<Outcome>> answers = commands.stream().map(ledger::submit).toList();

      assertThat(answers.subList(10, 50))
          .allSatisfy(
              answer -> assertThat(await(answer)).isEqualTo(new NotApplied(Cause.OVERLOADED)));
      other.rollBack();
      assertThat(answers.subList(0, 10))
          .allSatisfy(answer -> assertThat(await(answer)).isInstanceOf(Accepted.class));
      assertThat(other.entriesOf(tills.keyPrefix())).isEqualTo(1 + 10);
    }
  }

  @Test
  void turns_all_away_while_the_oldest_has_waited_too_long() throws Exception {
    OpenLedger ledger = open(new LaneOptions(1_000, Duration.ofMillis(100), 500, LONG));
    try (Sql other = ledgers.sql()) {
      hold(ledger, other);
      Future<Outcome> oldest = ledger.submit(tills.accrue(member, 1));
      awaitThat(
          "the oldest to be old",
          () -> ledger.meters().get("points.lane.age").gauge().value() > 0.1);

      assertThat(ledger.answerTo(tills.accrue(member, 1)))
          .isEqualTo(new NotApplied(Cause.OVERLOADED));
      other.rollBack();
      assertThat(await(oldest)).isInstanceOf(Accepted.class);
      awaitThat("the lane to recover", () -> isAccepted(ledger));
    }
  }

  @Test
  void answers_by_the_deadline_while_a_row_is_locked() throws Exception {
    Duration deadline = Duration.ofMillis(600);
    OpenLedger ledger = open(new LaneOptions(1_000, LONG, 5, deadline), LONG);
    List<Command> commands = accruals(20);
    try (Sql other = ledgers.sql()) {
      hold(ledger, other);
      long start = System.nanoTime();
      Map<Object, Long> answers =
          ledger.answersTo(commands).stream().collect(groupingBy(Object::getClass, counting()));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(deadline, deadline.plusSeconds(3));
      assertThat(answers).containsOnlyKeys(InDoubt.class, NotApplied.class);
      assertThat(answers.get(InDoubt.class)).as("in the batch under way").isBetween(1L, 5L);
      other.rollBack();
      awaitThat("the lane to be empty", () -> ledger.depth() == 0);
    }
    assertSentAgainApplyOnce(ledgers.open(tills.program()), commands);
  }

  @Test
  void never_applies_a_command_after_answering_that_it_was_not() throws Exception {
    OpenLedger ledger = open(new LaneOptions(1_000, LONG, 5, Duration.ofMillis(600)));
    List<Command> commands = accruals(20);
    List<Outcome> answers;
    try (Sql other = ledgers.sql()) {
      hold(ledger, other);
      answers = ledger.answersTo(commands);
      other.rollBack();
      // Decided after all that the lane still has of the first twenty.
      awaitThat("the lane to recover", () -> isAccepted(ledger));
      for (int i = 0; i < commands.size(); i++) {
        if (answers.get(i) instanceof NotApplied) {
          assertThat(other.entryCount(commands.get(i))).isZero();
        }
      }
    }
  }

  private boolean isAccepted(OpenLedger ledger) {
    return ledger.answerTo(tills.accrue(member, 1)) instanceof Accepted;
  }

  /** Whatever became of them, each leaves one entry once it is sent again. */
  private void assertSentAgainApplyOnce(OpenLedger ledger, List<Command> commands)
      throws Exception {
    assertThat(ledger.answersTo(commands))
        .allSatisfy(answer -> assertThat(answer).isInstanceOfAny(Accepted.class, Replayed.class));
    try (Sql sql = ledgers.sql()) {
      assertThat(sql.entriesOf(tills.keyPrefix())).isEqualTo(1 + commands.size());
    }
    assertThat(ledger.stateOf(member).orElseThrow().lots().total()).isEqualTo(1 + commands.size());
  }

  private OpenLedger open(LaneOptions lane, Duration statementTimeout) {
    LedgerOptions usual = ledgers.options(lane);
    var options =
        new LedgerOptions(
            usual.database(), usual.lanes(), lane, statementTimeout, usual.hotMembersMax());
    return ledgers.open(options, tills.program());
  }

  private OpenLedger open(LaneOptions lane) {
    return ledgers.open(ledgers.options(lane), tills.program());
  }

  /** Enrols the member and locks its row. */
  private void hold(OpenLedger ledger, Sql other) throws Exception {
    assertThat(ledger.answerTo(tills.accrue(member, 1))).isInstanceOf(Accepted.class);
    other.begin().run("SELECT FROM member WHERE member_id = 'held' FOR UPDATE");
  }

  private List<Command> accruals(int count) {
    return IntStream.range(0, count).<Command>mapToObj(i -> tills.accrue(member, 1)).toList();
  }
}
