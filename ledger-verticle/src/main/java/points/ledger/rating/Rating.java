package points.ledger.rating;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member's rating of an order.
 *
 * @param ratingId unique among the ratings of all programs, later ones higher
 * @param memberId the member that gave it, or the one into which that was merged since
 * @param stars from {@link #STARS_MIN} to {@link #STARS_MAX}
 * @param text the member's words; null when there are none, and after the member has left
 * @param givenAt the time at which it was given first
 * @param changedAt the time at which the member changed it last
 * @param hidden the act by which head office hid it; null when it is not hidden
 */
public record Rating(
    long ratingId,
    String storeId,
    String orderId,
    String memberId,
    int stars,
    @Nullable String text,
    Instant givenAt,
    Instant changedAt,
    @Nullable Hidden hidden) {

  public static final int STARS_MIN = 1;
  public static final int STARS_MAX = 5;

  /** Greatest number of characters of a text. */
  public static final int TEXT_LENGTH_MAX = 500;

  /** The time after which a member cannot change its rating any more. */
  public static final Duration CHANGEABLE_FOR = Duration.ofDays(1);

  /** The hiding of a rating by head office. */
  public record Hidden(Instant at, String reason) {}

  /** Returns the instant from which on the member cannot change it any more. */
  public Instant changeableUntil() {
    return givenAt.plus(CHANGEABLE_FOR);
  }

  static Rating of(Row row) {
    return new Rating(
        row.getLong("rating_id"),
        row.getString("store_id"),
        row.getString("order_id"),
        row.getString("member_id"),
        row.getInteger("stars"),
        row.getString("text"),
        row.getOffsetDateTime("given_at").toInstant(),
        row.getOffsetDateTime("changed_at").toInstant(),
        row.getOffsetDateTime("hidden_at") == null
            ? null
            : new Hidden(
                row.getOffsetDateTime("hidden_at").toInstant(), row.getString("hidden_reason")));
  }
}
