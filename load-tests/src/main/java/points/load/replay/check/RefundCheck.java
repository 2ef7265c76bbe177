package points.load.replay.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.load.model.Entry;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.Refund;

/**
 * Compares the refund entries of a receipt with the refunds that were posted.
 *
 * <p>Each refund has exactly one entry, of {@link RefundedPoints} points, in the order in which the
 * gateway booked them.
 *
 * @param wrong the differences, a line for each
 * @param takenBack the points that all refunds took back
 */
record RefundCheck(List<String> wrong, long takenBack) {

  /**
   * Checks one receipt.
   *
   * @param planned the refunds that were posted of it
   * @param booked the refunds that its member has of it
   */
  static RefundCheck of(Receipt receipt, Entry sale, List<Refund> planned, List<Entry> booked) {
    List<String> wrong = new ArrayList<>();
    Map<String, Refund> left = new HashMap<>();
    planned.forEach(refund -> left.put(refund.refundId(), refund));
    RefundedPoints returned = new RefundedPoints(receipt, sale.lines());
    booked.stream()
        .sorted(Comparator.comparingLong(Entry::sequence))
        .forEach(
            entry -> {
              String refundId = entry.extra().part();
              Refund refund = left.remove(refundId);
              if (refund == null) {
                wrong.add("has a refund %s too many".formatted(refundId));
                return;
              }
              long points = returned.add(refund.what());
              if (!entry.refundStoreId().equals(refund.store())) {
                wrong.add(
                    "refund %s says it was taken back in %s"
                        .formatted(refundId, entry.refundStoreId()));
              }
              long taken = entry.lapsed() - entry.points();
              if (taken != points) {
                wrong.add(
                    "refund %s took back %d points instead of %d"
                        .formatted(refundId, taken, points));
              }
            });
    left.keySet().forEach(refundId -> wrong.add("has no refund " + refundId));
    return new RefundCheck(List.copyOf(wrong), returned.takenBack());
  }
}
