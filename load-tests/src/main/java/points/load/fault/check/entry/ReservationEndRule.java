package points.load.fault.check.entry;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.Movement;
import points.load.model.Reservation;

/** A reservation, of a hold or of pending points, ends once, completely, and at its time. */
public final class ReservationEndRule {
  private final MemberHistory member;
  private final Findings findings;
  private final Map<Long, Entry> ends = new HashMap<>();

  private ReservationEndRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  /** Reports reservations that end twice, in part, or at another time. */
  public static void check(MemberHistory member, Findings findings) {
    ReservationEndRule rule = new ReservationEndRule(member, findings);
    for (Entry entry : member.entries()) {
      switch (entry.kind()) {
        case CAPTURE, RELEASE, ACTIVATION, CANCELLATION -> rule.check(entry);
        default -> {}
      }
    }
  }

  private void check(Entry end) {
    Long refersTo = end.extra().refersTo();
    long madeBy = refersTo == null ? 0 : refersTo;
    Entry before = ends.putIfAbsent(madeBy, end);
    if (before != null) {
      findings.add("a reservation has ended twice", before, end);
      return;
    }
    int state = (int) end.sequence();
    if (state >= member.states().size()) {
      return; // a gap, which another rule reports
    }
    Reservation reservation = member.states().get(state - 1).reservation(madeBy).orElse(null);
    if (reservation == null) {
      findings.add("a reservation has ended that is not open", end);
      return;
    }
    if (member.states().get(state).reservation(madeBy).isPresent()) {
      findings.add("a reservation is still open after its end", end);
    }
    if (end.kind() == Entry.Kind.CAPTURE) {
      if (!isOf(end, reservation)) {
        findings.add("a capture does not fit what was held: " + reservation, end);
      }
    } else {
      checkComplete(end, reservation);
    }
    boolean byTime = end.key() == null;
    if (byTime != reservation.hasEndedBy(end.recordedAt())) {
      findings.add(
          byTime ? "a reservation has ended before its time" : "a reservation ends after its time",
          end);
    }
  }

  private static boolean isOf(Entry capture, Reservation hold) {
    JsonObject detail = capture.extra().detail();
    long points = detail.getLong("points", 0L);
    long expired = detail.getLong("expired", 0L);
    long stored = detail.getLong("storedValue", 0L);
    return hold.of(Movement.POINTS) == points + expired + detail.getLong("released", 0L)
        && hold.of(Movement.STORED_VALUE) >= stored
        && capture.worth(Movement.POINTS) == -points - expired
        && capture.worth(Movement.STORED_VALUE) == -stored;
  }

  /** A release or an activation makes everything available again; a cancellation takes it all. */
  private void checkComplete(Entry end, Reservation reservation) {
    boolean isTaken = end.kind() == Entry.Kind.CANCELLATION;
    for (String account : reservation.lots().keySet()) {
      if (end.worth(account) != (isTaken ? -reservation.of(account) : 0)) {
        findings.add("a reservation of %s has not ended completely".formatted(account), end);
      }
    }
  }
}
