package points.ledger.rating;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ratings that a caller wants. Null means all of them.
 *
 * @param stores those of one of these stores
 * @param stars those with so many stars
 * @param hidden those that are hidden, or those that are not
 * @param from those given then or later
 * @param to those given earlier
 * @param after those that come after this rating in the list
 */
public record RatingSearch(
    @Nullable Set<String> stores,
    @Nullable String orderId,
    @Nullable String memberId,
    @Nullable Integer stars,
    @Nullable Boolean hidden,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long after) {}
