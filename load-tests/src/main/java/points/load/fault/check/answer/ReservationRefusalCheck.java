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
 * What a refusal says of something that was set aside: a hold, or what was earned and is pending.
 *
 * @param before the entries that made the state
 */
record ReservationRefusalCheck(Operation operation, List<Entry> before, MemberState state) {

  boolean isTrue(String code, VisibleState view) {
    return switch (code) {
      case "hold_already_captured" -> hasEnded(Entry.Kind.CAPTURE, true);
      case "hold_already_released" -> hasEnded(Entry.Kind.RELEASE, true);
      case "hold_expired" -> hasEnded(Entry.Kind.RELEASE, false) || view.ended().contains(begun());
      case "capture_exceeds_hold" -> isMoreThanHeld();
      case "pending_not_found" -> isOfPending() && !wasPending();
      case "pending_already_ended" ->
          isOfPending()
              && wasPending()
              && (state.reservation(begun()).isEmpty() || view.ended().contains(begun()));
      default -> false;
    };
  }

  private boolean isOfPending() {
    return operation instanceof Operation.EndPending;
  }

  /** The sequence of the entry that set it aside; 0 when it is about none. */
  private long begun() {
    String id =
        operation instanceof Operation.Capture capture
            ? capture.holdId()
            : operation instanceof Operation.Release release
                ? release.holdId()
                : operation instanceof Operation.EndPending end ? end.transactionId() : "";
    String beginning = operation.memberId() + "-";
    return id.startsWith(beginning) ? Long.parseLong(id.substring(beginning.length())) : 0;
  }

  private boolean hasEnded(Entry.Kind kind, boolean asked) {
    long begun = begun();
    return begun > 0
        && before.stream()
            .anyMatch(it -> it.kind() == kind && (it.key() != null) == asked && it.refersTo(begun));
  }

  /** Or was to be, had it not come in too late for that. */
  private boolean wasPending() {
    long begun = begun();
    return before.stream()
        .filter(it -> it.sequence() == begun)
        .anyMatch(ReservationRefusalCheck::wasPending);
  }

  private static boolean wasPending(Entry entry) {
    boolean late =
        entry.kind() == Entry.Kind.ACCRUAL
            && entry.extra().detail().getString("endsAt") != null
            && !Instant.parse(entry.extra().detail().getString("endsAt"))
                .isAfter(entry.recordedAt());
    return late
        || entry.movements().stream()
            .anyMatch(it -> it.place() == Place.PENDING && it.reservation() == entry.sequence());
  }

  private boolean isMoreThanHeld() {
    Optional<Reservation> held = state.reservation(begun());
    return operation instanceof Operation.Capture capture
        && capture.points() != null
        && held.isPresent()
        && capture.points() > held.get().of(Movement.POINTS);
  }
}
