package points.ledger.decide;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.AbuseLimit;
import points.ledger.abuse.AbuseLimits;
import points.ledger.abuse.RecentOrder;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.award.Awarded;
import points.ledger.award.Awarding;
import points.ledger.award.CapUse;
import points.ledger.award.FactsChange;
import points.ledger.award.OrderFacts;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberState;
import points.ledger.model.Reservation;
import points.ledger.program.PointCurrency;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
import points.ledger.program.Terms;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Fraction;
import points.ledger.tier.TierChange;

/**
 * Decides accruals: points for spend. The points that an order pays with are taken before it earns.
 */
final class AccrualDecider {

  private final Posting books;
  private final Accrue accrue;
  private final Program rules;
  private final OrderFacts order;
  private final LocalDate day;
  private @Nullable Uncovered uncovered;
  private List<String> heldBy = List.of();

  /** The numbers of {@link Detail.Uncovered}, before it is known how long points are pending. */
  private record Uncovered(long points, long storedValue, long debt, long claim) {
    Detail endingAt(@Nullable Instant endsAt) {
      return new Detail.Uncovered(endsAt, points, storedValue, debt, claim);
    }
  }

  private AccrualDecider(Posting books, Accrue accrue, Program rules) {
    this.books = books;
    this.accrue = accrue;
    this.rules = rules;
    this.order = OrderFactsOf.sale(accrue, rules);
    this.day = LocalDate.ofInstant(order.occurredAt(), order.zone());
  }

  static Decision accrue(Posting books, Accrue accrue, Program rules) {
    return new AccrualDecider(books, accrue, rules).decide();
  }

  private Decision decide() {
    Refusal unpaid = pay();
    if (unpaid != null) {
      return Posting.refused(unpaid);
    }
    Awarding awarding =
        rules
            .book()
            .award(
                order,
                OrderFactsOf.buyer(accrue, order, books.state().facts(), rules),
                books.budgets());
    long points = awarding.points();
    if (isTooMuch(books, Accounts.POINTS, points)) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    AbuseLimits.Breach breach = judge(points);
    AbuseLimit refusedBy = breach.refusedBy();
    if (refusedBy != null && !accrue.terms().offline()) {
      return Posting.refused(new Refusal.LimitReached(refusedBy.id()));
    }
    heldBy = breach.limits();
    if (isPending()) {
      if (books.state().reserves().size() >= Limits.RESERVES_MAX) {
        return Posting.refused(new Refusal.TooManyReservations());
      }
      books.open(
          Reservation.empty(books.nextSequence(), Place.PENDING, effectiveAt(), accrue.origin()));
    }
    earn(Accounts.POINTS, points);
    var measuring = new OrderMeasure(rules, order, books.state().facts().capUses().on(day));
    if (!earnOthers(measuring)) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    Entry answer =
        books.append(
            EntryBuilder.of(accrue)
                .amount(accrue.amount())
                .lines(earned(accrue.lines(), awarding))
                .detail(detail())
                .awarded(awarded(awarding, order))
                .factsChange(
                    factsChange(awarding, measuring)
                        .charging(awarding.charges())
                        .remembering(remembered(points)))
                .occurredAt(accrue.occurredAt()));
    TimeEffects.appendDue(books); // an order may come in so late that its points have expired
    return books.accepted(answer);
  }

  /**
   * Returns whether the points are pending. Points that are effective by now are spendable at once,
   * however the till asked for them.
   */
  private boolean isPending() {
    Instant effectiveAt = effectiveAt();
    boolean isSetAside = accrue.terms().pending() || !heldBy.isEmpty();
    return isSetAside && (effectiveAt == null || effectiveAt.isAfter(books.now()));
  }

  /** Returns the end of what is pending; null when an event ends it, as a review does. */
  private @Nullable Instant effectiveAt() {
    return heldBy.isEmpty() ? accrue.terms().effectiveAt() : null;
  }

  /**
   * Judges the order by the limits against abuse. An offline order has happened: a limit that would
   * refuse it holds it for review.
   */
  private AbuseLimits.Breach judge(long points) {
    AbuseLimits limits = rules.book().book().abuse();
    return limits.judge(
        recent(points),
        Duration.between(accrue.occurredAt(), books.now()),
        books.state().facts().recent(),
        accrue.reached());
  }

  private List<RecentOrder> remembered(long points) {
    return rules.book().book().abuse().lookAtMembers() ? List.of(recent(points)) : List.of();
  }

  private RecentOrder recent(long points) {
    return new RecentOrder(accrue.occurredAt().toEpochMilli(), points, accrue.amount());
  }

  /** An offline order happened: what is there pays, and the rest is as the program says. */
  private @Nullable Refusal pay() {
    SaleTerms terms = accrue.terms();
    if (!terms.offline()) {
      return DeductionDecider.pay(books, terms.points(), terms.storedValue());
    }
    long points = Math.min(terms.points(), books.available(Accounts.POINTS));
    long stored = Math.min(terms.storedValue(), books.available(Accounts.STORED_VALUE));
    long missing = terms.points() - points;
    Refusal unpaid = DeductionDecider.pay(books, points, stored);
    if (unpaid != null || (missing == 0 && stored == terms.storedValue())) {
      return unpaid;
    }
    boolean owes = rules.terms().uncovered() == Terms.Uncovered.DEBT;
    long debt = owes ? missing : 0;
    if (DeductionDecider.overflowsLifetimeSpent(books, points + debt)) {
      return new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS));
    }
    books.move(Movement.debt(Accounts.POINTS, debt));
    long worth = owes ? 0 : rules.terms().refunds().pointValue().of(missing);
    long unstored = terms.storedValue() - stored;
    long claim = Math.min(Limits.AMOUNT_MAX, worth + unstored);
    uncovered = new Uncovered(missing, unstored, debt, claim);
    return null;
  }

  private @Nullable Detail detail() {
    if (uncovered != null) {
      return uncovered.endingAt(effectiveAt());
    }
    boolean isSetAside = accrue.terms().pending() || !heldBy.isEmpty();
    return isSetAside ? new Detail.SetAside(effectiveAt()) : null;
  }

  private boolean earnOthers(OrderMeasure measuring) {
    if (measuring.growth() > 0 && !earnOther(Accounts.GROWTH, measuring.growth())) {
      return false;
    }
    for (Map.Entry<String, PointCurrency> other : rules.terms().currencies().entrySet()) {
      EarningRule rule = other.getValue().earning();
      if (rule != null && !earnOther(other.getKey(), rule.pointsFor(accrue.amount()))) {
        return false;
      }
    }
    return true;
  }

  private boolean earnOther(String account, long points) {
    if (isTooMuch(books, account, points)) {
      return false;
    }
    earn(account, points);
    return true;
  }

  private void earn(String account, long points) {
    Instant expiresAt = rules.expiryOf(account, accrue.occurredAt());
    var lot = new Lot(expiresAt, points);
    if (isPending()) {
      books.move(Movement.setAside(account, Place.PENDING, books.nextSequence(), lot));
    } else {
      books.credit(account, lot);
    }
  }

  /** Returns whether these points would take an account, or the sum of a life, beyond its limit. */
  static boolean isTooMuch(Posting books, String account, long points) {
    MemberState state = books.state();
    long there =
        books.available(account)
            + state.setAside(account, Place.HELD)
            + state.setAside(account, Place.PENDING);
    return points > Limits.POINTS_MAX - there
        || (account.equals(Accounts.POINTS) && points > Long.MAX_VALUE - state.lifetimeEarned());
  }

  /** Returns the awards to be kept; null without a published book, whose ratio explains itself. */
  private @Nullable Awarded awarded(Awarding awarding, OrderFacts order) {
    PublishedBook book = rules.publication();
    return book.number() == PublishedBook.UNPUBLISHED
        ? null
        : new Awarded(
            book.number(),
            book.ruleBookId(),
            order.zone().getId(),
            awarding.awards(),
            awarding.cuts(),
            book.compiled().rulesOf(awarding),
            book.compiled().memberCaps().counting(awarding.awards()),
            book.compiled().book().capsReturn(),
            book.compiled().paidRules().payingFor(awarding.awards(), order.storeId()),
            heldBy,
            order.storeTags());
  }

  private FactsChange factsChange(Awarding awarding, OrderMeasure measuring) {
    List<CapUse> uses =
        Stream.concat(
                rules.book().memberCaps().usesOf(awarding.awards(), day).stream(),
                measuring.usesOn(day).stream())
            .toList();
    boolean carries = rules.book().book().rounding().carry();
    TierChange tier = measuring.change();
    return !carries && uses.isEmpty() && tier.isNone()
        ? FactsChange.NONE
        : new FactsChange(
            false,
            carries
                ? awarding.carry().minus(books.state().facts().carry()).reduced()
                : Fraction.ZERO,
            uses,
            tier);
  }

  private static List<EarnedLine> earned(List<Line> lines, Awarding awarding) {
    long[] points = new long[lines.size()];
    if (!lines.isEmpty()) {
      awarding.awards().forEach(it -> points[it.line()] += it.points());
    }
    return IntStream.range(0, points.length)
        .mapToObj(i -> new EarnedLine(lines.get(i), points[i]))
        .toList();
  }
}
