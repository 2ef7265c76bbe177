package points.ledger.decide;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.budget.Budgets;
import points.ledger.command.Refusal;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Reservation;
import points.ledger.tier.TierRules;

/**
 * A member's books, open for one command: its movements so far, and the entries that name them.
 *
 * <p>Each movement changes the state at once. An entry takes up all movements since the entry
 * before it.
 */
final class Posting {

  private final MemberKey member;
  private final Instant now;
  private final Budgets budgets;
  private final List<Entry> entries = new ArrayList<>(2);
  private List<Movement> moved = new ArrayList<>(2);
  private final MemberState begun;
  private final @Nullable TierRules tiers;
  private MemberState state;

  /**
   * Opens the books.
   *
   * @param tiers judge each change of what they measure; null when no level is to change
   */
  Posting(
      MemberKey member,
      MemberState state,
      Instant now,
      @Nullable TierRules tiers,
      Budgets budgets) {
    this.budgets = budgets;
    this.member = member;
    this.begun = state;
    this.state = state;
    this.now = now;
    this.tiers = tiers;
  }

  MemberKey member() {
    return member;
  }

  Instant now() {
    return now;
  }

  /** The budgets that orders draw on. */
  Budgets budgets() {
    return budgets;
  }

  MemberState state() {
    return state;
  }

  /** Returns the member's sequence before this command, without entries that time has made now. */
  long sequenceBefore() {
    return begun.sequence();
  }

  /** The sequence that the next entry will have. */
  long nextSequence() {
    return state.sequence() + 1;
  }

  /** Returns the entries that this command has made so far. */
  List<Entry> entries() {
    return entries;
  }

  Lots lots(String account) {
    return state.accounts().of(account).lots();
  }

  long available(String account) {
    return lots(account).total();
  }

  long debt(String account) {
    return state.accounts().of(account).debt();
  }

  void move(Movement movement) {
    if (movement.points() != 0) {
      moved.add(movement);
      state = state.plus(movement);
    }
  }

  void open(Reservation reserve) {
    state = state.with(reserve);
  }

  /** Points come in: what is owed is paid first, unless they have expired already. */
  void credit(String account, Lot lot) {
    long repaid = lot.hasExpiredBy(now) ? 0 : Math.min(debt(account), lot.points());
    move(Movement.debt(account, -repaid));
    move(Movement.available(account, new Lot(lot.expiresAt(), lot.points() - repaid)));
  }

  /**
   * Points go out, those that expire first before others.
   *
   * @param points at most what is available
   */
  void debit(String account, long points) {
    if (points > 0) {
      lots(account).take(points).negated().forEach(lot -> move(Movement.available(account, lot)));
    }
  }

  /**
   * Takes back what once came in, from this lot first and then from others.
   *
   * @return how much of it there was not
   */
  long takeBack(String account, Lot lot) {
    long there = Math.min(lots(account).of(lot.expiresAt()), lot.points());
    move(Movement.available(account, new Lot(lot.expiresAt(), -there)));
    long others = Math.min(lot.points() - there, available(account));
    debit(account, others);
    return lot.points() - there - others;
  }

  /**
   * Returns the pending points of an entry.
   *
   * <p>If the entry's member was merged into this one, they are found by their order, because here
   * they were set aside by another entry.
   */
  Optional<Reservation> pendingOf(Entry earner) {
    return earner.member().equals(member)
        ? state.reserve(earner.sequence(), Place.PENDING)
        : state.reserves().stream().filter(it -> it.isPendingFor(earner.pendingFor())).findFirst();
  }

  /**
   * Gives back what once went out, into its lot.
   *
   * @return how much of it has expired meanwhile, and so does not come back
   */
  long giveBack(String account, Lot lot) {
    if (lot.hasExpiredBy(now)) {
      return lot.points();
    }
    credit(account, lot);
    return 0;
  }

  /** Writes down what has moved. */
  Entry append(EntryBuilder draft) {
    long sequence = nextSequence();
    Instant occurredAt =
        (draft.occurredAt == null ? now : draft.occurredAt).truncatedTo(ChronoUnit.MICROS);
    var entry =
        new Entry(
            member,
            sequence,
            draft.kind,
            worthOfPoints(),
            available(Accounts.POINTS),
            inOrder(),
            balances(),
            draft.request,
            draft.origin,
            draft.amount,
            draft.lines,
            draft.refersTo,
            draft.detail,
            draft.awarded,
            draft.judgedFacts(tiers, state, occurredAt, now),
            occurredAt,
            now);
    entries.add(entry);
    state = state.concludedBy(entry);
    moved = new ArrayList<>(2);
    return entry;
  }

  /** The movements with plain ones, of available points, before all others. */
  private List<Movement> inOrder() {
    return moved.size() < 2
        ? List.copyOf(moved)
        : moved.stream().sorted(Comparator.comparing(it -> !it.isPlain())).toList();
  }

  private long worthOfPoints() {
    long worth = 0;
    for (Movement movement : moved) {
      if (movement.account().equals(Accounts.POINTS)) {
        worth += movement.worth();
      }
    }
    return worth;
  }

  private SortedMap<String, Long> balances() {
    SortedMap<String, Long> balances = Collections.emptySortedMap();
    for (Movement movement : moved) {
      if (!movement.account().equals(Accounts.POINTS)) {
        balances = balances.isEmpty() ? new TreeMap<>() : balances;
        balances.put(movement.account(), available(movement.account()));
      }
    }
    return balances;
  }

  /** Puts an end to what is set aside: all that is left of it, by account. */
  SortedMap<String, Lots> takeOut(Reservation reserve) {
    reserve
        .lots()
        .forEach(
            (account, lots) ->
                lots.byExpiry()
                    .forEach(
                        lot ->
                            move(
                                Movement.setAside(
                                    account, reserve.place(), reserve.sequence(), lot.negated()))));
    return reserve.lots();
  }

  /** Sets points aside that are available. */
  void hold(String account, long points, long sequence) {
    if (points > 0) {
      for (Lot lot : lots(account).take(points).lots()) {
        move(Movement.available(account, lot.negated()));
        move(Movement.setAside(account, Place.HELD, sequence, lot));
      }
    }
  }

  /**
   * Returns whether the reservation of this entry has ended by now, and only this posting says so.
   */
  boolean hasJustEnded(long sequence) {
    return entries.stream().anyMatch(it -> it.refersTo() != null && it.refersTo() == sequence);
  }

  /**
   * Accepts the command, unless an account would have more than it may, for any kind of command.
   */
  Decision accepted(Entry answer) {
    return BalanceLimit.isExceeded(begun, state)
        ? refused(new Refusal.BalanceLimitExceeded(Math.min(Limits.POINTS_MAX, before())))
        : new Decision.Accepted(List.copyOf(entries), answer, state);
  }

  private long before() {
    return begun.accounts().points().lots().total();
  }

  /** All that was written down, when nobody asked for more. */
  Decision timeApplied() {
    return new Decision.TimeApplied(List.copyOf(entries), state);
  }

  static Decision refused(Refusal refusal) {
    return new Decision.Refused(refusal);
  }
}
