package points.ledger.decide;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Account;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.award.FactsChange;
import points.ledger.budget.Budgets;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Reservation;
import points.ledger.model.Status;
import points.ledger.tier.TierFacts;
import points.ledger.tier.TierJudge;
import points.ledger.tier.TierRules;

/**
 * Writes the effects that time alone has on a member, in a fixed order.
 *
 * <p>First pending points become available, then holds that have run out are released, then lots
 * expire, then floors end and levels are reviewed. The effects hold whether or not an entry says so
 * yet: a balance is read without the points that have expired by now.
 */
public final class TimeEffects {

  private static final MemberKey NOBODY = new MemberKey("", "");

  private TimeEffects() {}

  /** The state as it is at {@code now}, under its old sequence. */
  public static MemberState at(MemberState state, Instant now) {
    if (!isDue(state, now)) {
      return state;
    }
    var books = new Posting(NOBODY, state, now, null, Budgets.FRESH);
    appendDue(books);
    return books.state().withSequence(state.sequence());
  }

  /** Returns whether time has had effects by {@code now} that are not written. */
  static boolean isDue(MemberState state, Instant now) {
    if (hasExpired(state.accounts().points(), now)) {
      return true;
    }
    for (Reservation reserve : state.reserves()) {
      if (reserve.hasEndedBy(now)) {
        return true;
      }
    }
    for (Account other : state.accounts().others().values()) {
      if (hasExpired(other, now)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasExpired(Account account, Instant now) {
    List<Lot> lots = account.lots().byExpiry();
    return !lots.isEmpty() && lots.get(0).hasExpiredBy(now);
  }

  static void appendDue(Posting books) {
    if (!isDue(books.state(), books.now())) {
      return;
    }
    for (Place place : List.of(Place.PENDING, Place.HELD)) {
      for (Reservation reserve : books.state().reserves()) {
        if (reserve.place() == place && reserve.hasEndedBy(books.now())) {
          end(books, reserve);
        }
      }
    }
    expire(books);
  }

  /**
   * Writes the reviews of the member's level and the ends of floors that were due by an instant.
   *
   * <p>Of a member that nobody has looked at for years, some are written now and the rest later.
   */
  static void appendReviews(Posting books, @Nullable TierRules tiers, Instant asOf) {
    Status status = books.state().status();
    if (tiers == null || status == Status.CLOSED || status == Status.MERGED) {
      return;
    }
    var judge = new TierJudge(tiers);
    for (int i = 0; i < TierJudge.REVIEWS_MAX; i++) {
      TierFacts facts = books.state().facts().tier();
      Instant due = facts.dueAt();
      if (due == null || due.isAfter(asOf)) {
        return;
      }
      books.append(
          EntryBuilder.byTime(Entry.Kind.TIER_REVIEW, Origin.NONE, due)
              .factsChange(FactsChange.NONE.with(judge.byTime(facts, due))));
    }
  }

  private static void end(Posting books, Reservation reserve) {
    books
        .takeOut(reserve)
        .forEach((account, lots) -> lots.byExpiry().forEach(lot -> books.credit(account, lot)));
    Entry.Kind kind = reserve.place() == Place.HELD ? Entry.Kind.RELEASE : Entry.Kind.ACTIVATION;
    books.append(
        EntryBuilder.byTime(kind, origin(reserve), endOf(reserve)).refersTo(reserve.sequence()));
  }

  /** The store of the reservation, without its order: an order has one entry of each kind only. */
  private static Origin origin(Reservation reserve) {
    return reserve.storeId() == null
        ? Origin.NONE
        : new Origin(reserve.storeId(), null, null, null, null);
  }

  private static Instant endOf(Reservation reserve) {
    return reserve.endsAt() == null ? Instant.EPOCH : reserve.endsAt();
  }

  /** An expiry is dated at the newest of the lots that it takes. */
  private static void expire(Posting books) {
    var newest = new Instant[] {Instant.MIN};
    books
        .state()
        .accounts()
        .forEach(
            (name, account) -> {
              for (Lot lot : account.lots().takeExpired(books.now()).lots()) {
                books.move(Movement.available(name, lot.negated()));
                newest[0] = lot.expiresAt().isAfter(newest[0]) ? lot.expiresAt() : newest[0];
              }
            });
    if (newest[0].isAfter(Instant.MIN)) {
      books.append(EntryBuilder.byTime(Entry.Kind.EXPIRY, Origin.NONE, newest[0]));
    }
  }
}
