package points.ledger.award;

/**
 * Points that one rule gives for one line.
 *
 * @param rule its number in the book
 * @param line its position in the order, from 0
 * @param points 1 or more
 */
public record Award(int rule, int line, long points) {}
