package points.ledger.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund whose sale had not come yet when it came.
 *
 * @param number where it is in the list of those that were parked
 * @param settledAt when it was applied or refused; null while its sale has not come
 * @param refusal the kind of refusal, when the rules refused it in the end
 */
public record ParkedRefund(
    WantedRefund wanted,
    long number,
    Instant parkedAt,
    @Nullable Instant settledAt,
    @Nullable String refusal) {}
