package points.ledger.tier;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change of a member's {@link TierFacts} by an entry.
 *
 * @param measured changes of what is measured, each of another month
 * @param uncounted the places of lines of the order that do not count, such as gift cards
 * @param brought the level and the next review of a member that is merged into another; in {@link
 *     LevelChange#to} and {@link LevelChange#reviewAt}
 * @param level the change of the level; null for none
 * @param keptFrom the first month that is still needed; 0 when nothing is to be dropped
 * @param floors those that are new, or have another end
 * @param prolonged the end that the one floor of the entry had before; null when it is new
 * @param seen the change of the tier that the member has; null when it is that of {@code level}
 */
public record TierChange(
    List<Measured> measured,
    List<Integer> uncounted,
    @Nullable LevelChange brought,
    @Nullable LevelChange level,
    int keptFrom,
    List<Floor> floors,
    @Nullable Instant prolonged,
    @Nullable TierMove seen) {

  public static final TierChange NONE = of(List.of(), List.of());

  /** Returns a change of what is measured. */
  public static TierChange of(List<Measured> measured, List<Integer> uncounted) {
    return new TierChange(measured, uncounted, null, null, 0, List.of(), null, null);
  }

  /** Returns the change of a level alone. */
  public static TierChange of(LevelChange level) {
    return new TierChange(List.of(), List.of(), null, level, 0, List.of(), null, null);
  }

  /** Returns the change of floors alone. */
  public static TierChange of(List<Floor> floors) {
    return new TierChange(List.of(), List.of(), null, null, 0, floors, null, null);
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /**
   * Returns what is measured, and floors: where an order goes, it is judged anew.
   *
   * <p>The lines that do not count stay with the order.
   */
  public TierChange unjudged() {
    return new TierChange(measured, uncounted, null, null, 0, floors, null, null);
  }

  /**
   * Returns the change that takes back what is measured. Neither a level nor a floor is taken back
   * by that.
   */
  public TierChange negated() {
    return of(measured.stream().map(Measured::negated).toList(), List.of());
  }

  /** Returns the opposite, where all of a member goes over to another one. */
  public TierChange mirrored() {
    return new TierChange(negated().measured, List.of(), brought, null, 0, floors, null, null);
  }

  TierChange with(@Nullable LevelChange change, int kept) {
    return new TierChange(measured, uncounted, null, change, kept, floors, prolonged, seen);
  }

  /** Returns the same with the end that its floor had before. */
  public TierChange prolonging(@Nullable Instant end) {
    return new TierChange(measured, uncounted, brought, level, keptFrom, floors, end, seen);
  }

  /**
   * Returns the same for a member that has floors already: of two of one name the later end counts.
   */
  public TierChange joining(TierFacts facts) {
    return floors.isEmpty()
        ? this
        : new TierChange(
            measured,
            uncounted,
            brought,
            level,
            keptFrom,
            Floors.joined(facts.floors(), floors),
            prolonged,
            seen);
  }

  /** Returns the same with the change of the tier that the member has. */
  public TierChange with(TierMove move) {
    return new TierChange(measured, uncounted, brought, level, keptFrom, floors, prolonged, move);
  }

  /** Returns the change of the tier that the member has; null when an entry says nothing of it. */
  public @Nullable TierMove move() {
    return seen != null || level == null
        ? seen
        : new TierMove(level.from(), level.to(), level.reason());
  }
}
