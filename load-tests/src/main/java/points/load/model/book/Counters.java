package points.load.model.book;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import points.load.model.Fraction;

/**
 * The facts that rules look at and that a member's own orders change.
 *
 * @param hasBought whether there was an order, however it was undone since
 * @param carry the remainder of rounding with which the next order starts
 * @param uses of caps, by rule and period
 */
public record Counters(boolean hasBought, Fraction carry, SortedMap<Use, Long> uses) {
  /** The counters of a member without a past. */
  public static final Counters FRESH =
      new Counters(false, Fraction.ZERO, Collections.emptySortedMap());

  private static final int KEPT_DAYS = 40;
  private static final int KEPT_MAX = 400;

  /**
   * A counter of a cap.
   *
   * @param rule the id of a promotion; empty for the whole book
   * @param first day of the period
   */
  public record Use(String rule, Period period, LocalDate first) implements Comparable<Use> {
    static Use on(LocalDate day, String rule, Period period) {
      return new Use(rule, period, period.first(day));
    }

    boolean hasDay(LocalDate day) {
      return period.first(day).equals(first);
    }

    private LocalDate last() {
      return period.last(first);
    }

    @Override
    public int compareTo(Use other) {
      int byEnd = last().compareTo(other.last());
      int byRule = byEnd == 0 ? rule.compareTo(other.rule) : byEnd;
      return byRule == 0 ? period.compareTo(other.period) : byRule;
    }
  }

  /**
   * A change of counters.
   *
   * @param uses may be below 0
   */
  public record Change(Fraction carry, Map<Use, Long> uses) {
    /** Changes nothing. */
    public static final Change NONE = new Change(Fraction.ZERO, Map.of());

    /** Returns the change that undoes this one. */
    public Change negated() {
      Map<Use, Long> other = new TreeMap<>();
      uses.forEach((use, used) -> other.put(use, -used));
      return new Change(Fraction.ZERO.minus(carry), other);
    }
  }

  long used(Use use) {
    return uses.getOrDefault(use, 0L);
  }

  /** Returns these counters after an order. */
  public Counters bought() {
    return new Counters(true, carry, uses);
  }

  /**
   * Returns these counters after a change.
   *
   * @param recordedAt periods that ended long before it are dropped, if the change has any uses
   */
  public Counters plus(Change change, Instant recordedAt) {
    SortedMap<Use, Long> sums = new TreeMap<>(uses);
    change.uses().forEach((use, used) -> sums.merge(use, used, Long::sum));
    LocalDate oldest = LocalDate.ofInstant(recordedAt, ZoneOffset.UTC).minusDays(KEPT_DAYS);
    if (!change.uses().isEmpty()) {
      sums.entrySet().removeIf(it -> it.getValue() <= 0 || it.getKey().last().isBefore(oldest));
    }
    while (sums.size() > KEPT_MAX) {
      sums.remove(sums.firstKey()); // the one that ended first
    }
    return new Counters(
        hasBought, carry.plus(change.carry()), Collections.unmodifiableSortedMap(sums));
  }
}
