package points.load.model;

import java.util.List;

/**
 * The rows of some members in PostgreSQL, read at one instant.
 *
 * @param entries by member and sequence
 * @param parked refunds that arrived before their sales
 */
public record LedgerSnapshot(
    List<MemberState> members, List<Entry> entries, List<ParkedRefund> parked) {}
