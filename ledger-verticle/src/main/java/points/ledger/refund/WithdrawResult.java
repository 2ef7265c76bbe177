package points.ledger.refund;

/** The result of a call that withdraws a parked refund. */
public sealed interface WithdrawResult {

  /**
   * It waits no longer.
   *
   * @param again whether it had been withdrawn before
   */
  record Withdrawn(ParkedRefund refund, boolean again) implements WithdrawResult {}

  /** It had ended in another way before, or its sale has just come. */
  record TooLate(ParkedRefund refund) implements WithdrawResult {}

  /** No such refund was parked. */
  record NotParked() implements WithdrawResult {}
}
