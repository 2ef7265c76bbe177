package points.ledger.award;

/**
 * A promotion that gave nothing.
 *
 * @param rule its number in the book
 * @param lostTo the number of the promotion that counts in its stead; -1 for none
 */
public record Withheld(int rule, Reason reason, int lostTo) {}
