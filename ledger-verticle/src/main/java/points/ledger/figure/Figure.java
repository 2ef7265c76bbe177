package points.ledger.figure;

import io.vertx.sqlclient.Row;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Sums of one group of what happened. Amounts and points are exact, however large they are.
 *
 * @param key the store, channel, terminal, cashier or day; empty where entries name none
 * @param storeId of a terminal, which has its name from its store; null of other groups
 * @param hour the instant at which the hour began; null of other groups
 * @param turnover of all orders, before refunds; minor units
 * @param refunded minor units
 * @param membersServed each once a day; 0 of groups other than stores and days
 * @param ratings the ratings given and not hidden; 0 of groups other than stores and days
 * @param stars the stars of these ratings together
 */
public record Figure(
    String key,
    @Nullable String storeId,
    @Nullable Instant hour,
    long orders,
    BigInteger turnover,
    long refunds,
    BigInteger refunded,
    BigInteger pointsEarned,
    BigInteger pointsSpent,
    BigInteger pointsExpired,
    BigInteger pointsGivenBack,
    BigInteger pointsTakenBack,
    BigInteger storedValueIn,
    BigInteger storedValueOut,
    long newMembers,
    long membersServed,
    long ratings,
    long stars) {

  static Figure of(Row row) {
    OffsetDateTime hour = row.getOffsetDateTime("hour");
    return new Figure(
        row.getString("key"),
        row.getString("of_store"),
        hour == null ? null : hour.toInstant(),
        row.getLong("orders"),
        whole(row, "turnover"),
        row.getLong("refunds"),
        whole(row, "refunded"),
        whole(row, "points_earned"),
        whole(row, "points_spent"),
        whole(row, "points_expired"),
        whole(row, "points_given_back"),
        whole(row, "points_taken_back"),
        whole(row, "stored_value_in"),
        whole(row, "stored_value_out"),
        row.getLong("new_members"),
        row.getLong("members"),
        row.getLong("ratings"),
        row.getLong("stars"));
  }

  static BigInteger whole(Row row, String column) {
    return row.getBigDecimal(column).toBigIntegerExact();
  }
}
