package points.load.fault.check.entry;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.Movement;
import points.load.model.Reservation;

/** What was set aside ends once, wholly, and at its time. */
public final class ReservationEndRule {
  private final MemberHistory member;
  private final Findings findings;
  private final Map<Long, Entry> ends = new HashMap<>();

  private ReservationEndRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    ReservationEndRule endings = new ReservationEndRule(member, findings);
    for (Entry entry : member.entries()) {
      switch (entry.kind()) {
        case CAPTURE, RELEASE, ACTIVATION, CANCELLATION -> endings.check(entry);
        default -> {}
      }
    }
  }

  private void check(Entry end) {
    Long refersTo = end.extra().refersTo();
    long begun = refersTo == null ? 0 : refersTo;
    Entry before = ends.putIfAbsent(begun, end);
    if (before != null) {
      findings.add("what was set aside has ended twice", before, end);
      return;
    }
    int state = (int) end.sequence();
    if (state >= member.states().size()) {
      return; // a gap, which others tell of
    }
    Reservation reserve = member.states().get(state - 1).reservation(begun).orElse(null);
    if (reserve == null) {
      findings.add("something ends of which nothing is set aside", end);
      return;
    }
    if (member.states().get(state).reservation(begun).isPresent()) {
      findings.add("something is still set aside after its end", end);
    }
    if (isCapture(end) && !isOf(end, reserve)) {
      findings.add("a capture is not of what was held: " + reserve, end);
    }
    if (!isCapture(end)) {
      isWholly(end, reserve);
    }
    boolean byTime = end.key() == null;
    if (byTime != reserve.hasEndedBy(end.recordedAt())) {
      findings.add(
          byTime ? "something has ended before its time" : "something ends after its time", end);
    }
  }

  private static boolean isCapture(Entry end) {
    return end.kind() == Entry.Kind.CAPTURE;
  }

  private static boolean isOf(Entry capture, Reservation hold) {
    JsonObject detail = capture.extra().detail();
    long points = detail.getLong("points", 0L);
    long gone = detail.getLong("expired", 0L);
    long stored = detail.getLong("storedValue", 0L);
    return hold.of(Movement.POINTS) == points + gone + detail.getLong("released", 0L)
        && hold.of(Movement.STORED_VALUE) >= stored
        && capture.worth(Movement.POINTS) == -points - gone
        && capture.worth(Movement.STORED_VALUE) == -stored;
  }

  /** What is released or becomes effective is all there again; what is cancelled is all gone. */
  private void isWholly(Entry end, Reservation reserve) {
    boolean isGone = end.kind() == Entry.Kind.CANCELLATION;
    for (String account : reserve.lots().keySet()) {
      if (end.worth(account) != (isGone ? -reserve.of(account) : 0)) {
        findings.add("not all of %s that was set aside has ended so".formatted(account), end);
      }
    }
  }
}
