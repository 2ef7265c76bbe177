package points.ledger.refund;

import points.ledger.command.Outcome;

/** The result of a refund. */
public sealed interface RefundResult {

  /** The order is known, and the ledger has decided; or the key stands for something else. */
  record Decided(Outcome outcome) implements RefundResult {}

  /**
   * It waits for its sale, or has waited for it when it came first.
   *
   * @param again whether this is the first answer again
   */
  record Parked(ParkedRefund refund, boolean again) implements RefundResult {}

  /** Another refund of the order, of the same id and another content, was parked. */
  record OtherParked() implements RefundResult {}

  /** There is no such order, and nothing by which its sale could be known when it comes. */
  record Unknown() implements RefundResult {}
}
