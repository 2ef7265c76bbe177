package points.load.fault.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.load.fault.ledger.Account;
import points.load.fault.ledger.Member;
import points.load.fault.ledger.Movement;
import points.load.fault.ledger.Movement.Place;
import points.load.fault.ledger.Reserve;

/**
 * A state as somebody may see it: what was set aside until a time that has passed is free again,
 * whether that is written down or not. Points that expire do so long after any run.
 *
 * @param ended the entries of which nothing is set aside any more, though nothing is written
 */
record View(
    long available,
    long held,
    long pending,
    long debt,
    long storedValue,
    long storedValueHeld,
    Set<Long> ended) {
  /** How far a gateway's clock may be from ours. */
  private static final Duration APART = Duration.ofMillis(100);

  /** All that the state may look like at some moment of a time. */
  static List<View> of(Member state, Instant from, Instant to) {
    List<Reserve> byEnd =
        state.others().reserves().stream()
            .filter(it -> it.endsAt() != null)
            .sorted(Comparator.comparing(Reserve::endsAt))
            .toList();
    List<View> views = new ArrayList<>();
    View view = of(state);
    for (Reserve next : byEnd) {
      if (!next.hasEndedBy(from.minus(APART))) {
        views.add(view);
      }
      if (!next.hasEndedBy(to.plus(APART))) {
        return views;
      }
      view = view.without(next);
    }
    views.add(view);
    return views;
  }

  static View of(Member state) {
    Account stored = state.others().accounts().getOrDefault(Movement.STORED_VALUE, Account.EMPTY);
    long storedHeld =
        state.others().reserves().stream()
            .filter(it -> it.place() == Place.HELD)
            .mapToLong(it -> it.of(Movement.STORED_VALUE))
            .sum();
    return new View(
        state.available(),
        state.others().held(),
        state.others().pending(),
        state.others().debt(),
        stored.available(),
        storedHeld,
        Set.of());
  }

  private View without(Reserve reserve) {
    boolean isHold = reserve.place() == Place.HELD;
    long points = reserve.of(Movement.POINTS);
    long stored = reserve.of(Movement.STORED_VALUE);
    long repaid = Math.min(debt, points);
    Set<Long> more = new HashSet<>(ended);
    more.add(reserve.sequence());
    return new View(
        available + points - repaid,
        isHold ? held - points : held,
        isHold ? pending : pending - points,
        debt - repaid,
        storedValue + stored,
        isHold ? storedValueHeld - stored : storedValueHeld,
        Set.copyOf(more));
  }

  /** Of an account that nothing is set aside of. */
  static long available(Member state, String account) {
    Map<String, Account> accounts = state.others().accounts();
    return accounts.getOrDefault(account, Account.EMPTY).available();
  }
}
