package points.ledger.refund;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parked refunds, as those see them who apply them. */
public interface WaitingRefundTable {

  /**
   * The waiting refunds that were claimed.
   *
   * @param claimed how many were looked at
   * @param sold those whose sale is there
   */
  record Claimed(int claimed, List<RefundRequest> sold) {}

  /**
   * The number and age of waiting refunds.
   *
   * @param rows how many wait for their sale
   * @param oldestSeconds the age of the one that has waited longest
   */
  record Waiting(long rows, double oldestSeconds) {}

  /** Claims some that are due, to look whether their sale is there. */
  Future<Claimed> claim(int limit);

  /** Takes the first of the order that is to be applied; empty when none is. */
  Future<Optional<RefundRequest>> take(RefundRequest ofOrder);

  /**
   * Marks a parked refund as ended by its entry or by a refusal.
   *
   * @return whether its end was not known before
   */
  Future<Boolean> markEnded(
      RefundRequest wanted, @Nullable String transactionId, @Nullable String refusal);

  /** Makes reviews of those that have waited for too long; how many. */
  Future<Integer> lapse(int limit);

  /** Returns how many wait, and for how long. */
  Future<Waiting> waiting();
}
