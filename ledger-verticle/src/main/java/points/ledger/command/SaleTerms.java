package points.ledger.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.model.Fingerprint;

/**
 * The parts of an order besides its amount.
 *
 * @param points paid with, of the first point currency; 0 for none
 * @param storedValue paid with, in minor units; 0 for none
 * @param pending whether the points earned are not to be spent yet
 * @param effectiveAt from when on they may be; null when that waits for an event, or when not
 *     pending
 * @param offline whether the till could not ask before the customer left: then it is booked even
 *     when the points it was paid with are not there any more
 */
public record SaleTerms(
    long points,
    long storedValue,
    boolean pending,
    @Nullable Instant effectiveAt,
    boolean offline) {

  /** Of a till that asks while the customer waits. */
  public SaleTerms(long points, long storedValue, boolean pending, @Nullable Instant effectiveAt) {
    this(points, storedValue, pending, effectiveAt, false);
  }

  /** Nothing. */
  public static final SaleTerms NONE = new SaleTerms(0, 0, false, null);

  boolean isWithinLimits() {
    return points >= 0
        && points <= Limits.POINTS_MAX
        && storedValue >= 0
        && storedValue <= Limits.AMOUNT_MAX
        && (pending || effectiveAt == null);
  }

  void addTo(Fingerprint print) {
    if (equals(NONE)) {
      return;
    }
    print.and(points).and(storedValue).and(pending ? 1 : 0);
    if (effectiveAt != null) {
      print.and(effectiveAt);
    }
    if (offline) {
      print.and("offline");
    }
  }
}
