package points.ledger.tier;

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
 */
public record TierChange(
    List<Measured> measured,
    List<Integer> uncounted,
    @Nullable LevelChange brought,
    @Nullable LevelChange level,
    int keptFrom) {

  public static final TierChange NONE = of(List.of(), List.of());

  /** Returns a change of what is measured. */
  public static TierChange of(List<Measured> measured, List<Integer> uncounted) {
    return new TierChange(measured, uncounted, null, null, 0);
  }

  /** Returns the change of a level alone. */
  public static TierChange of(LevelChange level) {
    return new TierChange(List.of(), List.of(), null, level, 0);
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /**
   * Returns what is measured alone: where an order goes, it is judged anew.
   *
   * <p>The lines that do not count stay with the order.
   */
  public TierChange unjudged() {
    return of(measured, uncounted);
  }

  /** Returns the change that takes back what is measured. A level is never taken back by itself. */
  public TierChange negated() {
    return of(measured.stream().map(Measured::negated).toList(), List.of());
  }

  /** Returns the opposite, where all of a member goes over to another one. */
  public TierChange mirrored() {
    return new TierChange(negated().measured, List.of(), brought, null, 0);
  }

  TierChange with(@Nullable LevelChange change, int kept) {
    return new TierChange(measured, uncounted, null, change, kept);
  }
}
