package points.load.fault.check.order;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import points.load.model.Entry;
import points.load.model.Movement;

/** The entries by which what was earned and pending was taken back. */
public final class CancelledPoints {

  private CancelledPoints() {}

  /** Whether what an entry earned was pending and never became effective. */
  public static boolean isCancelled(Entry entry, List<Entry> before) {
    return of(entry, before).findAny().isPresent();
  }

  /** Those of an entry, under whatever member it was pending then. */
  public static Stream<Entry> of(Entry entry, List<Entry> before) {
    return before.stream()
        .filter(it -> it.kind() == Entry.Kind.CANCELLATION)
        .filter(
            end ->
                end.refersTo(entry)
                    || before.stream().anyMatch(it -> end.refersTo(it) && brought(it, entry)));
  }

  /** Whether a merge has brought what an entry had left pending for its order. */
  private static boolean brought(Entry in, Entry earner) {
    JsonObject from = in.extra().detail();
    return in.kind() == Entry.Kind.MERGE_IN
        && earner.movements().stream().anyMatch(it -> it.place() == Movement.Place.PENDING)
        && earner.origin().orderId() != null
        && earner.origin().orderId().equals(from.getString("orderId"))
        && String.valueOf(earner.origin().storeId()).equals(from.getString("storeId"));
  }
}
