package points.ledger.domain;

/** Why a command was not done. A refused command changes nothing and leaves no entry. */
public sealed interface Refusal {

  /** Which refusal this is: a switch over all of them tells at compile time which one it forgot. */
  enum Kind {
    MEMBER_NOT_FOUND,
    MEMBER_FROZEN,
    ALREADY_IN_STATUS,
    INSUFFICIENT_POINTS,
    BALANCE_LIMIT_EXCEEDED,
    ORDER_ALREADY_PROCESSED,
    KEY_REUSED
  }

  Kind kind();

  /** Nobody of this name is in the program, and the command does not enrol. */
  record MemberNotFound() implements Refusal {
    @Override
    public Kind kind() {
      return Kind.MEMBER_NOT_FOUND;
    }
  }

  /** The member neither earns nor spends until it is unfrozen. */
  record MemberFrozen() implements Refusal {
    @Override
    public Kind kind() {
      return Kind.MEMBER_FROZEN;
    }
  }

  /** The member already has the status that was asked for. */
  record AlreadyInStatus(Status status) implements Refusal {
    @Override
    public Kind kind() {
      return Kind.ALREADY_IN_STATUS;
    }
  }

  /**
   * More points were asked for than can be spent.
   *
   * @param available points that can be spent now
   */
  record InsufficientPoints(long available) implements Refusal {
    @Override
    public Kind kind() {
      return Kind.INSUFFICIENT_POINTS;
    }
  }

  /**
   * The balance would pass {@link Limits#POINTS_MAX}.
   *
   * @param available points that can be spent now
   */
  record BalanceLimitExceeded(long available) implements Refusal {
    @Override
    public Kind kind() {
      return Kind.BALANCE_LIMIT_EXCEEDED;
    }
  }

  /** The store's order was already processed, with another content. */
  record OrderAlreadyProcessed(Entry first) implements Refusal {
    @Override
    public Kind kind() {
      return Kind.ORDER_ALREADY_PROCESSED;
    }
  }

  /** The idempotency key was already used, for another content. */
  record KeyReused() implements Refusal {
    @Override
    public Kind kind() {
      return Kind.KEY_REUSED;
    }
  }
}
