package points.load.model;

import java.util.List;

/**
 * All that PostgreSQL has of some members, of one instant.
 *
 * @param entries by member and sequence
 * @param parked refunds that came before their sales
 */
public record LedgerSnapshot(
    List<MemberState> members, List<Entry> entries, List<ParkedRefund> parked) {}
