package points.load.model;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import points.load.model.Movement.Place;

/** Finds the cancellations of pending points. */
public final class CancelledPoints {
  private CancelledPoints() {}

  /** Whether the pending points of an entry were cancelled. */
  public static boolean isCancelled(Entry entry, List<Entry> before) {
    return of(entry, before).findAny().isPresent();
  }

  /** The cancellations of an entry, on whatever member its points were pending by then. */
  static Stream<Entry> of(Entry entry, List<Entry> before) {
    return before.stream()
        .filter(it -> it.kind() == Entry.Kind.CANCELLATION)
        .filter(
            end ->
                end.refersTo(entry)
                    || before.stream().anyMatch(it -> end.refersTo(it) && isMergedFrom(it, entry)));
  }

  /** Whether a merge brought the pending points that an entry earned by its order. */
  private static boolean isMergedFrom(Entry in, Entry earner) {
    JsonObject from = in.extra().detail();
    return in.kind() == Entry.Kind.MERGE_IN
        && earner.movements().stream().anyMatch(it -> it.place() == Place.PENDING)
        && earner.origin().orderId() != null
        && earner.origin().orderId().equals(from.getString("orderId"))
        && String.valueOf(earner.origin().storeId()).equals(from.getString("storeId"));
  }
}
