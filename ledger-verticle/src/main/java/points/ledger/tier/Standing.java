package points.ledger.tier;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The level of a member at an instant, with the amounts that are missing to the next and to stay.
 *
 * @param since when the level began; null when the member has had it from the beginning
 * @param until when the level is looked at or ends; null for never
 * @param measured the amount of the period so far
 * @param next the next level; null when the member has the highest
 * @param missing the amount that is missing to it; 0 without a next level
 * @param missingToStay the amount that is missing to keep the level at the review
 * @param projected the amount of the period at its end if the member goes on at its pace
 * @param floors those that hold, the one that ends last at the end
 * @param outlook the tier at {@code until} if the member does nothing more; null without an end
 */
public record Standing(
    Level level,
    @Nullable Instant since,
    @Nullable Instant until,
    boolean inGrace,
    long measured,
    @Nullable Level next,
    long missing,
    long missingToStay,
    long projected,
    List<Floor> floors,
    @Nullable Outlook outlook) {

  /**
   * The tier of a member at a coming instant, as things stand.
   *
   * @param reason the one for which it changes, or is kept
   */
  public record Outlook(Instant at, Level level, LevelChange.Reason reason) {}

  /** Returns the standing of a member, with all reviews that are due by now. */
  public static Standing of(TierFacts written, TierRules rules, Instant now) {
    TierFacts facts = new TierJudge(rules).at(written, now);
    Level level = rules.levelAt(facts, now);
    int above = rules.rankOf(level.id()) + 1;
    Level next = above < rules.levels().size() ? rules.levels().get(above) : null;
    long measured = rules.measured(facts, now);
    boolean own = level.equals(rules.ownLevelAt(facts, now));
    Floor floor = facts.floorOf(level.id(), now);
    Instant until = until(own, facts.reviewAt(), floor);
    return new Standing(
        level,
        since(own, facts.newest(), floor),
        until,
        facts.inGrace(),
        measured,
        next,
        next == null ? 0 : Math.max(0, next.from() - measured),
        Math.max(0, level.from() - counting(own, facts, rules, until)),
        projected(facts, rules, now),
        facts.floors().stream().filter(it -> it.holdsAt(now)).toList(),
        until == null ? null : outlook(facts, rules, until));
  }

  /** A level of its own that is a floor, too, ends with the later of both. */
  private static @Nullable Instant until(
      boolean own, @Nullable Instant reviewAt, @Nullable Floor floor) {
    Instant end = floor == null ? null : floor.until();
    if (floor == null || !own) {
      return own ? reviewAt : end;
    }
    return reviewAt == null || end == null ? null : end.isAfter(reviewAt) ? end : reviewAt;
  }

  private static @Nullable Instant since(
      boolean own, @Nullable LevelFrom newest, @Nullable Floor floor) {
    if (!own) {
      return floor == null ? null : floor.since();
    }
    Instant since = newest == null || newest.since().equals(Instant.EPOCH) ? null : newest.since();
    return since != null && floor != null && floor.since().isBefore(since) ? floor.since() : since;
  }

  private static long counting(
      boolean own, TierFacts facts, TierRules rules, @Nullable Instant until) {
    if (until == null) {
      return Long.MAX_VALUE;
    }
    return own ? rules.counting(facts, until) : rules.measured(facts, until);
  }

  private static Outlook outlook(TierFacts facts, TierRules rules, Instant until) {
    var judge = new TierJudge(rules);
    TierFacts then = facts;
    LevelChange.Reason reason = LevelChange.Reason.KEPT;
    for (int i = 0; i < TierJudge.REVIEWS_MAX; i++) {
      Instant due = then.dueAt();
      if (due == null || due.isAfter(until)) {
        break;
      }
      TierChange change = judge.byTime(then, due);
      TierMove move = change.move();
      reason = move == null ? reason : move.reason();
      then = then.after(change, until);
    }
    return new Outlook(until, rules.levelAt(then, until), reason);
  }

  /** The pace is that of the period so far; what will have dropped out by its end is left out. */
  private static long projected(TierFacts facts, TierRules rules, Instant now) {
    ZoneId zone = rules.zone();
    LocalDate today = LocalDate.ofInstant(now, zone);
    Instant until = facts.reviewAt();
    LocalDate end =
        until == null || until.isBefore(now)
            ? LocalDate.of(today.getYear() + 1, 1, 1)
            : LocalDate.ofInstant(until, zone);
    int first = rules.firstMonth(now);
    LocalDate begun = LocalDate.of(Math.floorDiv(first, 12), Math.floorMod(first, 12) + 1, 1);
    long days = ChronoUnit.DAYS.between(begun, today) + 1;
    long ahead = ChronoUnit.DAYS.between(today, end);
    Instant lastDay = end.minusDays(1).atStartOfDay(zone).toInstant();
    long more =
        BigInteger.valueOf(rules.measured(facts, now))
            .multiply(BigInteger.valueOf(ahead))
            .divide(BigInteger.valueOf(days))
            .longValue();
    return rules.measured(facts, lastDay.isBefore(now) ? now : lastDay) + more;
  }
}
