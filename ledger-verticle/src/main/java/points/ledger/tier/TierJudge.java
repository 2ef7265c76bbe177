package points.ledger.tier;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.tier.LevelChange.Reason;

/**
 * Judges which level of its own a member has.
 *
 * <p>Example: gold begins at 1,000 and the member has 950. An order of 100 lifts it to gold, from
 * the time at which the order was paid. The order itself is rated as an order of the level before.
 */
public final class TierJudge {

  /** The most reviews that are made up for at once. */
  public static final int REVIEWS_MAX = 20;

  private final TierRules rules;

  public TierJudge(TierRules rules) {
    this.rules = rules;
  }

  /**
   * Judges a change of the measured amounts.
   *
   * @param before the facts before the entry
   * @param change that of the entry; a level in it does not count
   * @param occurredAt when it happened in the shop
   * @param now when it is decided on
   * @return the change with the level that follows, and with the months that may be dropped
   */
  public TierChange judge(TierFacts before, TierChange change, Instant occurredAt, Instant now) {
    TierFacts after = before.after(change.unjudged(), now);
    int kept = rules.keptFrom(now);
    boolean drops = after.months().stream().anyMatch(it -> it.month() < kept);
    return change.with(level(before, after, change, occurredAt, now), drops ? kept : 0);
  }

  /**
   * Judges the level at a review. A member with too little keeps it for the days of grace, and is
   * judged at their end by all that has come until then.
   *
   * @param due the instant of the review, or the end of the grace
   */
  public LevelChange review(TierFacts facts, Instant due) {
    LevelFrom newest = facts.newest();
    Level current = rules.ownLevelAt(facts, due);
    String from = newest == null ? current.id() : newest.level();
    Instant since = newest == null ? due : newest.since();
    if (!from.equals(current.id())) {
      return moved(from, current, due, Reason.RULE_BOOK);
    }
    Level earned = rules.earnedBy(rules.counting(facts, due));
    if (earned.from() > current.from()) {
      return rules.risesAtOnce()
          ? unchanged(current, since, due)
          : moved(from, earned, due, Reason.REVIEW_RISE);
    }
    Level lower = earned.equals(current) ? current : lower(current, earned);
    if (lower.equals(current)) {
      return unchanged(current, since, due);
    }
    return rules.grace() > 0 && !facts.inGrace()
        ? new LevelChange(from, from, since, rules.endOfGrace(due), true, Reason.GRACE)
        : moved(from, lower, due, Reason.FALL);
  }

  private LevelChange unchanged(Level level, Instant since, Instant due) {
    Instant next = rules.nextReview(level, since, due);
    return new LevelChange(level.id(), level.id(), since, next, false, Reason.KEPT);
  }

  /**
   * Returns what time changes at an instant: the ends of floors, or a review.
   *
   * @param due see {@link TierFacts#dueAt}
   */
  public TierChange byTime(TierFacts facts, Instant due) {
    List<Floor> ending = Floors.endingBy(facts.floors(), due);
    if (ending.isEmpty()) {
      LevelChange review = review(facts, due);
      return seen(facts, TierChange.of(review), review.reason(), due);
    }
    String from = rules.levelAt(facts, due.minusNanos(1_000)).id();
    TierChange change = TierChange.of(ending);
    String to = rules.levelAt(facts.after(change, due), due).id();
    return change.with(new TierMove(from, to, Reason.END));
  }

  /**
   * Adds how the tier changes that the member has, where floors have a say.
   *
   * @param reason unless the level of its own changes
   */
  public TierChange seen(TierFacts before, TierChange change, Reason reason, Instant now) {
    if (before.floors().isEmpty() && change.floors().isEmpty()) {
      return change;
    }
    LevelChange own = change.level();
    String from = rules.levelAt(before, now).id();
    String to = rules.levelAt(before.after(change, now), now).id();
    boolean isOwn = own == null ? from.equals(to) : from.equals(own.from()) && to.equals(own.to());
    return isOwn
        ? change
        : change.with(new TierMove(from, to, own == null ? reason : own.reason()));
  }

  /** Returns the change of floors by hand or by a purchase; it says so even if nothing changes. */
  public TierChange byWill(TierFacts before, TierChange change, Reason reason, Instant now) {
    String from = rules.levelAt(before, now).id();
    String to = rules.levelAt(before.after(change, now), now).id();
    return change.with(new TierMove(from, to, reason));
  }

  /**
   * Returns the facts at an instant, with the ends of floors and the reviews that are due by then.
   */
  public TierFacts at(TierFacts facts, Instant now) {
    TierFacts then = facts;
    for (int i = 0; i < REVIEWS_MAX; i++) {
      Instant due = then.dueAt();
      if (due == null || due.isAfter(now)) {
        return then;
      }
      then = then.after(byTime(then, due), now);
    }
    return then;
  }

  private @Nullable LevelChange level(
      TierFacts before, TierFacts after, TierChange change, Instant occurredAt, Instant now) {
    Instant at = occurredAt.isAfter(now) ? now : occurredAt;
    LevelFrom newest = before.newest();
    Level current = rules.ownLevelAt(before, now);
    Instant since = newest == null ? at : newest.since();
    String from = newest == null ? current.id() : newest.level();
    if (!from.equals(current.id())) {
      return moved(from, current, later(at, since), Reason.RULE_BOOK);
    }
    Level brought = broughtBy(change);
    if (brought != null && brought.from() > current.from()) {
      LevelChange merged = Objects.requireNonNull(change.brought());
      return new LevelChange(
          from, brought.id(), now, merged.reviewAt(), merged.inGrace(), Reason.MERGE);
    }
    Level then = rules.earnedBy(rules.measured(after, at));
    Level earned = rules.earnedBy(rules.measured(after, now));
    boolean byThen = then.from() >= earned.from();
    Level risen = byThen ? then : earned;
    if (rules.risesAtOnce() && risen.from() > current.from()) {
      return moved(from, risen, later(byThen ? at : now, since), Reason.RISE);
    }
    if (earned.from() < current.from() && takesBack(change) && isLookedAt(since, now)) {
      Level lower = lower(current, earned);
      return lower.equals(current) ? null : moved(from, lower, now, Reason.REFUND);
    }
    return newest == null && !rules.risesAtOnce() ? moved(from, current, at, Reason.BEGUN) : null;
  }

  private @Nullable Level broughtBy(TierChange change) {
    return change.brought() == null ? null : rules.level(change.brought().to());
  }

  private boolean isLookedAt(Instant since, Instant now) {
    return rules.refundsWithin() != null && !since.plus(rules.refundsWithin()).isBefore(now);
  }

  private static boolean takesBack(TierChange change) {
    return change.measured().stream()
        .anyMatch(it -> it.growth() < 0 || it.visits() < 0 || it.spend() < 0);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private LevelChange moved(String from, Level to, Instant since, Reason reason) {
    return new LevelChange(from, to.id(), since, rules.nextReview(to, since, since), false, reason);
  }

  /** Returns the level to which a member falls that has earned a lower one. */
  private Level lower(Level current, Level earned) {
    int rank = rules.rankOf(current.id());
    int lowest = rules.oneStep() ? rank - 1 : rules.rankOf(earned.id());
    while (rank > lowest && !rules.levels().get(rank).neverFalls()) {
      rank--;
    }
    return rules.levels().get(rank);
  }
}
