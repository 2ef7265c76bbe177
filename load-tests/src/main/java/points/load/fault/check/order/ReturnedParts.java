package points.load.fault.check.order;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.load.model.Entry;

/**
 * What has come back of a sale: of each line what came back by its name, and what came back without
 * one. The latter counts for what is left of all lines alike.
 */
public final class ReturnedParts {
  /** Far more places than a sum of shares needs to be told from a whole number. */
  private static final int PLACES = 12;

  private final Map<String, Long> sold;
  private final Map<String, Long> named = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final long paid;
  private long unnamed;

  /**
   * Nothing yet.
   *
   * @param sold money by line
   * @param paid points that stand for money where there is none
   */
  public ReturnedParts(Map<String, Long> sold, long paid) {
    this.sold = sold;
    this.paid = paid;
  }

  /** One more refund. */
  public void add(Entry refund) {
    String by = RefundDetails.basis(refund).getString("by", "LINES");
    if (!by.equals("LINES")) {
      // Points that came back before an accrual said what the order was worth are no part of that.
      boolean isOfPoints = by.equals("POINTS") && amount() > 0;
      unnamed += isOfPoints ? 0 : RefundDetails.basis(refund).getLong("unnamed");
      return;
    }
    for (Entry.Line back : refund.extra().lines()) {
      if (sold.containsKey(back.lineId())) {
        named.merge(back.lineId(), back.amount(), Long::sum);
        gone.add(back.lineId());
      }
    }
    if (RefundDetails.isOfEarlierVersion(refund)
        && refund.extra().detail().getBoolean("whole", false)) {
      gone.addAll(sold.keySet());
    }
  }

  /** All that is left. */
  public void addRest() {
    gone.addAll(sold.keySet());
    unnamed += left();
  }

  public long amount() {
    return sum(sold);
  }

  private static long sum(Map<String, Long> amounts) {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Money of the order that is left. */
  public long left() {
    return amount() == 0 ? 0 : amount() - sum(named) - unnamed;
  }

  /** Money of a line that is left: no more than of the order. */
  public long left(String lineId) {
    return Math.min(sold.getOrDefault(lineId, 0L) - named.getOrDefault(lineId, 0L), left());
  }

  /** Points that are left of an order without money. */
  public long pointsLeft() {
    return amount() > 0 || isWhole() ? 0 : paid - due(paid, shares(paid));
  }

  public boolean isWhole() {
    if (amount() > 0) {
      return left() <= 0;
    }
    return gone.containsAll(sold.keySet())
        || (unnamed > 0 && unnamed + floor(ofNamed(shares(paid))) >= paid);
  }

  /** What is due of a total, of which the lines have these shares. */
  public long due(long total, Map<String, Long> shares) {
    if (isWhole()) {
      return total;
    }
    BigDecimal due = ofNamed(shares);
    BigDecimal rest =
        amount() > 0
            ? BigDecimal.valueOf(amount() - sum(named))
            : BigDecimal.valueOf(paid).subtract(ofNamed(shares(paid)));
    if (unnamed > 0) {
      BigDecimal part =
          BigDecimal.valueOf(unnamed).divide(rest, MathContext.DECIMAL128).min(BigDecimal.ONE);
      due = due.add(BigDecimal.valueOf(total).subtract(due).multiply(part));
    }
    return floor(due);
  }

  private static long floor(BigDecimal exact) {
    return exact
        .setScale(PLACES, RoundingMode.HALF_EVEN)
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  private BigDecimal ofNamed(Map<String, Long> shares) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, Long> share : shares.entrySet()) {
      long amount = sold.getOrDefault(share.getKey(), 0L);
      long back = named.getOrDefault(share.getKey(), 0L);
      BigDecimal points = BigDecimal.valueOf(share.getValue());
      if (amount == 0 && gone.contains(share.getKey())) {
        sum = sum.add(points);
      } else if (back > 0) {
        sum =
            sum.add(
                points
                    .multiply(BigDecimal.valueOf(back))
                    .divide(BigDecimal.valueOf(amount), MathContext.DECIMAL128));
      }
    }
    return sum;
  }

  /** Shares of a total by what the lines cost: whole numbers, then one more by what is cut off. */
  public Map<String, Long> shares(long total) {
    Map<String, Long> shares = new LinkedHashMap<>();
    Map<String, BigDecimal> cut = new LinkedHashMap<>();
    long missing = total;
    for (Map.Entry<String, Long> line : sold.entrySet()) {
      BigDecimal part =
          amount() == 0
              ? BigDecimal.ONE.divide(BigDecimal.valueOf(sold.size()), MathContext.DECIMAL128)
              : BigDecimal.valueOf(line.getValue())
                  .divide(BigDecimal.valueOf(amount()), MathContext.DECIMAL128);
      BigDecimal claim = BigDecimal.valueOf(total).multiply(part);
      long whole = floor(claim);
      shares.put(line.getKey(), whole);
      cut.put(
          line.getKey(),
          claim.subtract(BigDecimal.valueOf(whole)).setScale(PLACES, RoundingMode.HALF_EVEN));
      missing -= whole;
    }
    List<String> first =
        cut.entrySet().stream()
            .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    first.stream().limit(missing).forEach(line -> shares.merge(line, 1L, Long::sum));
    return shares;
  }
}
