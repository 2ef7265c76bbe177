package points.ledger.tier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The floors of a member, as lists that are replaced by others. */
final class Floors {

  private static final Comparator<Floor> BY_END =
      Comparator.comparing((Floor it) -> it.until() == null ? Instant.MAX : it.until())
          .thenComparing(Floor::level)
          .thenComparing(Floor::since);

  private Floors() {}

  /**
   * Returns the floors with some that are new or take the place of those of the same name.
   *
   * <p>Those that ended long ago are dropped; and of too many those that end first.
   */
  static List<Floor> plus(List<Floor> floors, List<Floor> changed, Instant recordedAt) {
    if (changed.isEmpty()) {
      return floors;
    }
    var all = new ArrayList<>(floors);
    for (Floor it : changed) {
      all.removeIf(it::isOfName);
      all.add(it);
    }
    Instant oldest = recordedAt.minus(TierFacts.LEVELS_KEPT);
    all.removeIf(it -> it.ended() && it.until() != null && !it.until().isAfter(oldest));
    all.sort(BY_END);
    return List.copyOf(all.subList(Math.max(0, all.size() - TierFacts.FLOORS_MAX), all.size()));
  }

  /**
   * Returns the floors that come, but those of which the member has one of the name that ends
   * later.
   */
  static List<Floor> joined(List<Floor> there, List<Floor> coming) {
    return coming.stream()
        .filter(it -> there.stream().noneMatch(o -> o.isOfName(it) && BY_END.compare(o, it) >= 0))
        .toList();
  }

  /** Returns the end of the first floor that no entry says has ended; null for none. */
  static @Nullable Instant nextEnd(List<Floor> floors) {
    Instant next = null;
    for (Floor it : floors) {
      Instant end = it.ended() ? null : it.until();
      next = end != null && (next == null || end.isBefore(next)) ? end : next;
    }
    return next;
  }

  /** Returns the floors that end by an instant, as ended. */
  static List<Floor> endingBy(List<Floor> floors, Instant due) {
    var ending = new ArrayList<Floor>();
    for (Floor it : floors) {
      Instant end = it.until();
      if (!it.ended() && end != null && !end.isAfter(due)) {
        ending.add(it.endedAt(end));
      }
    }
    return List.copyOf(ending);
  }
}
