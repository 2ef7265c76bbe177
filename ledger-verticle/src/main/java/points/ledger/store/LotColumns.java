package points.ledger.store;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Lot;

/**
 * Lots of many rows in two flat arrays, and the slice of them that belongs to each row:
 * PostgreSQL's {@code unnest} cannot take an array of arrays.
 */
final class LotColumns {

  private final List<OffsetDateTime> expiresAt = new ArrayList<>();
  private final List<Long> points = new ArrayList<>();
  private final List<Integer> from = new ArrayList<>();
  private final List<Integer> to = new ArrayList<>();

  void add(List<Lot> lots) {
    from.add(points.size() + 1);
    for (Lot lot : lots) {
      expiresAt.add(PgTimestamps.toSql(lot.expiresAt()));
      points.add(lot.points());
    }
    to.add(points.size());
  }

  /**
   * Binds the two arrays, and the two columns that say where in them a row's slice begins, ends.
   */
  void bindTo(
      Map<BatchParameter, Object> arguments,
      BatchParameter lotsFrom,
      BatchParameter lotsTo,
      BatchParameter lotExpiries,
      BatchParameter lotPoints) {
    arguments.put(lotsFrom, from.toArray(Integer[]::new));
    arguments.put(lotsTo, to.toArray(Integer[]::new));
    arguments.put(lotExpiries, expiresAt.toArray(OffsetDateTime[]::new));
    arguments.put(lotPoints, points.toArray(Long[]::new));
  }

  /** Reads a row's lots back. */
  static List<Lot> of(Row row) {
    OffsetDateTime[] expiresAt = row.getArrayOfOffsetDateTimes("lot_expires_at");
    Long[] points = row.getArrayOfLongs("lot_points");
    var lots = new ArrayList<Lot>(points.length);
    for (int i = 0; i < points.length; i++) {
      lots.add(new Lot(PgTimestamps.fromSql(expiresAt[i]), points[i]));
    }
    return List.copyOf(lots);
  }
}
