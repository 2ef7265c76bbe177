package points.gateway.call;

import io.vertx.core.Future;
import points.gateway.web.CallResult;
import points.gateway.web.Formats;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.ledger.command.Refusal;
import points.ledger.model.Limits;
import points.ledger.model.Status;

/** What a refusal is in HTTP: the one place that knows. */
public final class RefusalMapping {

  private RefusalMapping() {}

  /** The result of a call that the rules refuse. */
  public static Future<CallResult> refused(Refusal refusal) {
    return CallResult.failure(problem(refusal));
  }

  public static Problem problem(Refusal refusal) {
    return switch (refusal.kind()) {
      case INSUFFICIENT_POINTS -> insufficient((Refusal.InsufficientPoints) refusal);
      case INSUFFICIENT_STORED_VALUE -> insufficient((Refusal.InsufficientStoredValue) refusal);
      case MEMBER_NOT_FOUND -> Problem.of(Code.MEMBER_NOT_FOUND, "The program has no such member.");
      case MEMBER_FROZEN ->
          Problem.of(Code.MEMBER_FROZEN, "The member neither earns nor spends now.");
      case MEMBER_CLOSED -> Problem.of(Code.MEMBER_CLOSED, "The member has left for good.");
      case MEMBER_MERGED -> merged((Refusal.MemberMerged) refusal);
      case MEMBER_HAS_HOLDS ->
          Problem.of(
              Code.MEMBER_HAS_HOLDS,
              "%d holds have to be captured or released before."
                  .formatted(((Refusal.MemberHasHolds) refusal).holds()));
      case ALREADY_IN_STATUS ->
          Problem.of(
              ((Refusal.AlreadyInStatus) refusal).status() == Status.FROZEN
                  ? Code.ALREADY_FROZEN
                  : Code.NOT_FROZEN,
              "There is nothing to do.");
      case BALANCE_LIMIT_EXCEEDED ->
          Problem.of(
              Code.BALANCE_LIMIT_EXCEEDED,
              "A balance has at most " + Limits.POINTS_MAX + " points.");
      case TOO_MUCH_SET_ASIDE ->
          Problem.of(
              Code.TOO_MUCH_SET_ASIDE,
              "A member has at most " + Limits.RESERVES_MAX + " holds and pending accruals.");
      case HOLD_NOT_FOUND -> Problem.of(Code.HOLD_NOT_FOUND, "The program has no such hold.");
      case HOLD_ENDED -> ended(((Refusal.HoldEnded) refusal).how());
      case CAPTURE_EXCEEDS_HOLD -> exceeds((Refusal.CaptureExceedsHold) refusal);
      case PENDING_NOT_FOUND ->
          Problem.of(Code.PENDING_NOT_FOUND, "The transaction set nothing aside.");
      case PENDING_ENDED ->
          Problem.of(
              Code.PENDING_ALREADY_ENDED,
              "It was " + Formats.label(((Refusal.PendingEnded) refusal).how()) + " before.");
      default -> ofOrderOrEntry(refusal);
    };
  }

  private static Problem ofOrderOrEntry(Refusal refusal) {
    return switch (refusal.kind()) {
      case ORDER_ALREADY_PROCESSED -> processed((Refusal.OrderAlreadyProcessed) refusal);
      case KEY_REUSED ->
          Problem.of(
              Code.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used for another request.");
      case ORDER_NOT_FOUND -> Problem.of(Code.ORDER_NOT_FOUND, "The store has no such order.");
      case ORDER_MISMATCH -> mismatch(((Refusal.OrderMismatch) refusal).field());
      case REFUND_STORE_NOT_ALLOWED ->
          Problem.at(
              Code.REFUND_STORE_NOT_ALLOWED,
              "/refundStoreId",
              "must be the store that sold: the program takes orders back nowhere else");
      case ORDER_OF_SEVERAL_MEMBERS ->
          Problem.of(
              Code.ORDER_OF_SEVERAL_MEMBERS,
              "Reverse its transactions one by one: whose part comes back cannot be result.");
      case ORDER_ALREADY_REFUNDED ->
          Problem.of(Code.ORDER_ALREADY_REFUNDED, "All of the order has come back.");
      case ORDER_TOO_LONG ->
          Problem.of(
              Code.ORDER_TOO_LONG,
              "An order has at most " + Limits.ENTRIES_OF_ORDER_MAX + " entries.");
      case LINE_NOT_FOUND -> Problem.at(Code.UNKNOWN_LINE, "/lines", unknownLine(refusal));
      case REFUND_EXCEEDS_ORDER -> exceeds((Refusal.RefundExceedsOrder) refusal);
      case REFUND_NOT_BY_POINTS ->
          Problem.of(
              Code.REFUND_NOT_BY_POINTS,
              "The order has an amount or took no points: name lines or an amount.");
      case TRANSACTION_NOT_FOUND ->
          Problem.of(Code.TRANSACTION_NOT_FOUND, "The program has no such transaction.");
      case NOT_MOVABLE -> notMovable(((Refusal.NotMovable) refusal).why());
      case NOT_REVERSIBLE -> notReversible((Refusal.NotReversible) refusal);
      case ALREADY_REVERSED ->
          Problem.of(
              Code.ALREADY_REVERSED,
              "Transaction " + ((Refusal.AlreadyReversed) refusal).by() + " reversed it.");
      case UNKNOWN_CURRENCY ->
          Problem.at(
              Code.UNKNOWN_CURRENCY,
              "/currency",
              "is none of the program's: " + ((Refusal.UnknownCurrency) refusal).code());
      case NO_EXCHANGE_RATE ->
          Problem.of(Code.NO_EXCHANGE_RATE, "The program has no rate from one to the other.");
      case EXCHANGE_NOT_WHOLE ->
          Problem.of(
              Code.EXCHANGE_NOT_WHOLE,
              "Exchange a multiple of " + ((Refusal.ExchangeNotWhole) refusal).multiple() + ".");
      default -> throw new IllegalStateException("a refusal without a problem: " + refusal);
    };
  }

  private static Problem mismatch(String field) {
    return Problem.at(
        Code.ORDER_MISMATCH,
        "/" + field,
        field.equals("occurredAt")
            ? "must not be before the store's order of this number"
            : "must be that of the store's order of this number");
  }

  private static Problem insufficient(Refusal.InsufficientPoints few) {
    return Problem.of(Code.INSUFFICIENT_POINTS, "The member has " + few.available() + " points.")
        .with("available", few.available());
  }

  private static Problem insufficient(Refusal.InsufficientStoredValue little) {
    return Problem.of(
            Code.INSUFFICIENT_STORED_VALUE, "The member has " + little.available() + " stored.")
        .with("available", little.available());
  }

  private static Problem merged(Refusal.MemberMerged merged) {
    return Problem.of(Code.MEMBER_MERGED, "The member goes on as " + merged.into() + ".")
        .with("memberId", merged.into());
  }

  private static Problem ended(Refusal.End how) {
    return switch (how) {
      case CAPTURED -> Problem.of(Code.HOLD_ALREADY_CAPTURED, "The hold was captured before.");
      case RAN_OUT -> Problem.of(Code.HOLD_EXPIRED, "The hold was released when its time was up.");
      default -> Problem.of(Code.HOLD_ALREADY_RELEASED, "The hold was released before.");
    };
  }

  private static Problem exceeds(Refusal.CaptureExceedsHold held) {
    return Problem.of(
        Code.CAPTURE_EXCEEDS_HOLD,
        "%d points and %d stored are held.".formatted(held.points(), held.storedValue()));
  }

  private static Problem exceeds(Refusal.RefundExceedsOrder exceeds) {
    String of = exceeds.lineId() == null ? "the order" : "line " + exceeds.lineId();
    return Problem.of(Code.REFUND_EXCEEDS_ORDER, "Of %s %d are left.".formatted(of, exceeds.left()))
        .with("refundable", exceeds.left());
  }

  private static String unknownLine(Refusal refusal) {
    return "must name lines of the order, not " + ((Refusal.LineNotFound) refusal).lineId();
  }

  private static Problem notMovable(Refusal.Unmovable why) {
    String text =
        switch (why) {
          case KIND -> "Only an accrual is moved; other entries are reversed and booked anew.";
          case MOVED -> "It was moved before.";
          case REVERSED -> "It was reversed.";
          case REFUNDED -> "Its order was refunded, in all or part; reverse the refunds first.";
          case CANCELLED -> "What it earned was pending and was cancelled.";
          case SPENT -> "What it earned is spent, in all or part.";
          case EXPIRED -> "What it earned has expired.";
          case UNCOVERED -> "It was paid with more than there was; reverse it and book it anew.";
        };
    return Problem.of(Code.NOT_MOVABLE, text).with("because", Formats.label(why));
  }

  private static Problem notReversible(Refusal.NotReversible not) {
    return Problem.of(
        Code.NOT_REVERSIBLE,
        not.refunded()
            ? "Its order was refunded; reverse the refunds first."
            : "An entry of kind " + Formats.label(not.of()) + " is ended or adjusted instead.");
  }

  private static Problem processed(Refusal.OrderAlreadyProcessed processed) {
    return Problem.of(
        Code.ORDER_ALREADY_PROCESSED,
        "The store's order is transaction " + processed.first().transactionId() + ".");
  }
}
