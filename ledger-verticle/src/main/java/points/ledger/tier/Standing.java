package points.ledger.tier;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The level of a member at an instant, with the amounts that are missing to the next and to stay.
 *
 * @param since when the level began; null when the member has had it from the beginning
 * @param until when the level is looked at; null for never
 * @param measured the amount of the period so far
 * @param next the next level; null when the member has the highest
 * @param missing the amount that is missing to it; 0 without a next level
 * @param missingToStay the amount that is missing to keep the level at the review
 * @param projected the amount of the period at its end if the member goes on at its pace
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
    long projected) {

  /** Returns the standing of a member, with all reviews that are due by now. */
  public static Standing of(TierFacts written, TierRules rules, Instant now) {
    TierFacts facts = new TierJudge(rules).at(written, now);
    Level level = rules.levelAt(facts, now);
    LevelFrom newest = facts.newest();
    int above = rules.rankOf(level.id()) + 1;
    Level next = above < rules.levels().size() ? rules.levels().get(above) : null;
    long measured = rules.measured(facts, now);
    Instant until = facts.reviewAt();
    long atReview = until == null ? level.from() : rules.counting(facts, until);
    return new Standing(
        level,
        newest == null || newest.since().equals(Instant.EPOCH) ? null : newest.since(),
        until,
        facts.inGrace(),
        measured,
        next,
        next == null ? 0 : Math.max(0, next.from() - measured),
        Math.max(0, level.from() - atReview),
        projected(facts, rules, now));
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
