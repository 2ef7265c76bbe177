package points.load.fault.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import points.load.fault.history.FeedEvent;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.MemberState;

/** The events of a feed that keeps its promises. */
final class FedEvents {
  private FedEvents() {}

  /** All members are enrolled, and then come the entries by sequence. */
  static List<FeedEvent> of(LedgerSnapshot ledger) {
    List<FeedEvent> events = new ArrayList<>();
    ledger.members().stream()
        .map(MemberState::memberId)
        .map(FedEvents::enrolment)
        .forEach(events::add);
    ledger.entries().stream()
        .sorted(Comparator.comparingLong(Entry::sequence))
        .map(FedEvents::of)
        .distinct()
        .forEach(events::add);
    return events;
  }

  static FeedEvent of(Entry entry) {
    return new FeedEvent(
        entry.transactionId(), "points.earned", entry.memberId(), entry.sequence());
  }

  static FeedEvent enrolment(String memberId) {
    return new FeedEvent("event:7." + memberId, "member.enrolled", memberId, 0);
  }
}
