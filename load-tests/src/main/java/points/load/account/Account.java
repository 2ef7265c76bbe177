package points.load.account;

import java.util.List;

/**
 * A member's books, read at one time.
 *
 * @param entries all of them, newest first
 * @param lots the open ones, by expiry
 */
public record Account(String memberId, List<Entry> entries, List<Lot> lots, Balance balance) {}
