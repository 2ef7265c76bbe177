package points.ledger.award;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The parts of caps that a member's orders have used, period by period.
 *
 * <p>A period is kept for {@value #KEPT_DAYS} days after its end, for orders and refunds that come
 * in late. Of more than {@value #MAX} the ones that ended first are dropped.
 *
 * @param all each of another cap or period and more than 0; by the day on which they end, then by
 *     rule
 */
public record CapUses(List<CapUse> all) {

  /** Days for which a period is kept after its end. */
  public static final int KEPT_DAYS = 40;

  /** The most that one member has. */
  public static final int MAX = 400;

  public static final CapUses NONE = new CapUses(List.of());

  private static final Comparator<CapUse> ORDER =
      Comparator.comparingLong(CapUses::lastDay)
          .thenComparing(CapUse::rule)
          .thenComparing(CapUse::period);

  private static long lastDay(CapUse use) {
    return use.period().lastDay(LocalDate.ofEpochDay(use.firstDay())).toEpochDay();
  }

  /** Returns the uses in the periods that have a day. */
  public Usage on(LocalDate day) {
    return all.isEmpty()
        ? Usage.NONE
        : (rule, period) -> of(CapUse.on(day, rule, period, 0)).used();
  }

  private CapUse of(CapUse wanted) {
    for (CapUse use : all) {
      if (use.isOfSame(wanted)) {
        return use;
      }
    }
    return wanted;
  }

  /**
   * Returns the uses after some changes.
   *
   * @param now periods that ended too long before it are dropped
   */
  public CapUses plus(List<CapUse> changes, Instant now) {
    if (changes.isEmpty()) {
      return this;
    }
    var uses = new ArrayList<>(all);
    changes.forEach(it -> add(uses, it));
    long oldest = now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(KEPT_DAYS).toEpochDay();
    uses.removeIf(it -> it.used() <= 0 || lastDay(it) < oldest);
    uses.sort(ORDER);
    int over = Math.max(0, uses.size() - MAX);
    return new CapUses(List.copyOf(uses.subList(over, uses.size())));
  }

  private static void add(List<CapUse> uses, CapUse change) {
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i).isOfSame(change)) {
        uses.set(i, change.plus(uses.get(i).used()));
        return;
      }
    }
    uses.add(change);
  }
}
