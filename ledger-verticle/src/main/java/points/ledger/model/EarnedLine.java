package points.ledger.model;

/**
 * A line of an order with its share of the order's points.
 *
 * @param line the line that was sold
 * @param points its share, 0 or more
 */
public record EarnedLine(Line line, long points) {}
