package points.ledger.outbox;

import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.TransferCommand.Send;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.Entry.Kind;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.postgres.TestDatabase;

/** Two members, nodes that carry out effects or do not, and the rows that wait in the outbox. */
abstract class OutboxCase {

  static final Origin OFFICE = Origin.office("amy", "asked for it");

  @RegisterExtension final OpenLedgers ledgers;

  final Tills tills = new Tills();
  final MemberKey from = tills.member("from");
  final MemberKey to = tills.member("to");
  private int requests;
  private int opened;

  OutboxCase(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  /** Starts a node, which carries out effects or leaves them. */
  OpenLedger open(boolean followsUp) {
    return opened++ == 0
        ? ledgers.open(ledgers.options(followsUp), tills.program())
        : ledgers.open(ledgers.options(followsUp));
  }

  /** Starts a node that can do this much and no more, and ends it; then the row is due again. */
  void dieAt(Step step) throws SQLException {
    try (Sql sql = ledgers.sql()) {
      sql.run(trap(step));
      OpenLedger dying = open(true);
      awaitThat(
          "the node to fail at its step",
          () -> dying.meters().counter("points.outbox.failures").count() > 0);
      await(dying.ledger().stop());
      sql.run("DROP TRIGGER trap ON " + step.table, "UPDATE outbox SET due_at = now()");
    }
  }

  private static String trap(Step step) {
    return """
    CREATE OR REPLACE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the node dies here'; END $$;
    CREATE TRIGGER trap %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION trap()
    """
        .formatted(step.when, step.table, step.condition);
  }

  /** Where a node dies. */
  enum Step {
    BEFORE_THE_RECEIVER("entry", "BEFORE INSERT", "NEW.kind IN ('TRANSFER_IN', 'TRANSFER_RETURN')"),
    BEFORE_PENDING_POINTS_ARE_MERGED(
        "entry",
        "BEFORE INSERT",
        "NEW.kind = 'MERGE_IN' AND NEW.idempotency_key LIKE '% pending %'"),
    BEFORE_THE_ROW_IS_DELETED("outbox", "BEFORE DELETE", "true");

    private final String table;
    private final String when;
    private final String condition;

    Step(String table, String when, String condition) {
      this.table = table;
      this.when = when;
      this.condition = condition;
    }
  }

  void enrol(OpenLedger ledger, long ofGiver, long ofTaker) {
    ledger.answersTo(List.of(tills.accrue(from, ofGiver), tills.accrue(to, ofTaker)));
  }

  Send send(long points) {
    return Send.of(from, key(), OFFICE, "to", points);
  }

  /** A key that no other call of this test has. */
  String key() {
    return tills.keyPrefix() + "outbox-" + ++requests;
  }

  static long available(OpenLedger ledger, MemberKey member) {
    return ledger.stateOf(member).orElseThrow().lots().total();
  }

  static Entry last(OpenLedger ledger, MemberKey member) {
    List<Entry> entries = ledger.entriesOf(member);
    return entries.get(entries.size() - 1);
  }

  static long entriesOf(OpenLedger ledger, MemberKey member, Kind kind) {
    return ledger.entriesOf(member).stream().filter(it -> it.kind() == kind).count();
  }

  long committed(MemberKey member) {
    return number(
        "SELECT available FROM member WHERE program_id = '%s' AND member_id = '%s'", member);
  }

  long outboxRowsOf(MemberKey member) {
    return number("SELECT count(*) FROM outbox WHERE program_id = '%s'", member);
  }

  private long number(String sql, MemberKey member) {
    try (Sql session = ledgers.sql()) {
      return session.number(sql.formatted(member.programId(), member.memberId()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long outboxRows() {
    return outboxRowsOf(from);
  }
}
