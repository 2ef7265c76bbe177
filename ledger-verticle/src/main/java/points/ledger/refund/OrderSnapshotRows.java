package points.ledger.refund;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/** Rows of the look-up of an order: one for each sale and each move of one, at least one. */
final class OrderSnapshotRows {

  private OrderSnapshotRows() {}

  static OrderSnapshot snapshot(String programId, RowSet<Row> rows) {
    Row any = rows.iterator().next();
    Set<String> moved = moved(rows);
    var sales = new ArrayList<OrderSnapshot.Sale>(rows.size());
    var saleRows = new ArrayList<Row>(rows.size());
    for (Row row : rows) {
      if (isSale(row)) {
        String transactionId = row.getString("member_id") + "-" + row.getLong("sequence");
        sales.add(
            new OrderSnapshot.Sale(
                new MemberKey(programId, row.getString("member_id")),
                Entry.Kind.valueOf(row.getString("kind")),
                moved.contains(transactionId),
                row.getBoolean("is_reversed")));
        saleRows.add(row);
      }
    }
    return new OrderSnapshot(
        sales, any.getBoolean("is_parked"), any.getBoolean("has_due"), misfit(saleRows));
  }

  private static Set<String> moved(RowSet<Row> rows) {
    var moved = new HashSet<String>();
    for (Row row : rows) {
      if (isMove(row)) {
        moved.add(row.getString("part"));
      }
    }
    return moved;
  }

  private static boolean isMove(Row row) {
    return Entry.Kind.MOVE_OUT.name().equals(row.getString("kind"));
  }

  private static boolean isSale(Row row) {
    return row.getString("kind") != null && !isMove(row);
  }

  /** A refund that fits one of the sales fits the order. */
  private static Optional<String> misfit(List<Row> sales) {
    return sales.stream().anyMatch(it -> it.getString("misfit") == null)
        ? Optional.empty()
        : sales.stream()
            .min(Comparator.comparing(it -> it.getString("kind")))
            .map(it -> it.getString("misfit"));
  }
}
