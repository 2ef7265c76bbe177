package points.load.fault.check.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.Reservation;

/**
 * A state as a caller may see it. A reservation whose time is over is no longer seen, whether or
 * not its end is booked. Lots do not expire during a run.
 *
 * @param ended the entries whose reservations are over without an entry that says so
 */
public record VisibleState(
    long available,
    long held,
    long pending,
    long debt,
    long storedValue,
    long storedValueHeld,
    Set<Long> ended) {
  /** The most by which a gateway's clock may differ from that of the history. */
  private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMillis(100);

  /** All that a state may look like at some moment of a time. */
  public static List<VisibleState> of(MemberState state, Instant from, Instant to) {
    List<Reservation> byEnd =
        state.others().reservations().stream()
            .filter(it -> it.endsAt() != null)
            .sorted(Comparator.comparing(Reservation::endsAt))
            .toList();
    List<VisibleState> views = new ArrayList<>();
    VisibleState view = of(state);
    for (Reservation next : byEnd) {
      if (!next.hasEndedBy(from.minus(CLOCK_DIFFERENCE_MAX))) {
        views.add(view);
      }
      if (!next.hasEndedBy(to.plus(CLOCK_DIFFERENCE_MAX))) {
        return views;
      }
      view = view.without(next);
    }
    views.add(view);
    return views;
  }

  /** The state with all its reservations. */
  public static VisibleState of(MemberState state) {
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
        state.account(Movement.STORED_VALUE).available(),
        storedHeld,
        Set.of());
  }

  private VisibleState without(Reservation reservation) {
    boolean isHold = reservation.place() == Place.HELD;
    long points = reservation.of(Movement.POINTS);
    long stored = reservation.of(Movement.STORED_VALUE);
    long repaid = Math.min(debt, points);
    Set<Long> more = new HashSet<>(ended);
    more.add(reservation.sequence());
    return new VisibleState(
        available + points - repaid,
        isHold ? held - points : held,
        isHold ? pending : pending - points,
        debt - repaid,
        storedValue + stored,
        isHold ? storedValueHeld - stored : storedValueHeld,
        Set.copyOf(more));
  }
}
