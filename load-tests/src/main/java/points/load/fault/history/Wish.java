package points.load.fault.history;

import java.time.Instant;

/** What a caller wants of one member. */
public sealed interface Wish {
  /** Whom it is about. */
  String memberId();

  /** An order that earns points; enrols the member. */
  record Accrual(String memberId, String storeId, String orderId, long amount, Instant occurredAt)
      implements Wish {}

  /** Points spent on an order. */
  record Deduction(String memberId, String storeId, String orderId, long points, String reason)
      implements Wish {}

  /**
   * Points given or taken by hand.
   *
   * @param points signed, not 0
   */
  record Adjustment(String memberId, long points, String operator, String reason) implements Wish {}

  /** To know what the member has. */
  record Balance(String memberId) implements Wish {}
}
