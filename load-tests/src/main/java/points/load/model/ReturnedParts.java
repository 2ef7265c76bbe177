package points.load.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a sale that were returned, and the points that are due for them. Some parts name a
 * line; a part without a line counts for the rest of all lines alike. With {@code a} the amount of
 * a line, {@code p} its share of the points and {@code n} the returned part of it, with {@code P},
 * {@code A} and {@code N} their sums and {@code M} the sum of the parts without a line, the points
 * due are {@code floor(Y + (P - Y) × M / (A - N))}, where {@code Y} is the sum of {@code p × n /
 * a}. When everything was returned they are {@code P}. The order of the parts does not matter.
 */
public final class ReturnedParts {
  private final Map<String, Long> sold;
  private final Map<String, Long> named = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final long paid;
  private long unnamed;

  /**
   * Starts with nothing returned.
   *
   * @param sold the amount of each line
   * @param paid points that stand for the amount of an order without one
   */
  public ReturnedParts(Map<String, Long> sold, long paid) {
    this.sold = sold;
    this.paid = paid;
  }

  /** Returns a part of a line; a line that was not sold is ignored. */
  public void add(String lineId, long amount) {
    if (sold.containsKey(lineId)) {
      named.merge(lineId, amount, Long::sum);
      gone.add(lineId);
    }
  }

  /** Returns a part of no line in particular. */
  public void addUnnamed(long amount) {
    unnamed += amount;
  }

  /** Returns all that is left. */
  public void addRest() {
    addAllLines();
    unnamed += left();
  }

  /** Notes that no line is left, whatever its amount is. */
  public void addAllLines() {
    gone.addAll(sold.keySet());
  }

  /** The amount of the order. */
  public long amount() {
    return sum(sold);
  }

  private static long sum(Map<String, Long> amounts) {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The amount that is left of the order. */
  public long left() {
    return amount() == 0 ? 0 : amount() - sum(named) - unnamed;
  }

  /** The amount that is left of a line, which is no more than is left of the order. */
  public long left(String lineId) {
    return Math.min(sold.getOrDefault(lineId, 0L) - named.getOrDefault(lineId, 0L), left());
  }

  /** The points that are left of an order without an amount. */
  public long pointsLeft() {
    return amount() > 0 || isWhole() ? 0 : paid - due(paid, shares(paid));
  }

  /** Whether everything was returned. */
  public boolean isWhole() {
    if (amount() > 0) {
      return left() <= 0;
    }
    return gone.containsAll(sold.keySet())
        || (unnamed > 0 && unnamed + ofNamed(shares(paid)).floor() >= paid);
  }

  /**
   * Calculates what is due of a total for the parts so far.
   *
   * @param shares of the lines in the total
   */
  public long due(long total, Map<String, Long> shares) {
    if (isWhole()) {
      return total;
    }
    Fraction due = ofNamed(shares);
    if (unnamed > 0) {
      Fraction rest =
          amount() > 0
              ? Fraction.of(amount() - sum(named))
              : Fraction.of(paid).minus(ofNamed(shares(paid)));
      Fraction part = Fraction.of(unnamed).dividedBy(rest);
      due = due.plus(Fraction.of(total).minus(due).times(part.floor() > 0 ? Fraction.of(1) : part));
    }
    return due.floor();
  }

  private Fraction ofNamed(Map<String, Long> shares) {
    Fraction sum = Fraction.of(0);
    for (Map.Entry<String, Long> share : shares.entrySet()) {
      long amount = sold.getOrDefault(share.getKey(), 0L);
      long back = named.getOrDefault(share.getKey(), 0L);
      Fraction points = Fraction.of(share.getValue());
      if (amount == 0 && gone.contains(share.getKey())) {
        sum = sum.plus(points);
      } else if (back > 0) {
        sum = sum.plus(points.times(Fraction.of(back).dividedBy(Fraction.of(amount))));
      }
    }
    return sum;
  }

  /** Shares a total over the lines by their amounts, by largest remainder. */
  public Map<String, Long> shares(long total) {
    Map<String, Long> shares = new LinkedHashMap<>();
    Map<String, Fraction> remainders = new LinkedHashMap<>();
    long missing = total;
    for (Map.Entry<String, Long> line : sold.entrySet()) {
      Fraction part =
          amount() == 0
              ? Fraction.of(1).dividedBy(Fraction.of(sold.size()))
              : Fraction.of(line.getValue()).dividedBy(Fraction.of(amount()));
      Fraction claim = Fraction.of(total).times(part);
      shares.put(line.getKey(), claim.floor());
      remainders.put(line.getKey(), claim.minus(Fraction.of(claim.floor())));
      missing -= claim.floor();
    }
    List<String> first =
        remainders.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .toList();
    first.stream().limit(missing).forEach(line -> shares.merge(line, 1L, Long::sum));
    return shares;
  }
}
