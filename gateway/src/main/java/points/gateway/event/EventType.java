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
          "rulebook.published",
          "rulebook.withdrawn",
          "store.created",
          "store.changed",
          "products.changed",
          "budget.warned",
          "budget.ended",
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
      Stream.concat(Arrays.stream(Entry.Kind.values()).map(Entry.Kind::event), CHANGES.stream())
          .collect(Collectors.toUnmodifiableSet());

  private EventType() {}

  static String of(FeedItem item) {
    return item instanceof FeedItem.OfEntry it
        ? it.entry().kind().event()
        : ((FeedItem.OfChange) item).type();
  }
}
