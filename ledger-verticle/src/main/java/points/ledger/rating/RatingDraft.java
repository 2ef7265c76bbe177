package points.ledger.rating;

import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;

/**
 * A rating that a member wants to give.
 *
 * @param stars from {@link Rating#STARS_MIN} to {@link Rating#STARS_MAX}
 * @param text at most {@link Rating#TEXT_LENGTH_MAX} characters; null for none
 */
public record RatingDraft(
    MemberKey member, String storeId, String orderId, int stars, @Nullable String text) {}
