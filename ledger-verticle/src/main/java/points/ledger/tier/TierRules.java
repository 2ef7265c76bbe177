package points.ledger.tier;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tiers of a rule book: which level a member has by what is measured.
 *
 * @param zone in which months and reviews are reckoned
 * @param levels 1 to {@link #LEVELS_MAX}, each from a higher amount than the one before; the first
 *     is the base tier
 * @param measure the amount that is measured
 * @param months whole months before the current one that count, 1 to {@link #MONTHS_MAX}; 0 for the
 *     calendar year
 * @param risesAtOnce whether an order lifts the member; otherwise reviews do
 * @param review the day on which levels are looked at
 * @param oneStep whether a member falls one level at most; otherwise to what is earned
 * @param grace days to make up for what is missing, 0 to {@link #GRACE_DAYS_MAX}
 * @param refundsWithin a refund has the level looked at when the member has had it for so long at
 *     most; null for never
 */
public record TierRules(
    ZoneId zone,
    List<Level> levels,
    Measure measure,
    int months,
    boolean risesAtOnce,
    Review review,
    boolean oneStep,
    int grace,
    @Nullable Duration refundsWithin) {

  public static final int LEVELS_MAX = 12;
  public static final int MONTHS_MAX = 36;
  public static final int GRACE_DAYS_MAX = 366;

  /** A value of {@link #refundsWithin} that counts at any time. */
  public static final Duration ALWAYS = Duration.ofDays(1_000_000);

  /** The amount that is measured. */
  public enum Measure {
    GROWTH,
    VISITS,
    SPEND
  }

  /** The day on which levels are looked at. */
  public enum Review {
    /** The first day of each year. */
    YEAR_END,
    /** The day on which the level began, each year; 28 February for 29 February. */
    ANNIVERSARY
  }

  /** Returns the level of an id; null when the book has none of this id. */
  public @Nullable Level level(String id) {
    int rank = rankOf(id);
    return rank < 0 ? null : levels.get(rank);
  }

  /** Returns the place of a level among all; below 0 when the book has none of this id. */
  public int rankOf(String id) {
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the level at an instant: the member's own, or a floor that is higher. */
  public Level levelAt(TierFacts facts, Instant instant) {
    Level own = ownLevelAt(facts, instant);
    Level floor = floorAt(facts, instant);
    return floor != null && floor.from() > own.from() ? floor : own;
  }

  /** Returns the highest floor at an instant; null for none that the book knows. */
  public @Nullable Level floorAt(TierFacts facts, Instant instant) {
    Level highest = null;
    for (Floor it : facts.floors()) {
      Level level = it.holdsAt(instant) ? level(it.level()) : null;
      highest =
          level != null && (highest == null || level.from() > highest.from()) ? level : highest;
    }
    return highest;
  }

  /**
   * Returns the level of its own at an instant.
   *
   * <p>Where the book has no such level any more, it is the one that is earned by then.
   */
  Level ownLevelAt(TierFacts facts, Instant instant) {
    String id = facts.levelAt(instant);
    Level level = id == null ? levels.get(0) : level(id);
    return level == null ? earnedBy(measured(facts, instant)) : level;
  }

  /** Returns the highest level that an amount is enough for. */
  public Level earnedBy(long amount) {
    Level earned = levels.get(0);
    for (Level level : levels) {
      earned = amount >= level.from() ? level : earned;
    }
    return earned;
  }

  /** Returns what is measured in the period that an instant is in. */
  public long measured(TierFacts facts, Instant instant) {
    return sum(facts, firstMonth(instant), Measured.monthOf(instant, zone));
  }

  /** Returns the first month of the period that an instant is in. */
  public int firstMonth(Instant instant) {
    LocalDate day = LocalDate.ofInstant(instant, zone);
    return months == 0 ? day.getYear() * 12 : Measured.monthOf(day) - months;
  }

  /**
   * Returns what counts at a review: the period before it, and what has come since.
   *
   * @param due the instant of the review, before any days of grace
   * @param until when it is looked at
   */
  long reviewed(TierFacts facts, Instant due, Instant until) {
    int first = months == 0 ? (LocalDate.ofInstant(due, zone).getYear() - 1) * 12 : firstMonth(due);
    return sum(facts, first, Measured.monthOf(until, zone));
  }

  /** Returns what has been measured so far of what will count at a coming review. */
  long counting(TierFacts facts, Instant review) {
    return reviewed(facts, facts.inGrace() ? beforeGrace(review) : review, review);
  }

  /** Returns the sum of what is measured in some months, both of them included. */
  public long sum(TierFacts facts, int first, int last) {
    long sum = 0;
    for (Measured it : facts.months()) {
      sum += it.month() < first || it.month() > last ? 0 : of(it);
    }
    return sum;
  }

  private long of(Measured month) {
    return switch (measure) {
      case GROWTH -> month.growth();
      case VISITS -> month.visits();
      case SPEND -> month.spend();
    };
  }

  /** Returns the first month that a decision at an instant, or later, may still look at. */
  int keptFrom(Instant now) {
    int month = Measured.monthOf(now, zone);
    int ofGrace = grace == 0 ? 0 : grace / 28 + 1;
    return months == 0 ? (month / 12 - 2) * 12 : month - months - ofGrace;
  }

  /**
   * Returns when a level is looked at next.
   *
   * @param since when the level began
   * @param after the review comes later than this
   * @return null for never
   */
  @Nullable Instant nextReview(Level level, Instant since, Instant after) {
    if (risesAtOnce && (level.neverFalls() || level.from() == 0)) {
      return null;
    }
    LocalDate day = LocalDate.ofInstant(after, zone);
    if (review == Review.YEAR_END) {
      return start(LocalDate.of(day.getYear() + 1, 1, 1));
    }
    LocalDate begun = LocalDate.ofInstant(since, zone);
    int years = Math.max(1, day.getYear() - begun.getYear());
    Instant next = start(begun.plusYears(years));
    return next.isAfter(after) ? next : start(begun.plusYears(years + 1));
  }

  /**
   * Returns the end of a floor that goes on for a period.
   *
   * <p>Example: 12 months from some time of 15 March go on through 15 March of the next year.
   *
   * @param from when it begins, or the end that it has so far
   * @return at most {@link Floor#UNTIL_MAX}
   */
  public Instant endOf(Period period, Instant from) {
    LocalDate last = LocalDate.ofInstant(from.minusNanos(1_000), zone).plus(period);
    Instant end = start(last.plusDays(1));
    return end.isBefore(Floor.UNTIL_MAX) ? end : Floor.UNTIL_MAX;
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** Returns the end of the days of grace that follow a review. */
  Instant endOfGrace(Instant due) {
    return start(LocalDate.ofInstant(due, zone).plusDays(grace));
  }

  /** Returns the instant of the review that days of grace followed. */
  Instant beforeGrace(Instant end) {
    return start(LocalDate.ofInstant(end, zone).minusDays(grace));
  }
}
