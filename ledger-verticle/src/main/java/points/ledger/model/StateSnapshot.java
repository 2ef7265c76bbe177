package points.ledger.model;

import java.time.Instant;

/**
 * A member's state as it was read.
 *
 * @param stale whether something newer may be committed: it could not be known
 * @param asOf when this state was last known to be the newest
 */
public record StateSnapshot(MemberState state, boolean stale, Instant asOf) {}
