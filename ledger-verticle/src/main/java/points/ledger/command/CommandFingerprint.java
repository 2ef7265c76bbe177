package points.ledger.command;

import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** The part of a fingerprint that all commands have. */
final class CommandFingerprint {

  private CommandFingerprint() {}

  /** Begins the fingerprint of a command with what all kinds have. */
  static Fingerprint of(String kind, MemberKey member, Origin origin) {
    Fingerprint print =
        Fingerprint.of(kind)
            .and(member.programId())
            .and(member.memberId())
            .and(origin.storeId())
            .and(origin.terminalId())
            .and(origin.orderId())
            .and(origin.askedBy())
            .and(origin.reason());
    if (origin.operator() != null && origin.onBehalfOf() != null) {
      print.and("onBehalfOf").and(origin.onBehalfOf());
    }
    // Nothing where there is none: a content has the fingerprint that it always had.
    origin.metadata().forEach((name, value) -> print.and("metadata").and(name).and(value));
    return seller(print, origin);
  }

  /** Adds the way and the person by which an order was sold, where they are known. */
  static Fingerprint seller(Fingerprint print, Origin origin) {
    if (origin.channel() != null) {
      print.and("channel").and(origin.channel().name());
    }
    if (origin.cashierId() != null) {
      print.and("cashierId").and(origin.cashierId());
    }
    return print;
  }
}
