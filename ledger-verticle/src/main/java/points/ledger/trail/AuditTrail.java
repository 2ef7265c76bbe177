package points.ledger.trail;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;

/**
 * Changes by hand, in order, chained by hashes and never changed.
 *
 * <p>A set-up change is appended by the transaction that makes it, so that neither is there without
 * the other. An entry of the ledger is noted by its own transaction, and appended a moment later:
 * the batches of the ledger never wait for the chain.
 */
public final class AuditTrail {

  private static final String APPEND =
      """
      SELECT append_to_audit_trail(ROW(
        $1::text, NULL::bigint, clock_timestamp(), $2::text, $3::text, $4::text, $5::text, $6::text,
        $7::text, $8::text, $9::text, NULL::bigint, $10::jsonb, $11::jsonb, NULL::bytea,
        NULL::bytea)::audit_trail)
      """;

  private static final String SHOW = "SELECT show_in_audit_trail($1) AS moved";

  static final String PAGE =
      """
      SELECT * FROM audit_trail
       WHERE program_id = $1 AND position < $2
         AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at < $4)
         AND ($5::text IS NULL OR (actor_kind = split_part($5, ':', 1)
                                   AND actor_id = substr($5, strpos($5, ':') + 1)))
         AND ($6::text IS NULL OR action = $6)
         AND ($7::text IS NULL OR (subject_kind = split_part($7, ':', 1)
                                   AND subject_id = substr($7, strpos($7, ':') + 1)))
       ORDER BY position DESC LIMIT $8
      """;

  private static final String LENGTH =
      """
      SELECT coalesce((SELECT position FROM audit_head WHERE program_id = $1), 0) AS position
      """;

  /** Greatest number of entries that one transaction appends. */
  static final int SHOWN_MAX = 200;

  private final PgClient connections;

  public AuditTrail(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** Appends a change, in the transaction that makes it. It is the last thing that it does. */
  public static Future<Void> append(SqlClient transaction, TrailChange change) {
    Tuple row =
        Tuple.of(change.programId(), change.author().kind(), change.author().id())
            .addString(change.author().name())
            .addString(change.author().address())
            .addString(change.author().requestId())
            .addString(change.action())
            .addString(change.subjectKind())
            .addString(change.subjectId())
            .addValue(change.before())
            .addValue(change.after());
    return transaction.preparedQuery(APPEND).execute(row).mapEmpty();
  }

  /** Appends a change that no other statement belongs to, such as a sign-in. */
  public Future<Void> append(TrailChange change) {
    return connections.inTransaction(transaction -> append(transaction, change));
  }

  /** Appends entries that wait for it, and returns whether more may wait. */
  public Future<Boolean> showEntries() {
    return connections
        .write(SHOW, Tuple.of(SHOWN_MAX))
        .map(rows -> rows.iterator().next().getInteger("moved") == SHOWN_MAX);
  }

  /** Returns rows of a program, newest first. */
  public Future<List<TrailRow>> page(String programId, TrailSearch wanted, int limit) {
    Tuple arguments =
        Tuple.of(programId, wanted.before())
            .addValue(time(wanted.from()))
            .addValue(time(wanted.to()))
            .addString(wanted.actor())
            .addString(wanted.action())
            .addString(wanted.subject())
            .addInteger(limit);
    return connections
        .read(PAGE, arguments)
        .map(
            rows -> {
              var found = new ArrayList<TrailRow>(rows.size());
              rows.forEach(row -> found.add(row(row)));
              return found;
            });
  }

  /** Returns how many rows the trail of a program has. */
  public Future<Long> length(String programId) {
    return connections
        .read(LENGTH, Tuple.of(programId))
        .map(rows -> rows.iterator().next().getLong("position"));
  }

  private static @Nullable Object time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static TrailRow row(Row row) {
    return new TrailRow(
        row.getLong("position"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor_kind"),
        row.getString("actor_id"),
        row.getString("actor_name"),
        row.getString("address"),
        row.getString("request_id"),
        row.getString("action"),
        row.getString("subject_kind"),
        row.getString("subject_id"),
        (JsonObject) row.getValue("before"),
        (JsonObject) row.getValue("after"),
        HexFormat.of().formatHex(row.getBuffer("hash").getBytes()));
  }
}
