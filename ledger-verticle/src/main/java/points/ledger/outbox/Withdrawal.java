package points.ledger.outbox;

/** What became of a call that withdraws a parked refund. */
public sealed interface Withdrawal {

  /**
   * It waits no longer.
   *
   * @param again whether it had been withdrawn before
   */
  record Withdrawn(ParkedRefund refund, boolean again) implements Withdrawal {}

  /** It had come to another end before, or its sale has just come. */
  record TooLate(ParkedRefund refund) implements Withdrawal {}

  /** No such refund was parked. */
  record NotParked() implements Withdrawal {}
}
