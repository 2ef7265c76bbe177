package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Command.Deduct;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Commands that PostgreSQL will not write, among others that it will. */
@WithPostgres
class LaneFaultsIT {

  /** PostgreSQL has no such character. */
  private static final String POISON = "a NUL: \u0000";

  private static final String FAIL_AT_COMMIT =
      """
      CREATE FUNCTION fail_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'not this one' USING ERRCODE = 'check_violation';
      END $$;
      CREATE CONSTRAINT TRIGGER fails_at_commit AFTER INSERT ON entry
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reason = 'fail at commit')
        EXECUTE FUNCTION fail_at_commit();
      """;

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();

  LaneFaultsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void a_command_that_cannot_be_written_fails_alone() throws Exception {
    OpenLedger ledger = ledgers.open(tills.program());
    rich(ledger, "m0", "m1", "m2", "m3");
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 400; i++) {
      commands.add(tills.deduct(tills.member("m" + i % 4), 1, i == 123 ? POISON : "fine"));
    }
    List<Future<Outcome>> answers = settled(ledger, commands);

    for (int i = 0; i < answers.size(); i++) {
      if (i == 123) {
        assertThat(answers.get(i).failed()).isTrue();
      } else {
        assertThat(answers.get(i).result()).isInstanceOf(Accepted.class);
      }
    }
    assertThat(count()).isEqualTo(4 + 399);
    assertThat(ledger.stateOf(tills.member("m3")).orElseThrow().lots().total())
        .isEqualTo(1_000 - 99);
  }

  @Test
  void many_commands_that_cannot_be_written_fail_alone_too() throws Exception {
    OpenLedger ledger = ledgers.open(tills.program());
    rich(ledger, "m0", "m1", "m2");
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 300; i++) {
      commands.add(tills.deduct(tills.member("m" + i % 3), 1, i % 7 == 0 ? POISON : "fine"));
    }
    List<Future<Outcome>> answers = settled(ledger, commands);

    long failed = answers.stream().filter(Future::failed).count();
    assertThat(failed).isEqualTo(43);
    assertThat(answers.stream().filter(Future::succeeded).map(Future::result))
        .allSatisfy(it -> assertThat(it).isInstanceOf(Accepted.class));
    assertThat(count()).isEqualTo(3 + 300 - failed);
  }

  @Test
  void batches_grow_again_after_a_command_that_could_not_be_written() {
    OpenLedger ledger = ledgers.open(tills.program());
    rich(ledger, "m0");
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 400; i++) {
      commands.add(tills.deduct(tills.member("m0"), 1, i == 0 ? POISON : "fine"));
    }
    settled(ledger, commands);
    assertThat(ledger.meters().find("points.lane.batch.commands").summaries())
        .anySatisfy(batches -> assertThat(batches.max()).isGreaterThan(50));
  }

  @Test
  void an_error_at_commit_is_no_acknowledgement() throws Exception {
    OpenLedger ledger = ledgers.open(tills.program());
    rich(ledger, "m0", "m1");
    try (Sql sql = ledgers.sql()) {
      sql.run(FAIL_AT_COMMIT);
    }
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 100; i++) {
      commands.add(tills.deduct(tills.member("m" + i % 2), 1, i == 40 ? "fail at commit" : "fine"));
    }
    List<Future<Outcome>> answers = settled(ledger, commands);

    assertThat(answers.get(40).failed()).isTrue();
    answers.remove(40);
    assertThat(answers).allSatisfy(it -> assertThat(it.result()).isInstanceOf(Accepted.class));
    try (Sql sql = ledgers.sql()) {
      assertThat(sql.entryCount(commands.get(40))).isZero();
    }
    assertThat(count()).isEqualTo(2 + 99);
  }

  @Test
  void a_duplicate_of_a_failing_command_is_answered_too() {
    OpenLedger ledger = ledgers.open(tills.program());
    rich(ledger, "m0");
    Deduct poison = tills.deduct(tills.member("m0"), 1, POISON);
    assertThat(settled(ledger, List.of(poison, poison, poison)))
        .allSatisfy(answer -> assertThat(answer.failed()).isTrue());
  }

  private void rich(OpenLedger ledger, String... memberIds) {
    for (String memberId : memberIds) {
      assertThat(ledger.answerTo(tills.accrue(tills.member(memberId), 1_000)))
          .isInstanceOf(Accepted.class);
    }
  }

  private static List<Future<Outcome>> settled(
      OpenLedger ledger, List<? extends Command> commands) {
    var answers = new ArrayList<Future<Outcome>>();
    commands.forEach(command -> answers.add(ledger.submit(command)));
    answers.forEach(answer -> await(answer.transform(done -> Future.succeededFuture(done))));
    return answers;
  }

  private long count() throws Exception {
    try (Sql sql = ledgers.sql()) {
      return sql.entriesOf(tills.keyPrefix());
    }
  }
}
