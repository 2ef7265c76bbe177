package points.load.model.book;

/**
 * A member, as rules see it.
 *
 * @param tier empty for none
 */
public record Buyer(String memberId, String tier, Counters counters) {}
