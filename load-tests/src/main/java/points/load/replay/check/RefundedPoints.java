package points.load.replay.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import points.load.model.Entry.Line;
import points.load.model.ReturnedParts;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.Refund;

/** The points that the refunds of a receipt are to take back, by {@link ReturnedParts}. */
public final class RefundedPoints {
  private final ReturnedParts parts;
  private final Map<String, Long> shares = new LinkedHashMap<>();
  private final long points;

  /**
   * Starts with nothing refunded.
   *
   * @param lines the points of each line
   */
  public RefundedPoints(Receipt receipt, List<Line> lines) {
    Map<String, Long> sold = new LinkedHashMap<>();
    for (int i = 0; i < receipt.lines().size(); i++) {
      sold.put(Receipt.lineId(i), receipt.lines().get(i).amount());
    }
    for (Line line : lines) {
      shares.put(line.lineId(), line.points());
    }
    this.parts = new ReturnedParts(sold, 0);
    this.points = lines.stream().mapToLong(Line::points).sum();
  }

  /** Adds a refund and returns the points that it takes back. */
  public long add(Refund.What what) {
    long before = takenBack();
    if (what instanceof Refund.Whole) {
      parts.addRest();
    } else if (what instanceof Refund.OfAmount some) {
      parts.addUnnamed(some.amount());
    } else if (what instanceof Refund.OfLines some) {
      some.amounts().forEach((place, amount) -> parts.add(Receipt.lineId(place), amount));
    }
    return takenBack() - before;
  }

  /** The points that all refunds so far take back. */
  public long takenBack() {
    return parts.due(points, shares);
  }
}
