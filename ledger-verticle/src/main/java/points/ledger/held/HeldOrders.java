package points.ledger.held;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import points.ledger.database.PgClient;
import points.ledger.held.HeldOrder.Status;
import points.ledger.model.MemberKey;

/** The list of held orders, for the people who look at them. It follows the feed. */
public final class HeldOrders {

  private static final String PAGE =
      """
      SELECT * FROM held_order
       WHERE program_id = $1 AND status = ANY ($4) AND number > $2
       ORDER BY number LIMIT $3
      """;

  private static final String ONE =
      "SELECT * FROM held_order WHERE program_id = $1 AND number = $2";

  private final PgClient connections;

  public HeldOrders(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /**
   * Returns the program's held orders, oldest first.
   *
   * @param statuses only those
   * @param after only those of a higher number
   * @param limit at most so many
   */
  public Future<List<HeldOrder>> page(
      String programId, List<Status> statuses, long after, int limit) {
    String[] names = statuses.stream().map(Enum::name).toArray(String[]::new);
    return connections
        .read(PAGE, Tuple.of(programId, after, limit).addArrayOfString(names))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(HeldOrders::of).toList());
  }

  /** Returns a held order of the program; empty when it has none of this number. */
  public Future<Optional<HeldOrder>> find(String programId, long number) {
    return connections
        .read(ONE, Tuple.of(programId, number))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst())
        .map(found -> found.map(HeldOrders::of));
  }

  private static HeldOrder of(Row row) {
    OffsetDateTime endedAt = row.getOffsetDateTime("ended_at");
    return new HeldOrder(
        row.getLong("number"),
        new MemberKey(row.getString("program_id"), row.getString("member_id")),
        row.getLong("sequence"),
        List.of(row.getArrayOfStrings("limits")),
        row.getLong("points"),
        row.getLong("amount"),
        row.getString("store_id"),
        row.getString("terminal_id"),
        row.getString("cashier_id"),
        row.getString("order_id"),
        row.getOffsetDateTime("occurred_at").toInstant(),
        row.getOffsetDateTime("recorded_at").toInstant(),
        Status.valueOf(row.getString("status")),
        endedAt == null ? null : endedAt.toInstant());
  }
}
