package points.ledger.member;

import java.time.Instant;
import java.util.List;

/**
 * Points that several members share.
 *
 * @param poolId also the id of the member whose account its points are in
 * @param memberIds in order
 */
public record FamilyPool(String poolId, String name, List<String> memberIds, Instant createdAt) {}
