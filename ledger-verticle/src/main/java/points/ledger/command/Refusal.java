package points.ledger.command;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.model.Entry;
import points.ledger.model.Status;

/** The reason why a command was not done. A refused command changes nothing and leaves no entry. */
public sealed interface Refusal {

  /** The kind of a refusal: the compiler checks that a switch over them leaves none out. */
  enum Kind {
    MEMBER_NOT_FOUND(MemberNotFound.class),
    MEMBER_FROZEN(MemberFrozen.class),
    ALREADY_IN_STATUS(AlreadyInStatus.class),
    INSUFFICIENT_POINTS(InsufficientPoints.class),
    BALANCE_LIMIT_EXCEEDED(BalanceLimitExceeded.class),
    ORDER_ALREADY_PROCESSED(OrderAlreadyProcessed.class),
    KEY_REUSED(KeyReused.class),
    MEMBER_CLOSED(MemberClosed.class),
    MEMBER_MERGED(MemberMerged.class),
    MEMBER_HAS_HOLDS(MemberHasHolds.class),
    INSUFFICIENT_STORED_VALUE(InsufficientStoredValue.class),
    TOO_MUCH_SET_ASIDE(TooManyReservations.class),
    HOLD_NOT_FOUND(HoldNotFound.class),
    HOLD_ENDED(HoldEnded.class),
    CAPTURE_EXCEEDS_HOLD(CaptureExceedsHold.class),
    PENDING_NOT_FOUND(PendingNotFound.class),
    PENDING_ENDED(PendingEnded.class),
    ORDER_NOT_FOUND(OrderNotFound.class),
    ORDER_MISMATCH(OrderMismatch.class),
    REFUND_STORE_NOT_ALLOWED(RefundStoreNotAllowed.class),
    ORDER_OF_SEVERAL_MEMBERS(OrderOfSeveralMembers.class),
    ORDER_ALREADY_REFUNDED(OrderAlreadyRefunded.class),
    ORDER_TOO_LONG(OrderTooLong.class),
    LINE_NOT_FOUND(LineNotFound.class),
    REFUND_EXCEEDS_ORDER(RefundExceedsOrder.class),
    REFUND_NOT_BY_POINTS(RefundNotByPoints.class),
    TRANSACTION_NOT_FOUND(TransactionNotFound.class),
    NOT_REVERSIBLE(NotReversible.class),
    ALREADY_REVERSED(AlreadyReversed.class),
    UNKNOWN_CURRENCY(UnknownCurrency.class),
    NO_EXCHANGE_RATE(NoExchangeRate.class),
    EXCHANGE_NOT_WHOLE(ExchangeNotWhole.class),
    NOT_MOVABLE(NotMovable.class),
    RECEIVER_UNABLE(ReceiverUnable.class),
    POOL_NOT_FOUND(PoolNotFound.class),
    NOT_IN_POOL(NotInPool.class),
    UNKNOWN_TIER(UnknownTier.class),
    TIER_END_PASSED(TierEndPassed.class),
    TIER_NOT_GIVEN(TierNotGiven.class),
    TIER_NOT_FOR_SALE(TierNotForSale.class),
    TIER_NOT_HIGHER(TierNotHigher.class),
    PRICE_CHANGED(PriceChanged.class),
    LIMIT_REACHED(LimitReached.class),
    UNDER_REVIEW(UnderReview.class);

    private static final Map<Class<?>, Kind> OF =
        Arrays.stream(values()).collect(Collectors.toMap(it -> it.refusal, it -> it));

    private final Class<? extends Refusal> refusal;

    Kind(Class<? extends Refusal> refusal) {
      this.refusal = refusal;
    }

    public Class<? extends Refusal> type() {
      return refusal;
    }
  }

  default Kind kind() {
    return Objects.requireNonNull(Kind.OF.get(getClass()));
  }

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

  /** The member has left the program. */
  record MemberClosed() implements Refusal {}

  /**
   * The member was merged into another.
   *
   * @param into the other member's id
   */
  record MemberMerged(String into) implements Refusal {}

  /**
   * The member cannot end while something is held.
   *
   * @param holds how many there are
   */
  record MemberHasHolds(int holds) implements Refusal {}

  /**
   * More was to be paid than is stored.
   *
   * @param available minor units that can be paid now
   */
  record InsufficientStoredValue(long available) implements Refusal {}

  /** The member has {@link Limits#RESERVES_MAX} holds and pending accruals already. */
  record TooManyReservations() implements Refusal {}

  /** The limit of the rule book against abuse that has this id refuses the order. */
  record LimitReached(String limitId) implements Refusal {}

  /** The points are pending until somebody has looked at the order, which is beyond limits. */
  record UnderReview(List<String> limits) implements Refusal {}

  /** The member has had no such hold. */
  record HoldNotFound() implements Refusal {}

  /** The way in which a reservation ended. */
  enum End {
    CAPTURED,
    RELEASED,
    /** Its time ran out. */
    RAN_OUT,
    ACTIVATED,
    CANCELLED,
    REFUNDED
  }

  /** The hold has ended before. */
  record HoldEnded(End how) implements Refusal {}

  /**
   * More was to be captured than is held.
   *
   * @param points that are held
   * @param storedValue minor units that are held
   */
  record CaptureExceedsHold(long points, long storedValue) implements Refusal {}

  /** The member has had nothing pending of this name. */
  record PendingNotFound() implements Refusal {}

  /** It is not pending any more. */
  record PendingEnded(End how) implements Refusal {}

  /** The store has had no such order. */
  record OrderNotFound() implements Refusal {}

  /**
   * The order of this store and number is another than the one that is meant.
   *
   * @param field of the refund that says otherwise, as a path
   */
  record OrderMismatch(String field) implements Refusal {}

  /** The program has orders taken back by the store that sold. */
  record RefundStoreNotAllowed() implements Refusal {}

  /** Several members earned or spent in the order: nobody can say what part is whose. */
  record OrderOfSeveralMembers() implements Refusal {}

  /** Nothing of the order is left to be refunded. */
  record OrderAlreadyRefunded() implements Refusal {}

  /** The order has {@link Limits#ENTRIES_OF_ORDER_MAX} entries already. */
  record OrderTooLong() implements Refusal {}

  /**
   * The order has no such line.
   *
   * @param lineId as it was asked for
   */
  record LineNotFound(String lineId) implements Refusal {}

  /**
   * More was to be refunded than is left.
   *
   * @param lineId the line of which; null for the whole order
   * @param left minor units that can be refunded; points, where points were asked for
   */
  record RefundExceedsOrder(@Nullable String lineId, long left) implements Refusal {}

  /** The sale has an amount, or was not paid with points: points do not come back by themselves. */
  record RefundNotByPoints() implements Refusal {}

  /** The member has no such entry. */
  record TransactionNotFound() implements Refusal {}

  /**
   * An entry of this kind, or in this state, is not undone by a reversal.
   *
   * @param of its kind
   * @param refunded whether that is because its order was refunded
   */
  record NotReversible(Entry.Kind of, boolean refunded) implements Refusal {}

  /**
   * The entry was undone before.
   *
   * @param by the transaction id of the entry that did
   */
  record AlreadyReversed(String by) implements Refusal {}

  /** The program has no such point currency; the code is as it was asked for. */
  record UnknownCurrency(String code) implements Refusal {}

  /** The program does not exchange these. */
  record NoExchangeRate() implements Refusal {}

  /** Only whole multiples of this number of points are exchanged. */
  record ExchangeNotWhole(long multiple) implements Refusal {}

  /** The reason why a sale stays with the member on which it was booked. */
  enum Unmovable {
    /** Only accruals are moved. */
    KIND,
    MOVED,
    REVERSED,
    REFUNDED,
    /** The points that it earned were pending and never became effective. */
    CANCELLED,
    SPENT,
    EXPIRED,
    /** It was paid with more than there was. */
    UNCOVERED
  }

  /** The sale does not go over to another member. */
  record NotMovable(Unmovable why) implements Refusal {}

  /**
   * The member to whom something goes cannot have it.
   *
   * @param memberId of the receiver
   * @param why the refusal that a command on the receiver itself would get
   */
  record ReceiverUnable(String memberId, Refusal why) implements Refusal {}

  /** The program has no such pool. */
  record PoolNotFound() implements Refusal {}

  /** The member does not share the pool. */
  record NotInPool(String memberId) implements Refusal {}

  /** The rule book in force has no such level. */
  record UnknownTier(String level) implements Refusal {}

  /** A level was to be given until a time that has passed. */
  record TierEndPassed() implements Refusal {}

  /** The member has not been given the level, nor bought it, or that has ended. */
  record TierNotGiven(String level) implements Refusal {}

  /** The rule book has no price for the level. */
  record TierNotForSale(String level) implements Refusal {}

  /**
   * The member has the level, or a higher one: it would pay for nothing.
   *
   * @param level that the member has
   */
  record TierNotHigher(String level) implements Refusal {}

  /**
   * The price is not the one that the caller sent.
   *
   * @param points the price
   */
  record PriceChanged(long points) implements Refusal {}
}
