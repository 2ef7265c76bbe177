package points.load.fault.check.entry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.history.FeedEvent;
import points.load.model.Entry;

/**
 * A consumer of the feed got each entry of a member once, by sequence.
 *
 * <p>Before them it got the member's enrolment, and it got nothing else. This holds after a
 * failover too. An event is passed on once it is on the standby, so what a promoted standby lacks
 * is no event that anybody got.
 */
public final class FeedRule {
  private FeedRule() {}

  /** Reports events that are missing, doubled, invented, or out of order. */
  public static void check(MemberHistory member, Findings findings) {
    Set<String> seen = new HashSet<>();
    for (FeedEvent event : member.events()) {
      if (!seen.add(event.id())) {
        findings.add("the feed had an event twice: " + event);
      }
      if (event.isOfEntry() && !event.id().equals(event.memberId() + "-" + event.sequence())) {
        findings.add("the feed had an event by another id than its entry's: " + event);
      }
    }
    List<Entry> missing = new ArrayList<>();
    Set<String> written = new HashSet<>();
    for (Entry entry : member.entries()) {
      written.add(entry.transactionId());
      if (!seen.contains(entry.transactionId())) {
        missing.add(entry);
      }
    }
    if (!missing.isEmpty()) {
      findings.add("the feed had no event of %d entries".formatted(missing.size()), missing);
    }
    member.events().stream()
        .filter(event -> event.isOfEntry() && !written.contains(event.id()))
        .forEach(event -> findings.add("the feed had an event of no entry: " + event));
    checkOrder(member.events(), findings);
    checkEnrolment(member, findings);
  }

  private static void checkOrder(List<FeedEvent> events, Findings findings) {
    long last = 0;
    for (FeedEvent event : events) {
      if (event.isOfEntry() && event.sequence() < last) {
        findings.add("the feed had sequence %d before: %s".formatted(last, event));
      }
      last = Math.max(last, event.sequence());
    }
  }

  private static void checkEnrolment(MemberHistory member, Findings findings) {
    List<FeedEvent> events = member.events();
    long enrolments = events.stream().filter(FeedEvent::isEnrolment).count();
    boolean isThere = member.row() != null;
    if (enrolments != (isThere ? 1 : 0)) {
      findings.add(
          "the feed had %d enrolments of %s, which %s"
              .formatted(enrolments, member.memberId(), isThere ? "exists" : "does not exist"));
    } else if (isThere && !events.get(0).isEnrolment()) {
      findings.add("the feed had an event before the enrolment: " + events.get(0));
    }
  }
}
