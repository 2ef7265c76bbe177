package points.load.fault.ledger;

import java.util.List;

/** A member's row: what the entries should add up to. */
public record Member(
    String memberId,
    long sequence,
    long available,
    long lifetimeEarned,
    long lifetimeSpent,
    List<Lot> lots) {}
