package points.ledger.decide;

import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.award.FactsChange;
import points.ledger.command.Command;
import points.ledger.command.Refusal;
import points.ledger.command.TierCommand;
import points.ledger.model.Entry;
import points.ledger.program.Program;
import points.ledger.tier.Floor;
import points.ledger.tier.Level;
import points.ledger.tier.LevelChange.Reason;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierFacts;
import points.ledger.tier.TierJudge;
import points.ledger.tier.TierMove;
import points.ledger.tier.TierRules;
import points.ledger.tier.UpgradePrice;

/**
 * Levels that are given by hand, taken away, and bought.
 *
 * <p>They are floors: the highest of the member's own level and its floors counts. The same level
 * again prolongs its floor.
 */
final class TierDecider {

  private TierDecider() {}

  static Decision grant(Posting books, TierCommand.Grant grant, Program rules) {
    TierRules tiers = rules.book().book().tiers();
    Level level = tiers == null ? null : tiers.level(grant.level());
    if (tiers == null || level == null) {
      return Posting.refused(new Refusal.UnknownTier(grant.level()));
    }
    Floor floor = facts(books).floorOf(level.id(), books.now());
    Instant until = grant.until() == null ? null : grant.until().truncatedTo(ChronoUnit.SECONDS);
    if (grant.period() != null) {
      until = endOf(tiers, Period.parse(grant.period()), floor, books.now());
    }
    if (until != null && !until.isAfter(books.now())) {
      return Posting.refused(new Refusal.TierEndPassed());
    }
    TierChange change = given(level.id(), floor, until, books.now());
    return books.accepted(append(books, grant, tiers, change, Reason.GRANT));
  }

  static Decision withdraw(Posting books, TierCommand.Withdraw withdraw, Program rules) {
    var ended = new ArrayList<Floor>();
    for (Floor it : facts(books).floors()) {
      if (it.level().equals(withdraw.level()) && it.holdsAt(books.now())) {
        ended.add(it.endedAt(books.now()));
      }
    }
    if (ended.isEmpty()) {
      return Posting.refused(new Refusal.TierNotGiven(withdraw.level()));
    }
    TierRules tiers = rules.book().book().tiers();
    TierChange change = TierChange.of(List.copyOf(ended));
    return books.accepted(append(books, withdraw, tiers, change, Reason.WITHDRAWAL));
  }

  static Decision buy(Posting books, TierCommand.Buy buy, Program rules) {
    TierRules tiers = rules.book().book().tiers();
    Level level = tiers == null ? null : tiers.level(buy.level());
    if (tiers == null || level == null) {
      return Posting.refused(new Refusal.UnknownTier(buy.level()));
    }
    UpgradePrice price = level.price();
    if (price == null) {
      return Posting.refused(new Refusal.TierNotForSale(level.id()));
    }
    Floor floor = facts(books).floorOf(level.id(), books.now());
    Level current = tiers.levelAt(facts(books), books.now());
    boolean prolongs = floor != null && floor.hasLaterEnd() && current.equals(level);
    if (!prolongs && current.from() >= level.from()) {
      return Posting.refused(new Refusal.TierNotHigher(current.id()));
    }
    if (buy.price() != null && buy.price() != price.points()) {
      return Posting.refused(new Refusal.PriceChanged(price.points()));
    }
    long available = books.available(Accounts.POINTS);
    if (price.points() > available) {
      return Posting.refused(new Refusal.InsufficientPoints(available));
    }
    if (DeductionDecider.overflowsLifetimeSpent(books, price.points())) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(available));
    }
    books.debit(Accounts.POINTS, price.points());
    Instant until = endOf(tiers, Period.ofMonths(price.months()), floor, books.now());
    TierChange change = given(level.id(), floor, until, books.now());
    return books.accepted(append(books, buy, tiers, change, Reason.PURCHASE));
  }

  /**
   * Returns the change by which a purchase that is reversed gives back what it bought.
   *
   * @return null when its floor is not any more as the purchase left it
   */
  static @Nullable TierChange undone(Posting books, Entry bought) {
    TierChange change = bought.factsChange().tier();
    Floor then = change.floors().get(0);
    for (Floor it : facts(books).floors()) {
      if (it.level().equals(then.level()) && it.since().equals(then.since())) {
        return it.until() != null && it.until().equals(then.until())
            ? TierChange.of(List.of(shortened(it, change.prolonged(), books.now())))
            : null;
      }
    }
    return null;
  }

  private static Floor shortened(Floor floor, @Nullable Instant before, Instant now) {
    Instant end = floor.until();
    if (end == null || !end.isAfter(now)) {
      return floor;
    }
    return before == null || !before.isAfter(now)
        ? floor.endedAt(now)
        : new Floor(floor.level(), floor.since(), before);
  }

  /** A floor that is there gets the later end, and is not cut short by an earlier one. */
  private static TierChange given(
      String level, @Nullable Floor floor, @Nullable Instant until, Instant now) {
    if (floor == null) {
      return TierChange.of(List.of(new Floor(level, now, until)));
    }
    Instant end = floor.until();
    Instant later = end == null || until == null ? null : end.isAfter(until) ? end : until;
    Floor prolonged = new Floor(level, floor.since(), later);
    return TierChange.of(List.of(prolonged)).prolonging(end);
  }

  private static @Nullable Instant endOf(
      TierRules tiers, Period period, @Nullable Floor floor, Instant now) {
    Instant from = floor == null ? now : floor.until();
    return from == null ? null : tiers.endOf(period, from);
  }

  private static TierFacts facts(Posting books) {
    return books.state().facts().tier();
  }

  private static Entry append(
      Posting books, Command command, @Nullable TierRules tiers, TierChange change, Reason reason) {
    String level = change.floors().get(0).level();
    TierChange seen =
        tiers == null
            ? change.with(new TierMove(level, level, reason))
            : new TierJudge(tiers).byWill(facts(books), change, reason, books.now());
    return books.append(
        EntryBuilder.of(command).factsChange(FactsChange.NONE.with(seen)).decided());
  }
}
