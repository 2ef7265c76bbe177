package points.ledger.wire;

import points.ledger.command.Refusal;
import points.ledger.command.Refusal.End;
import points.ledger.command.Refusal.Kind;
import points.ledger.model.Entry;
import points.ledger.model.Status;

/** Why a command was refused, on its way back. */
final class RefusalCodec {

  private RefusalCodec() {}

  static void write(Packer out, Refusal refusal) {
    out.text(refusal.kind().name());
    switch (refusal.kind()) {
      case ALREADY_IN_STATUS -> out.text(((Refusal.AlreadyInStatus) refusal).status().name());
      case INSUFFICIENT_POINTS -> out.number(((Refusal.InsufficientPoints) refusal).available());
      case INSUFFICIENT_STORED_VALUE ->
          out.number(((Refusal.InsufficientStoredValue) refusal).available());
      case BALANCE_LIMIT_EXCEEDED ->
          out.number(((Refusal.BalanceLimitExceeded) refusal).available());
      case ORDER_ALREADY_PROCESSED ->
          OutcomeCodec.entry(out, ((Refusal.OrderAlreadyProcessed) refusal).first());
      case MEMBER_MERGED -> out.text(((Refusal.MemberMerged) refusal).into());
      case MEMBER_HAS_HOLDS -> out.number(((Refusal.MemberHasHolds) refusal).holds());
      case HOLD_ENDED -> out.text(((Refusal.HoldEnded) refusal).how().name());
      case PENDING_ENDED -> out.text(((Refusal.PendingEnded) refusal).how().name());
      case CAPTURE_EXCEEDS_HOLD -> {
        var held = (Refusal.CaptureExceedsHold) refusal;
        out.number(held.points()).number(held.storedValue());
      }
      case ORDER_MISMATCH -> out.text(((Refusal.OrderMismatch) refusal).field());
      case LINE_NOT_FOUND -> out.text(((Refusal.LineNotFound) refusal).lineId());
      case REFUND_EXCEEDS_ORDER -> {
        var exceeds = (Refusal.RefundExceedsOrder) refusal;
        out.text(exceeds.lineId()).number(exceeds.left());
      }
      case NOT_REVERSIBLE -> {
        var not = (Refusal.NotReversible) refusal;
        out.text(not.of().name()).flag(not.refunded());
      }
      case NOT_MOVABLE -> out.text(((Refusal.NotMovable) refusal).why().name());
      case ALREADY_REVERSED -> out.text(((Refusal.AlreadyReversed) refusal).by());
      case UNKNOWN_CURRENCY -> out.text(((Refusal.UnknownCurrency) refusal).code());
      case EXCHANGE_NOT_WHOLE -> out.number(((Refusal.ExchangeNotWhole) refusal).multiple());
      case MEMBER_NOT_FOUND,
          MEMBER_FROZEN,
          MEMBER_CLOSED,
          KEY_REUSED,
          TOO_MUCH_SET_ASIDE,
          HOLD_NOT_FOUND,
          PENDING_NOT_FOUND,
          ORDER_NOT_FOUND,
          REFUND_STORE_NOT_ALLOWED,
          ORDER_OF_SEVERAL_MEMBERS,
          ORDER_ALREADY_REFUNDED,
          ORDER_TOO_LONG,
          REFUND_NOT_BY_POINTS,
          TRANSACTION_NOT_FOUND,
          NO_EXCHANGE_RATE -> {
        // the kind says it all
      }
    }
  }

  static Refusal read(Unpacker in) {
    return switch (Kind.valueOf(in.text())) {
      case MEMBER_NOT_FOUND -> new Refusal.MemberNotFound();
      case MEMBER_FROZEN -> new Refusal.MemberFrozen();
      case MEMBER_CLOSED -> new Refusal.MemberClosed();
      case MEMBER_MERGED -> new Refusal.MemberMerged(in.text());
      case MEMBER_HAS_HOLDS -> new Refusal.MemberHasHolds((int) in.number());
      case ALREADY_IN_STATUS -> new Refusal.AlreadyInStatus(Status.valueOf(in.text()));
      case INSUFFICIENT_POINTS -> new Refusal.InsufficientPoints(in.number());
      case INSUFFICIENT_STORED_VALUE -> new Refusal.InsufficientStoredValue(in.number());
      case BALANCE_LIMIT_EXCEEDED -> new Refusal.BalanceLimitExceeded(in.number());
      case ORDER_ALREADY_PROCESSED -> new Refusal.OrderAlreadyProcessed(OutcomeCodec.entry(in));
      case KEY_REUSED -> new Refusal.KeyReused();
      case TOO_MUCH_SET_ASIDE -> new Refusal.TooManyReservations();
      case HOLD_NOT_FOUND -> new Refusal.HoldNotFound();
      case HOLD_ENDED -> new Refusal.HoldEnded(End.valueOf(in.text()));
      case CAPTURE_EXCEEDS_HOLD -> new Refusal.CaptureExceedsHold(in.number(), in.number());
      case PENDING_NOT_FOUND -> new Refusal.PendingNotFound();
      case PENDING_ENDED -> new Refusal.PendingEnded(End.valueOf(in.text()));
      case ORDER_NOT_FOUND -> new Refusal.OrderNotFound();
      case ORDER_MISMATCH -> new Refusal.OrderMismatch(in.text());
      case REFUND_STORE_NOT_ALLOWED -> new Refusal.RefundStoreNotAllowed();
      case ORDER_OF_SEVERAL_MEMBERS -> new Refusal.OrderOfSeveralMembers();
      case ORDER_ALREADY_REFUNDED -> new Refusal.OrderAlreadyRefunded();
      case ORDER_TOO_LONG -> new Refusal.OrderTooLong();
      case LINE_NOT_FOUND -> new Refusal.LineNotFound(in.text());
      case REFUND_EXCEEDS_ORDER -> new Refusal.RefundExceedsOrder(in.textOrNull(), in.number());
      case REFUND_NOT_BY_POINTS -> new Refusal.RefundNotByPoints();
      case TRANSACTION_NOT_FOUND -> new Refusal.TransactionNotFound();
      case NOT_REVERSIBLE -> new Refusal.NotReversible(Entry.Kind.valueOf(in.text()), in.flag());
      case NOT_MOVABLE -> new Refusal.NotMovable(Refusal.Unmovable.valueOf(in.text()));
      case ALREADY_REVERSED -> new Refusal.AlreadyReversed(in.text());
      case UNKNOWN_CURRENCY -> new Refusal.UnknownCurrency(in.text());
      case NO_EXCHANGE_RATE -> new Refusal.NoExchangeRate();
      case EXCHANGE_NOT_WHOLE -> new Refusal.ExchangeNotWhole(in.number());
    };
  }
}
