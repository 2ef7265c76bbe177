package points.ledger.registry;

import java.time.Instant;

/** A shop of the chain, or a sales channel that acts like one. */
public record Store(String storeId, String name, Instant createdAt) {}
