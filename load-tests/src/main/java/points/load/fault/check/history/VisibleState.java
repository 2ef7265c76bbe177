package points.load.fault.check.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.load.model.Account;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.Reservation;

/**
 * A state as somebody may see it: what was set aside until a time that has passed is free again,
 * whether that is written down or not. Points that expire do so long after any run.
 *
 * @param ended the entries of which nothing is set aside any more, though nothing is written
 */
public record VisibleState(
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
  public static List<VisibleState> of(MemberState state, Instant from, Instant to) {
    List<Reservation> byEnd =
        state.others().reservations().stream()
            .filter(it -> it.endsAt() != null)
            .sorted(Comparator.comparing(Reservation::endsAt))
            .toList();
    List<VisibleState> views = new ArrayList<>();
    VisibleState view = of(state);
    for (Reservation next : byEnd) {
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

  public static VisibleState of(MemberState state) {
    Account stored = state.others().accounts().getOrDefault(Movement.STORED_VALUE, Account.EMPTY);
    long storedHeld =
        state.others().reservations().stream()
            .filter(it -> it.place() == Place.HELD)
            .mapToLong(it -> it.of(Movement.STORED_VALUE))
            .sum();
    return new VisibleState(
        state.available(),
        state.others().held(),
        state.others().pending(),
        state.others().debt(),
        stored.available(),
        storedHeld,
        Set.of());
  }

  private VisibleState without(Reservation reserve) {
    boolean isHold = reserve.place() == Place.HELD;
    long points = reserve.of(Movement.POINTS);
    long stored = reserve.of(Movement.STORED_VALUE);
    long repaid = Math.min(debt, points);
    Set<Long> more = new HashSet<>(ended);
    more.add(reserve.sequence());
    return new VisibleState(
        available + points - repaid,
        isHold ? held - points : held,
        isHold ? pending : pending - points,
        debt - repaid,
        storedValue + stored,
        isHold ? storedValueHeld - stored : storedValueHeld,
        Set.copyOf(more));
  }

  /** Of an account that nothing is set aside of. */
  public static long available(MemberState state, String account) {
    Map<String, Account> accounts = state.others().accounts();
    return accounts.getOrDefault(account, Account.EMPTY).available();
  }
}
