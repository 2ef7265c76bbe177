package points.gateway.web;

import java.util.Arrays;
import points.ledger.account.Limits;
import points.ledger.command.Refusal;
import points.ledger.command.Refusal.End;
import points.ledger.form.Formats;
import points.ledger.model.Status;

/**
 * The problems that refusals of the ledger are in HTTP. Each is declared once: its code, its
 * status, its title, and what one template of it says. A refusal has the first that fits it.
 */
public enum RefusalProblem implements ProblemCode {
  MEMBER_NOT_FOUND(
      404,
      "No such member",
      of(Refusal.MemberNotFound.class).says("The program has no such member.")),
  TRANSACTION_NOT_FOUND(
      404,
      "No such transaction",
      of(Refusal.TransactionNotFound.class).says("The program has no such transaction.")),
  HOLD_NOT_FOUND(
      404, "No such hold", of(Refusal.HoldNotFound.class).says("The program has no such hold.")),
  PENDING_NOT_FOUND(
      404,
      "Nothing pending of this name",
      of(Refusal.PendingNotFound.class).says("The transaction set nothing aside.")),
  ORDER_NOT_FOUND(
      404, "No such order", of(Refusal.OrderNotFound.class).says("The store has no such order.")),
  POOL_NOT_FOUND(
      404, "No such pool", of(Refusal.PoolNotFound.class).says("The program has no such pool.")),
  NOT_IN_POOL(
      409,
      "The member does not share this pool",
      of(Refusal.NotInPool.class)
          .says(it -> "Member " + it.memberId() + " does not share this pool.")),
  INSUFFICIENT_POINTS(
      409,
      "The member has fewer points",
      of(Refusal.InsufficientPoints.class)
          .says(it -> "The member has " + it.available() + " points.")
          .with("available", Refusal.InsufficientPoints::available)),
  MEMBER_FROZEN(
      409,
      "The member is frozen",
      of(Refusal.MemberFrozen.class).says("The member neither earns nor spends now.")),
  ALREADY_FROZEN(
      409,
      "The member is frozen already",
      of(Refusal.AlreadyInStatus.class)
          .when(it -> it.status() == Status.FROZEN)
          .says("There is nothing to do.")),
  NOT_FROZEN(
      409,
      "The member is not frozen",
      of(Refusal.AlreadyInStatus.class).says("There is nothing to do.")),
  ORDER_ALREADY_PROCESSED(
      409,
      "The order was processed before, with another content",
      of(Refusal.OrderAlreadyProcessed.class)
          .says(it -> "The store's order is transaction " + it.first().transactionId() + ".")),
  BALANCE_LIMIT_EXCEEDED(
      409,
      "The balance would pass its limit",
      of(Refusal.BalanceLimitExceeded.class)
          .says("A balance has at most " + Limits.POINTS_MAX + " points.")),
  INSUFFICIENT_STORED_VALUE(
      409,
      "The member has less stored value",
      of(Refusal.InsufficientStoredValue.class)
          .says(it -> "The member has " + it.available() + " stored.")
          .with("available", Refusal.InsufficientStoredValue::available)),
  MEMBER_CLOSED(
      409,
      "The member has left the program",
      of(Refusal.MemberClosed.class).says("The member has left for good.")),
  MEMBER_MERGED(
      409,
      "The member goes on as another",
      of(Refusal.MemberMerged.class)
          .says(it -> "The member goes on as " + it.into() + ".")
          .with("memberId", Refusal.MemberMerged::into)),
  MEMBER_HAS_HOLDS(
      409,
      "Something of the member is still held",
      of(Refusal.MemberHasHolds.class)
          .says(it -> it.holds() + " holds have to be captured or released before.")),
  TOO_MUCH_SET_ASIDE(
      409,
      "The member has too many holds and pending accruals",
      of(Refusal.TooManyReservations.class)
          .says("A member has at most " + Limits.RESERVES_MAX + " holds and pending accruals.")),
  LIMIT_REACHED(
      409,
      "A limit of the rule book refuses the order",
      of(Refusal.LimitReached.class)
          .says(it -> "The limit " + it.limitId() + " of the rule book is reached.")
          .with("limitId", Refusal.LimitReached::limitId)),
  UNDER_REVIEW(
      409,
      "The order waits for a review",
      of(Refusal.UnderReview.class)
          .says(
              it ->
                  "The order is beyond "
                      + String.join(", ", it.limits())
                      + ": accept or reject it at /v1/held-orders.")),
  HOLD_ALREADY_CAPTURED(
      409,
      "The hold was captured before",
      of(Refusal.HoldEnded.class)
          .when(it -> it.how() == End.CAPTURED)
          .says("The hold was captured before.")),
  HOLD_EXPIRED(
      409,
      "The hold has run out",
      of(Refusal.HoldEnded.class)
          .when(it -> it.how() == End.RAN_OUT)
          .says("The hold was released when its time was up.")),
  HOLD_ALREADY_RELEASED(
      409,
      "The hold was released before",
      of(Refusal.HoldEnded.class).says("The hold was released before.")),
  CAPTURE_EXCEEDS_HOLD(
      409,
      "Less is held",
      of(Refusal.CaptureExceedsHold.class)
          .says(it -> it.points() + " points and " + it.storedValue() + " stored are held.")),
  PENDING_ALREADY_ENDED(
      409,
      "It is not pending any more",
      of(Refusal.PendingEnded.class).says(it -> "It was " + Formats.label(it.how()) + " before.")),
  ORDER_MISMATCH(
      409,
      "The order is another than the one that is meant",
      of(Refusal.OrderMismatch.class).at(it -> "/" + it.field()).says(RefusalTexts::mismatch)),
  REFUND_STORE_NOT_ALLOWED(
      409,
      "The program lets only the store that sold take back",
      of(Refusal.RefundStoreNotAllowed.class)
          .at("/refundStoreId")
          .says("must be the store that sold: the program takes orders back nowhere else")),
  ORDER_OF_SEVERAL_MEMBERS(
      409,
      "Several members take part in the order",
      of(Refusal.OrderOfSeveralMembers.class)
          .says("Reverse its transactions one by one: whose part comes back is not known.")),
  ORDER_ALREADY_REFUNDED(
      409,
      "Nothing of the order is left",
      of(Refusal.OrderAlreadyRefunded.class).says("All of the order has come back.")),
  ORDER_TOO_LONG(
      409,
      "The order has too many entries",
      of(Refusal.OrderTooLong.class)
          .says("An order has at most " + Limits.ENTRIES_OF_ORDER_MAX + " entries.")),
  REFUND_EXCEEDS_ORDER(
      409,
      "Less of the order is left",
      of(Refusal.RefundExceedsOrder.class)
          .says(RefusalTexts::left)
          .with("refundable", Refusal.RefundExceedsOrder::left)),
  REFUND_NOT_BY_POINTS(
      409,
      "The order comes back by its money",
      of(Refusal.RefundNotByPoints.class)
          .says("The order has an amount or took no points: name lines or an amount.")),
  NOT_REVERSIBLE(
      409,
      "The entry cannot be reversed",
      of(Refusal.NotReversible.class).says(RefusalTexts::notReversible)),
  NOT_MOVABLE(
      409,
      "The sale cannot go to another member",
      of(Refusal.NotMovable.class)
          .says(RefusalTexts::notMovable)
          .with("because", it -> Formats.label(it.why()))),
  ALREADY_REVERSED(
      409,
      "The entry was reversed before",
      of(Refusal.AlreadyReversed.class).says(it -> "Transaction " + it.by() + " reversed it.")),
  NO_EXCHANGE_RATE(
      409,
      "The program does not exchange these",
      of(Refusal.NoExchangeRate.class).says("The program has no rate from one to the other.")),
  EXCHANGE_NOT_WHOLE(
      409,
      "Only whole multiples are exchanged",
      of(Refusal.ExchangeNotWhole.class)
          .says(it -> "Exchange a multiple of " + it.multiple() + ".")),
  UNKNOWN_LINE(
      422,
      "The order has no such line",
      of(Refusal.LineNotFound.class)
          .at("/lines")
          .says(it -> "must name lines of the order, not " + it.lineId())),
  UNKNOWN_CURRENCY(
      422,
      "The program has no such currency",
      of(Refusal.UnknownCurrency.class)
          .at("/currency")
          .says(it -> "is none of the program's: " + it.code())),
  UNKNOWN_TIER(
      422,
      "The rule book in force has no such tier",
      of(Refusal.UnknownTier.class)
          .at("/tier")
          .says(it -> "must be a tier of the rule book in force, not " + it.level())),
  TIER_END_PASSED(
      422,
      "The end of the tier has passed",
      of(Refusal.TierEndPassed.class).at("/until").says("must be a time to come")),
  TIER_NOT_GIVEN(
      409,
      "The member has no such tier that was given or bought",
      of(Refusal.TierNotGiven.class)
          .says(it -> "Nothing gives the member tier " + it.level() + " for a time.")),
  TIER_NOT_FOR_SALE(
      409,
      "The tier has no price",
      of(Refusal.TierNotForSale.class)
          .says(it -> "The rule book has no price for tier " + it.level() + ".")),
  TIER_NOT_HIGHER(
      409,
      "The member has the tier already, or a higher one",
      of(Refusal.TierNotHigher.class)
          .says(it -> "The member has tier " + it.level() + " and would pay for nothing.")
          .with("tier", Refusal.TierNotHigher::level)),
  PRICE_CHANGED(
      409,
      "The price is another one",
      of(Refusal.PriceChanged.class)
          .says(it -> "The price is " + it.points() + " points.")
          .with("price", Refusal.PriceChanged::points)),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The idempotency key stands for another request",
      of(Refusal.KeyReused.class).says("This Idempotency-Key was used for another request."));

  private static final RefusalProblem[] ALL = values();

  private final int status;
  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // not changed once the constant is declared
  private final Problem.Template<?> template;

  RefusalProblem(int status, String title, Problem.Template<?> template) {
    this.status = status;
    this.title = title;
    this.template = template;
  }

  /**
   * Returns the problem to answer a refused call with. A receiver that is unable has no constant of
   * its own: the caller gets the code of the reason, as if it had called on that member.
   */
  public static Problem of(Refusal refusal) {
    if (refusal instanceof Refusal.ReceiverUnable unable) {
      Problem own = of(unable.why());
      return new Problem(own.code(), RefusalTexts.receiver(unable, own), own.errors(), own.extra());
    }
    for (RefusalProblem problem : ALL) {
      if (problem.template.fits(refusal)) {
        return problem.template.problem(problem, refusal);
      }
    }
    throw new IllegalStateException("a refusal without a problem: " + refusal);
  }

  /**
   * Returns the code of a refusal that was stored by its kind.
   *
   * @param kind the name of a {@link Refusal.Kind}
   */
  public static RefusalProblem ofKind(String kind) {
    Class<? extends Refusal> type = Refusal.Kind.valueOf(kind).type();
    return Arrays.stream(ALL).filter(it -> it.template.type() == type).findFirst().orElseThrow();
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }

  private static <R extends Refusal> Problem.Template<R> of(Class<R> refusal) {
    return Problem.Template.of(refusal);
  }
}
