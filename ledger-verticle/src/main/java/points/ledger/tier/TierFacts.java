package points.ledger.tier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts by which a member has a tier.
 *
 * @param months the measured amounts, month by month; none of them empty
 * @param levels the levels that the member has had, the newest last; none before its first change,
 *     while it has the base tier
 * @param reviewAt when the level is looked at again; null for never
 * @param inGrace whether the member has been below its level since the last review
 * @param floors the levels that it has at least for a time, and those of which late orders may have
 *     to know
 */
public record TierFacts(
    List<Measured> months,
    List<LevelFrom> levels,
    @Nullable Instant reviewAt,
    boolean inGrace,
    List<Floor> floors) {

  /** The most months that a member keeps; longer than any period that a book may measure. */
  public static final int MONTHS_MAX = 64;

  /** The most levels that are kept for orders that come in late. */
  public static final int LEVELS_MAX = 20;

  /** The most floors that are kept. */
  public static final int FLOORS_MAX = 20;

  /** The time for which a level that has ended is kept. */
  public static final Duration LEVELS_KEPT = Duration.ofDays(400);

  public static final TierFacts NONE = new TierFacts(List.of(), List.of(), null, false, List.of());

  /** Returns the level of its own at an instant; null for the base tier. */
  public @Nullable String levelAt(Instant instant) {
    String level = levels.isEmpty() ? null : levels.get(0).level();
    for (LevelFrom it : levels) {
      level = it.since().isAfter(instant) ? level : it.level();
    }
    return level;
  }

  /** Returns the newest level of its own; null for the base tier. */
  public @Nullable LevelFrom newest() {
    return levels.isEmpty() ? null : levels.get(levels.size() - 1);
  }

  /**
   * Returns the facts after an entry.
   *
   * @param recordedAt when it was decided on; levels that ended long before it are dropped
   */
  public TierFacts after(TierChange change, Instant recordedAt) {
    List<Measured> measured = monthsAfter(change);
    List<Floor> floorsAfter = Floors.plus(floors, change.floors(), recordedAt);
    LevelChange level = change.level();
    return level == null
        ? new TierFacts(measured, levels, reviewAt, inGrace, floorsAfter)
        : new TierFacts(
            measured,
            levelsAfter(level, recordedAt),
            level.reviewAt(),
            level.inGrace(),
            floorsAfter);
  }

  private List<Measured> monthsAfter(TierChange change) {
    if (change.measured().isEmpty() && change.keptFrom() == 0) {
      return months;
    }
    var all = new ArrayList<>(months);
    change.measured().forEach(it -> add(all, it));
    all.removeIf(it -> it.isNone() || it.month() < change.keptFrom());
    all.sort(Comparator.comparingInt(Measured::month));
    return List.copyOf(all.subList(Math.max(0, all.size() - MONTHS_MAX), all.size()));
  }

  private static void add(List<Measured> months, Measured more) {
    var none = new Measured(more.month(), 0, 0, 0);
    for (int i = 0; i < months.size(); i++) {
      if (months.get(i).month() == more.month()) {
        months.set(i, months.get(i).plus(more));
        return;
      }
    }
    months.add(none.plus(more));
  }

  private List<LevelFrom> levelsAfter(LevelChange change, Instant recordedAt) {
    if (change.to().equals(change.from()) && !levels.isEmpty()) {
      return levels;
    }
    var all = new ArrayList<>(levels);
    if (all.isEmpty() && !change.to().equals(change.from())) {
      all.add(new LevelFrom(change.from(), Instant.EPOCH));
    }
    all.add(new LevelFrom(change.to(), change.since()));
    Instant oldest = recordedAt.minus(LEVELS_KEPT);
    while (all.size() > LEVELS_MAX || (all.size() > 1 && !all.get(1).since().isAfter(oldest))) {
      all.remove(0);
    }
    return List.copyOf(all);
  }

  /** Returns the change by which another member gets all of this. */
  public TierChange whole() {
    LevelFrom newest = newest();
    LevelChange brought =
        newest == null
            ? null
            : new LevelChange(
                newest.level(),
                newest.level(),
                newest.since(),
                reviewAt,
                inGrace,
                LevelChange.Reason.MERGE);
    return new TierChange(months, List.of(), brought, null, 0, floors, null, null);
  }

  /** Returns when the first floor ends of which no entry says so; null for never. */
  public @Nullable Instant floorEndsAt() {
    return Floors.nextEnd(floors);
  }

  /** Returns when time changes something next: the end of a floor, or a review. */
  public @Nullable Instant dueAt() {
    Instant end = floorEndsAt();
    return end == null || (reviewAt != null && reviewAt.isBefore(end)) ? reviewAt : end;
  }

  /** Returns the floor of a level at an instant, of several the one that ends last. */
  public @Nullable Floor floorOf(String level, Instant instant) {
    Floor last = null;
    for (Floor it : floors) {
      last = it.level().equals(level) && it.holdsAt(instant) ? it : last; // the last ends last
    }
    return last;
  }
}
