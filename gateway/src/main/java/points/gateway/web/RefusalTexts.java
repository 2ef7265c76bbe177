package points.gateway.web;

import points.ledger.command.Refusal;
import points.ledger.form.Formats;

/** The texts of refusals that have several reasons. */
final class RefusalTexts {

  private RefusalTexts() {}

  static String mismatch(Refusal.OrderMismatch mismatch) {
    return mismatch.field().equals("occurredAt")
        ? "must not be before the store's order of this number"
        : "must be that of the store's order of this number";
  }

  static String left(Refusal.RefundExceedsOrder exceeds) {
    String of = exceeds.lineId() == null ? "the order" : "line " + exceeds.lineId();
    return "Of %s %d are left.".formatted(of, exceeds.left());
  }

  static String notReversible(Refusal.NotReversible not) {
    return not.refunded()
        ? "Its order was refunded; reverse the refunds first."
        : "An entry of kind " + Formats.label(not.of()) + " is ended or adjusted instead.";
  }

  static String notMovable(Refusal.NotMovable not) {
    return switch (not.why()) {
      case KIND -> "Only an accrual is moved; other entries are reversed and booked anew.";
      case MOVED -> "It was moved before.";
      case REVERSED -> "It was reversed.";
      case REFUNDED -> "Its order was refunded, in all or part; reverse the refunds first.";
      case CANCELLED -> "What it earned was pending and was cancelled.";
      case SPENT -> "What it earned is spent, in all or part.";
      case EXPIRED -> "What it earned has expired.";
      case UNCOVERED -> "It was paid with more than there was; reverse it and book it anew.";
    };
  }

  /** In words that name the receiver, because the call names another member, too. */
  static String receiver(Refusal.ReceiverUnable unable, Problem own) {
    String id = unable.memberId();
    if (unable.why() instanceof Refusal.MemberMerged merged) {
      return "Member " + id + " goes on as " + merged.into() + ".";
    }
    return switch (unable.why().kind()) {
      case MEMBER_NOT_FOUND -> "The program has no member " + id + ".";
      case MEMBER_FROZEN -> "Member " + id + " is frozen.";
      case MEMBER_CLOSED -> "Member " + id + " has left for good.";
      default -> own.detail();
    };
  }
}
