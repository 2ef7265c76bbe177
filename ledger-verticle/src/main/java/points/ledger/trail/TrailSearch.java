package points.ledger.trail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the audit trail that a caller wants. Null means all of them.
 *
 * @param before returns only rows with a smaller position
 * @param from returns only rows of this time or later
 * @param to returns only rows of an earlier time
 * @param actor kind and id, such as {@code key:key_abc}
 * @param subject kind and id, such as {@code store:S001}
 */
public record TrailSearch(
    long before,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String actor,
    @Nullable String action,
    @Nullable String subject) {}
