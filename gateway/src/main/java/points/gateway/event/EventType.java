package points.gateway.event;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import points.ledger.feed.FeedItem;
import points.ledger.model.Entry;

/** The types of events as callers see them: one for each kind of entry, and one for each change. */
final class EventType {

  /** Types of changes that are no entries. */
  private static final Set<String> CHANGES =
      Set.of(
          "program.created",
          "program.changed",
          "store.created",
          "store.changed",
          "key.created",
          "key.revoked",
          "staff.created",
          "staff.changed",
          "member.enrolled",
          "member.changed",
          "rating.given",
          "rating.changed",
          "rating.hidden",
          "rating.shown");

  /** All types that there are. */
  static final Set<String> ALL =
      Stream.concat(Arrays.stream(Entry.Kind.values()).map(EventType::of), CHANGES.stream())
          .collect(Collectors.toUnmodifiableSet());

  private EventType() {}

  static String of(FeedItem item) {
    return item instanceof FeedItem.OfEntry it
        ? of(it.entry().kind())
        : ((FeedItem.OfChange) item).type();
  }

  static String of(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL -> "points.earned";
      case DEDUCTION -> "points.spent";
      case ADJUSTMENT -> "points.adjusted";
      case GIFT -> "points.gifted";
      case EXPIRY -> "points.expired";
      case EXCHANGE -> "points.exchanged";
      case ACTIVATION -> "points.activated";
      case CANCELLATION -> "points.cancelled";
      case HOLD -> "hold.placed";
      case CAPTURE -> "hold.captured";
      case RELEASE -> "hold.released";
      case REFUND -> "refund.done";
      case REVERSAL -> "reversal.done";
      case TOP_UP -> "storedvalue.loaded";
      case PAYMENT -> "storedvalue.spent";
      case TRANSFER_OUT -> "transfer.sent";
      case TRANSFER_IN -> "transfer.received";
      case TRANSFER_RETURN -> "transfer.returned";
      case MOVE_OUT -> "sale.moved";
      case MOVE_IN -> "sale.received";
      case MOVE_RETURN -> "sale.returned";
      case OPENING -> "balance.opened";
      case FREEZE -> "member.frozen";
      case UNFREEZE -> "member.unfrozen";
      case MERGE_OUT -> "member.merged";
      case MERGE_IN -> "member.absorbed";
      case CLOSING -> "member.closed";
    };
  }
}
