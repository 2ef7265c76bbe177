package points.load.fault.ledger;

import java.util.List;

/**
 * All that PostgreSQL has of some members, of one instant.
 *
 * @param entries by member and sequence
 */
public record Books(List<Member> members, List<Entry> entries) {}
