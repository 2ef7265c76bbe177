package points.ledger.domain;

/** Why a command was not done. A refused command changes nothing and leaves no entry. */
public sealed interface Refusal {

  /** Nobody of this name is in the program, and the command does not enrol. */
  record MemberNotFound() implements Refusal {}

  /** The member neither earns nor spends until it is unfrozen. */
  record MemberFrozen() implements Refusal {}

  /** The member already has the status that was asked for. */
  record AlreadyInStatus(Status status) implements Refusal {}

  /**
   * More points were asked for than can be spent.
   *
   * @param available points that can be spent now
   */
  record InsufficientPoints(long available) implements Refusal {}

  /**
   * The balance would pass {@link Limits#POINTS_MAX}.
   *
   * @param available points that can be spent now
   */
  record BalanceLimitExceeded(long available) implements Refusal {}

  /** The store's order was already processed, with another content. */
  record OrderAlreadyProcessed(Entry first) implements Refusal {}

  /** The idempotency key was already used, for another content. */
  record KeyReused() implements Refusal {}
}
