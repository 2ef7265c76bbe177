package points.ledger.model;

import org.jspecify.annotations.Nullable;

/**
 * The change that an entry makes to the points that a member has earned and spent in its life.
 *
 * @param earned below 0 when points were taken back
 * @param spent below 0 when points were given back
 */
public record LifetimeTotals(long earned, long spent) {

  private static final LifetimeTotals NONE = new LifetimeTotals(0, 0);

  public static LifetimeTotals of(Entry entry) {
    Entry.Kind kind = entry.kind();
    if (kind.is(EntryTrait.COUNTS_AS_EARNED)) {
      long paid = entry.paid() + entry.owed();
      return new LifetimeTotals(entry.points() + paid, paid);
    } else if (kind.is(EntryTrait.COUNTS_AS_SPENT)) {
      return new LifetimeTotals(0, -entry.points());
    } else if (kind.is(EntryTrait.COUNTS_AGAINST_EARNED)) {
      return new LifetimeTotals(entry.points(), 0);
    }
    return kind.is(EntryTrait.COUNTS_BY_DETAIL) ? lifetimeOf(entry.detail()) : NONE;
  }

  private static LifetimeTotals lifetimeOf(@Nullable Detail detail) {
    return detail == null ? NONE : detail.lifetime();
  }

  public LifetimeTotals negated() {
    return new LifetimeTotals(-earned, -spent);
  }
}
