package points.ledger.member;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Status;

/**
 * The identity of a member.
 *
 * @param mergedInto the member into which it was merged; null unless it was
 * @param phone unique in the program, like {@code cardNumber} and {@code openId}
 */
public record Profile(
    String memberId,
    Status status,
    @Nullable String mergedInto,
    @Nullable String phone,
    @Nullable String cardNumber,
    @Nullable String openId,
    @Nullable String name,
    Instant enrolledAt,
    Instant updatedAt) {}
