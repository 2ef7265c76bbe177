package points.load.reader;

import io.vertx.core.json.JsonObject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.Lot;
import points.load.model.MemberState;
import points.load.model.ParkedRefund;

/** Reads members, entries and parked refunds from PostgreSQL, those whose ids begin alike. */
public final class PgLedgerReader {
  /** The driver's value of {@code infinity}, in milliseconds. */
  private static final long INFINITY = 9223372036825200000L;

  private static final String MEMBERS =
      """
      SELECT member_id, sequence, status, available, lifetime_earned, lifetime_spent,
             lot_expires_at, lot_points, held, pending, debt, stored_value, extra
        FROM member WHERE starts_with(member_id, ?) ORDER BY member_id
      """;

  private static final String ENTRIES =
      """
      SELECT member_id, sequence, kind, points, balance, lot_expires_at, lot_points,
             store_id, order_id, amount, operator, reason, occurred_at, recorded_at,
             idempotency_key, lines, part, refers_to, extra, awarded
        FROM entry WHERE starts_with(member_id, ?) ORDER BY member_id, sequence
      """;

  private static final String PARKED =
      """
      SELECT store_id, order_id, refund_id, idempotency_key, transaction_id, refusal, occurred_at,
             ended
        FROM parked_refund WHERE starts_with(order_id, ?) ORDER BY number
      """;

  private PgLedgerReader() {}

  /** Reads all tables as of one instant, even while others write. */
  public static LedgerSnapshot read(Connection connection, String beginning) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      return new LedgerSnapshot(
          rows(connection, MEMBERS, beginning, PgLedgerReader::member),
          rows(connection, ENTRIES, beginning, PgLedgerReader::entry),
          rows(connection, PARKED, beginning, PgLedgerReader::parked));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static <T> List<T> rows(Connection connection, String sql, String beginning, Row<T> row)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, beginning);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          all.add(row.read(found));
        }
      }
    }
    return all;
  }

  private static MemberState member(ResultSet row) throws SQLException {
    return new MemberState(
        row.getString("member_id"),
        row.getLong("sequence"),
        row.getLong("available"),
        row.getLong("lifetime_earned"),
        row.getLong("lifetime_spent"),
        lots(row),
        others(row));
  }

  private static ParkedRefund parked(ResultSet row) throws SQLException {
    return new ParkedRefund(
        row.getString("store_id"),
        row.getString("order_id"),
        row.getString("refund_id"),
        row.getString("idempotency_key"),
        row.getString("transaction_id"),
        row.getString("refusal"),
        row.getTimestamp("occurred_at").toInstant(),
        row.getString("ended"));
  }

  private static MemberState.Others others(ResultSet row) throws SQLException {
    JsonObject extra = json(row);
    return new MemberState.Others(
        row.getLong("held"),
        row.getLong("pending"),
        row.getLong("debt"),
        row.getLong("stored_value"),
        PgJson.accounts(extra),
        PgJson.reservations(extra),
        MemberState.Status.valueOf(row.getString("status")),
        extra.getString("mergedInto"));
  }

  private static JsonObject json(ResultSet row) throws SQLException {
    String extra = row.getString("extra");
    return extra == null ? new JsonObject() : new JsonObject(extra);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    JsonObject extra = json(row);
    String awarded = row.getString("awarded");
    if (awarded != null) {
      extra.put(Entry.AWARDED, new JsonObject(awarded));
    }
    return new Entry(
        row.getString("member_id"),
        row.getLong("sequence"),
        Entry.Kind.valueOf(row.getString("kind")),
        row.getLong("points"),
        row.getLong("balance"),
        PgJson.movements(lots(row), extra),
        new Entry.Origin(
            row.getString("store_id"),
            row.getString("order_id"),
            number(row, "amount"),
            row.getString("operator"),
            row.getString("reason")),
        new Entry.Extra(
            number(row, "refers_to"),
            row.getString("part"),
            PgJson.balances(extra),
            PgJson.lines(row.getString("lines")),
            PgJson.detail(extra),
            PgJson.metadata(extra)),
        instant(row.getTimestamp("occurred_at")),
        instant(row.getTimestamp("recorded_at")),
        row.getString("idempotency_key"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static List<Lot> lots(ResultSet row) throws SQLException {
    Array expiries = row.getArray("lot_expires_at");
    Array points = row.getArray("lot_points");
    Timestamp[] until = (Timestamp[]) expiries.getArray();
    Long[] many = (Long[]) points.getArray();
    List<Lot> lots = new ArrayList<>(many.length);
    for (int i = 0; i < many.length; i++) {
      lots.add(new Lot(instant(until[i]), many[i]));
    }
    return lots;
  }

  private static Instant instant(Timestamp timestamp) {
    boolean never = timestamp.getTime() >= INFINITY;
    return never ? Lot.NEVER : timestamp.toInstant();
  }

  /** Reads one row. */
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
