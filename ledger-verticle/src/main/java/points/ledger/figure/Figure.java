package points.ledger.figure;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sums of one group of what happened.
 *
 * @param key the store, channel, terminal, cashier or day; empty where entries name none
 * @param storeId of a terminal, which has its name from its store; null of other groups
 * @param hour the instant at which the hour began; null of other groups
 * @param turnover of all orders, before refunds; minor units
 * @param refunded minor units
 * @param ratings the ratings given and not hidden; 0 of groups other than stores and days
 * @param stars the stars of these ratings together
 */
public record Figure(
    String key,
    @Nullable String storeId,
    @Nullable Instant hour,
    long orders,
    long turnover,
    long refunds,
    long refunded,
    long pointsEarned,
    long pointsSpent,
    long pointsExpired,
    long pointsGivenBack,
    long pointsTakenBack,
    long storedValueIn,
    long storedValueOut,
    long newMembers,
    long ratings,
    long stars) {

  static Figure of(Row row) {
    return new Figure(
        row.getString("key"),
        row.getString("of_store"),
        row.getOffsetDateTime("hour") == null ? null : row.getOffsetDateTime("hour").toInstant(),
        row.getLong("orders"),
        row.getLong("turnover"),
        row.getLong("refunds"),
        row.getLong("refunded"),
        row.getLong("points_earned"),
        row.getLong("points_spent"),
        row.getLong("points_expired"),
        row.getLong("points_given_back"),
        row.getLong("points_taken_back"),
        row.getLong("stored_value_in"),
        row.getLong("stored_value_out"),
        row.getLong("new_members"),
        row.getLong("ratings"),
        row.getLong("stars"));
  }
}
