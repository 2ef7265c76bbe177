package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Outcome.InDoubt;
import points.ledger.command.Outcome.NotApplied;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Outcome.Replayed;
import points.ledger.database.Database;
import points.ledger.database.DatabaseAwayException;
import points.ledger.fixture.AuditResult;
import points.ledger.fixture.Backends;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.fixture.Wire;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.store.PgMemberReader;
import points.postgres.Await;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A lane whose server process hangs, takes no writes, or is ended with a batch on the way. */
@WithPostgres
class LaneOutageIT {

  private static final Duration DEADLINE = Duration.ofSeconds(3);

  /** As far as a session can tell. */
  private static final String FILL_DISK =
      """
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full';
      END $$;
      CREATE TRIGGER disk_is_full BEFORE INSERT OR UPDATE ON member
        FOR EACH STATEMENT EXECUTE FUNCTION full_disk();
      """;

  private static final String FREE_DISK = "DROP TRIGGER disk_is_full ON member";

  @RegisterExtension final OpenLedgers ledgers;

  private final TestDatabase database;
  private final Tills tills = new Tills();

  LaneOutageIT(TestDatabase database) {
    this.database = database;
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void answers_by_the_deadline_while_its_server_process_hangs_and_recovers_after()
      throws Exception {
    OpenLedger ledger = openImpatient(new Database(database.uri()));
    MemberKey member = tills.member("hung");
    assertThat(ledger.answerTo(tills.accrue(member, 1))).isInstanceOf(Accepted.class);
    List<Command> commands =
        IntStream.range(0, 10).<Command>mapToObj(i -> tills.accrue(member, 1)).toList();
    List<String> hung = Backends.ofLanes(database);
    Backends.stop(hung);
    try {
      long start = System.nanoTime();
      assertThat(ledger.answersTo(commands))
          .allSatisfy(it -> assertThat(it).isInstanceOfAny(InDoubt.class, NotApplied.class));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE.multipliedBy(2));
      awaitThat("the lane to know that it is cut off", () -> !await(ledger.ledger().isWell()));
    } finally {
      Backends.resume(hung);
    }
    awaitThat("the lane to recover, with nothing to do", () -> await(ledger.ledger().isWell()));
    assertThat(ledger.answersTo(commands))
        .allSatisfy(it -> assertThat(it).isInstanceOfAny(Accepted.class, Replayed.class));
    assertThat(ledger.entriesOf(member).stream().filter(it -> it.points() == 1)).hasSize(11);
  }

  @Test
  void goes_on_over_another_connection_when_the_network_swallows_the_one_it_has() {
    Wire wire = Wire.to(database, ledgers.vertx());
    OpenLedger ledger = openImpatient(wire.at(database));
    MemberKey member = tills.member("cut off");
    assertThat(ledger.answerTo(tills.accrue(member, 1))).isInstanceOf(Accepted.class);
    Command lost = tills.accrue(member, 1);
    wire.cut();
    assertThat(ledger.answerTo(lost))
        .isInstanceOfAny(InDoubt.class, Accepted.class, Replayed.class);
    awaitThat(
        "the lane to reconnect",
        () -> ledger.answerTo(tills.accrue(member, 1)) instanceof Accepted);

    assertThat(ledger.answerTo(lost)).isInstanceOfAny(Accepted.class, Replayed.class);
    assertThat(ledger.entriesOf(member).stream().filter(it -> isOf(lost, it))).hasSize(1);
  }

  @Test
  void reads_over_other_connections_when_the_network_swallows_those_of_the_pool() {
    Wire wire = Wire.to(database, ledgers.vertx());
    Pool pool = wire.at(database).pool(ledgers.vertx(), 2);
    var reader = new PgMemberReader(pool);
    Set<MemberKey> somebody = Set.of(tills.member("somebody"));
    try {
      assertThat(await(reader.states(somebody))).isEmpty();
      wire.cut();
      assertThatThrownBy(() -> await(reader.states(somebody)))
          .hasCauseInstanceOf(DatabaseAwayException.class);
      awaitThat(
          "the pool to connect anew",
          () -> await(reader.states(somebody).map(true).otherwise(false)));
    } finally {
      await(pool.close());
    }
  }

  private static boolean isOf(Command command, Entry entry) {
    return command.request().equals(entry.request());
  }

  @Test
  void is_not_well_while_the_disk_is_full_though_it_has_nothing_to_write() throws Exception {
    OpenLedger ledger = openImpatient(new Database(database.uri()));
    MemberKey member = tills.member("no room");
    assertThat(ledger.answerTo(tills.accrue(member, 1))).isInstanceOf(Accepted.class);
    Command turnedDown = tills.accrue(member, 1);
    try (Sql sql = ledgers.sql()) {
      sql.run(FILL_DISK);
      assertThat(ledger.answerTo(turnedDown)).isEqualTo(new NotApplied(Cause.UNAVAILABLE));
      assertStaysUnwell(ledger);
      sql.run(FREE_DISK);
    }
    assertThat(ledger.answerTo(turnedDown)).isInstanceOf(Accepted.class);
    assertThat(await(ledger.ledger().isWell())).as("well, as it has just written").isTrue();
  }

  @Test
  void is_not_well_while_the_database_is_read_only_and_is_again_by_itself() throws Exception {
    OpenLedger ledger = openImpatient(new Database(database.uri()));
    MemberKey member = tills.member("read-only");
    assertThat(ledger.answerTo(tills.accrue(member, 1))).isInstanceOf(Accepted.class);
    Command turnedDown = tills.accrue(member, 1);
    try (Sql sql = ledgers.sql()) {
      sql.run(setReadOnly(sql, "on"));
      Backends.terminate(sql);
      // In doubt if it was sent before the lane saw its connection close.
      assertThat(ledger.answerTo(turnedDown)).isInstanceOfAny(NotApplied.class, InDoubt.class);
      assertStaysUnwell(ledger);
      sql.run(setReadOnly(sql, "off"));
    }
    awaitThat("the lane to recover, with nothing to do", () -> await(ledger.ledger().isWell()));
    assertThat(ledger.answerTo(turnedDown)).isInstanceOf(Accepted.class);
  }

  private static String setReadOnly(Sql sql, String onOff) throws SQLException {
    String database = sql.rows("SELECT quote_ident(current_database())").get(0);
    return "ALTER DATABASE " + database + " SET default_transaction_read_only = " + onOff;
  }

  /** A lane that forgot would be well within a few of its ticks. */
  private static void assertStaysUnwell(OpenLedger ledger) {
    Await.throughout(
        "the lane is unwell", Duration.ofMillis(500), () -> !await(ledger.ledger().isWell()));
  }

  @Test
  void loses_and_doubles_nothing_when_its_connection_is_killed_under_load() throws Exception {
    OpenLedger ledger = ledgers.open(tills.program());
    List<Command> commands = commands(4_000, new Random(7));
    var answers = new ArrayList<Future<Outcome>>();
    int kills = 0;
    try (Sql sql = ledgers.sql()) {
      for (int i = 0; i < commands.size(); i++) {
        answers.add(ledger.submit(commands.get(i)));
        if (i % 100 == 99) {
          kills += Backends.terminate(sql) > 0 ? 1 : 0;
        }
        if (i % 400 == 399) {
          await(answers.get(i));
        }
      }
    }
    List<Outcome> outcomes = answers.stream().map(OpenLedger::await).toList();

    assertThat(kills).isPositive();
    assertThat(ledger.counted("points.lane.unknown")).isPositive();
    assertThat(outcomes)
        .allSatisfy(
            it -> assertThat(it).isInstanceOfAny(Accepted.class, Replayed.class, Refused.class));
    var audit = new AuditResult(ledger);
    audit.assertEachAcknowledgedIsThereOnce(commands, outcomes);
    audit.assertTurnedDownLeftNothing(commands, outcomes);
  }

  private OpenLedger openImpatient(Database way) {
    var lane = new LaneOptions(1_000, Duration.ofSeconds(20), 5, DEADLINE);
    return ledgers.open(ledgers.options(lane, way), tills.program());
  }

  private List<Command> commands(int count, Random random) {
    var commands = new ArrayList<Command>();
    for (int i = 0; i < count; i++) {
      MemberKey member = tills.member("m" + random.nextInt(40));
      commands.add(
          random.nextInt(3) > 0
              ? tills.accrue(member, random.nextInt(100))
              : tills.deduct(member, 1 + random.nextInt(100)));
    }
    return commands;
  }
}
