package points.ledger.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import points.ledger.database.PgClient;
import points.ledger.model.MemberKey;

/**
 * The table of what is to be done. A row is claimed by putting it off: whoever fails, it is due
 * again.
 */
public final class PgOutboxTable implements OutboxTable {

  /** Longer than a command takes at most, so that no other node tries the same meanwhile. */
  private static final String PUT_OFF =
      """
      UPDATE outbox o
         SET attempts = o.attempts + 1,
             due_at = now() + least(interval '5 minutes',
                                    interval '10 seconds' * power(2, least(o.attempts, 6)))
        FROM due d
       WHERE o.program_id = d.program_id AND o.member_id = d.member_id AND o.sequence = d.sequence
      RETURNING o.program_id, o.member_id, o.sequence
      """;

  private static final String CLAIM =
      """
      WITH due AS MATERIALIZED (
        SELECT program_id, member_id, sequence FROM outbox
         WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      """
          + PUT_OFF;

  private static final String CLAIM_ONE =
      """
      WITH due AS MATERIALIZED (
        SELECT program_id, member_id, sequence FROM outbox
         WHERE program_id = $1 AND member_id = $2 AND sequence = $3 AND due_at <= now()
           FOR UPDATE SKIP LOCKED)
      """
          + PUT_OFF;

  private static final String DONE =
      "DELETE FROM outbox WHERE program_id = $1 AND member_id = $2 AND sequence = $3";

  private static final String LEAVES =
      """
      SELECT EXISTS (
        SELECT FROM outbox o
          JOIN entry e USING (program_id, member_id, sequence)
         WHERE o.program_id = $1 AND o.member_id = $2 AND e.kind = 'MERGE_OUT') AS is
      """;

  private static final String BACKLOG =
      """
      SELECT count(*) AS rows,
             coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS oldest
        FROM outbox
      """;

  private final PgClient connections;

  public PgOutboxTable(Pool pool) {
    this.connections = new PgClient(pool);
  }

  @Override
  public Future<List<Due>> claim(int limit) {
    return connections.write(CLAIM, Tuple.of(limit)).map(PgOutboxTable::due);
  }

  @Override
  public Future<List<Due>> claim(MemberKey member, long sequence) {
    return connections
        .write(CLAIM_ONE, Tuple.of(member.programId(), member.memberId(), sequence))
        .map(PgOutboxTable::due);
  }

  @Override
  public Future<Void> done(Due due) {
    MemberKey member = due.member();
    return connections
        .write(DONE, Tuple.of(member.programId(), member.memberId(), due.sequence()))
        .mapEmpty();
  }

  @Override
  public Future<Boolean> leaves(MemberKey merged) {
    return connections
        .read(LEAVES, Tuple.of(merged.programId(), merged.memberId()))
        .map(rows -> rows.iterator().next().getBoolean("is"));
  }

  @Override
  public Future<Backlog> backlog() {
    return connections
        .read(BACKLOG, Tuple.tuple())
        .map(rows -> rows.iterator().next())
        .map(row -> new Backlog(row.getLong("rows"), row.getDouble("oldest")));
  }

  private static List<Due> due(RowSet<Row> rows) {
    var due = new ArrayList<Due>(rows.size());
    for (Row row : rows) {
      var member = new MemberKey(row.getString("program_id"), row.getString("member_id"));
      due.add(new Due(member, row.getLong("sequence")));
    }
    return due;
  }
}
