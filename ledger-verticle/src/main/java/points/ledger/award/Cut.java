package points.ledger.award;

/**
 * Points that a rule would have given and did not.
 *
 * @param rule its number in the book
 * @param reason {@link Reason#CAP} or {@link Reason#BUDGET}
 * @param points 1 or more
 */
public record Cut(int rule, Reason reason, long points) {}
