package points.load.fault.ledger;

import java.util.List;

/**
 * All that PostgreSQL has of some members, of one instant.
 *
 * @param entries by member and sequence
 * @param parked refunds that came before their sales
 */
public record Books(List<Member> members, List<Entry> entries, List<Parked> parked) {}
