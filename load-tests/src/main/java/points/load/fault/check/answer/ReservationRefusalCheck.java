package points.load.fault.check.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import points.load.fault.check.history.VisibleState;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.Reservation;

/**
 * Decides whether the refusal to end a hold or pending points is true.
 *
 * @param before the entries that made the state
 */
record ReservationRefusalCheck(Operation operation, List<Entry> before, MemberState state) {

  boolean isTrue(String code, VisibleState visible) {
    return switch (code) {
      case "hold_already_captured" -> hasEnded(Entry.Kind.CAPTURE, true);
      case "hold_already_released" -> hasEnded(Entry.Kind.RELEASE, true);
      case "hold_expired" ->
          hasEnded(Entry.Kind.RELEASE, false) || visible.ended().contains(madeBy());
      case "capture_exceeds_hold" -> isMoreThanHeld();
      case "pending_not_found" -> isOfPending() && !wasPending();
      case "pending_already_ended" ->
          isOfPending()
              && wasPending()
              && (state.reservation(madeBy()).isEmpty() || visible.ended().contains(madeBy()));
      default -> false;
    };
  }

  private boolean isOfPending() {
    return operation instanceof Operation.EndPending;
  }

  /** The sequence of the member's entry that made the reservation; 0 when there is none. */
  private long madeBy() {
    String beginning = operation.memberId() + "-";
    String id = transactionId();
    return id.startsWith(beginning) ? Long.parseLong(id.substring(beginning.length())) : 0;
  }

  private String transactionId() {
    if (operation instanceof Operation.Capture capture) {
      return capture.holdId();
    } else if (operation instanceof Operation.Release release) {
      return release.holdId();
    }
    return operation instanceof Operation.EndPending end ? end.transactionId() : "";
  }

  private boolean hasEnded(Entry.Kind kind, boolean byCaller) {
    long madeBy = madeBy();
    return madeBy > 0
        && before.stream()
            .anyMatch(
                it -> it.kind() == kind && (it.key() != null) == byCaller && it.refersTo(madeBy));
  }

  private boolean wasPending() {
    long madeBy = madeBy();
    return before.stream()
        .filter(it -> it.sequence() == madeBy)
        .anyMatch(ReservationRefusalCheck::wasPending);
  }

  /** Includes points that were to be pending, had their order not been booked too late for that. */
  private static boolean wasPending(Entry entry) {
    String endsAt = entry.extra().detail().getString("endsAt");
    boolean isLate =
        entry.kind() == Entry.Kind.ACCRUAL
            && endsAt != null
            && !Instant.parse(endsAt).isAfter(entry.recordedAt());
    return isLate
        || entry.movements().stream()
            .anyMatch(it -> it.place() == Place.PENDING && it.reservation() == entry.sequence());
  }

  private boolean isMoreThanHeld() {
    Optional<Reservation> held = state.reservation(madeBy());
    return operation instanceof Operation.Capture capture
        && capture.points() != null
        && held.isPresent()
        && capture.points() > held.get().of(Movement.POINTS);
  }
}
