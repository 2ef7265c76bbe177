package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.finding.Rule.EVENTS_ARE_THE_ENTRIES;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.load.fault.check.finding.Violation;
import points.load.fault.check.history.Freshness;
import points.load.fault.history.FeedEvent;
import points.load.model.LedgerSnapshot;

/** A feed that has not exactly the entries of the ledger is reported. */
class CheckerOfFeedTest {
  private static final Instant BEGAN = Instant.parse("2026-11-25T08:00:00Z");

  private final OneMemberHistory history = new OneMemberHistory();

  @BeforeEach
  void three_entries() {
    history.does("a", 100, 1, 2);
    history.does("b", 50, 3, 4);
    history.does("c", -120, 5, 6);
  }

  @Test
  void a_feed_with_every_entry_once_breaks_no_rule() {
    assertThat(violations(events -> {})).isEmpty();
  }

  @Test
  void reports_an_entry_that_was_left_out() {
    assertBroken("no event of 1 entries", events -> events.remove(2));
  }

  @Test
  void reports_that_nothing_came_at_all() {
    assertBroken("no event of 3 entries", List::clear);
  }

  @Test
  void reports_an_event_that_came_twice() {
    assertBroken("an event twice: event m-2", events -> events.add(events.get(2)));
    assertBroken("an event twice: event event:7.m", events -> events.add(0, events.get(0)));
  }

  @Test
  void reports_events_of_a_member_that_changed_places() {
    assertBroken("sequence 2 before: event m-1", events -> Collections.swap(events, 1, 2));
    assertBroken("sequence 3 before: event m-2", events -> Collections.swap(events, 2, 3));
  }

  @Test
  void reports_an_event_of_no_entry() {
    assertBroken(
        "no entry: event m-4", events -> events.add(new FeedEvent("m-4", "points.earned", "m", 4)));
    assertBroken(
        "no entry: event other-1",
        events -> events.add(new FeedEvent("other-1", "points.earned", "other", 1)));
  }

  @Test
  void reports_an_event_by_the_id_of_another() {
    assertBroken(
        "another id than its entry's: event m-9",
        events -> events.set(1, new FeedEvent("m-9", "points.earned", "m", 1)));
  }

  @Test
  void reports_enrolments_that_are_missing_late_or_invented() {
    assertBroken("had 0 enrolments of m", events -> events.remove(0));
    assertBroken("before the enrolment: event m-1", events -> Collections.swap(events, 0, 1));
    assertBroken("had 1 enrolments of other", events -> events.add(FedEvents.enrolment("other")));
  }

  private void assertBroken(String what, Consumer<List<FeedEvent>> change) {
    assertThat(violations(change))
        .isNotEmpty()
        .allMatch(it -> it.rule() == EVENTS_ARE_THE_ENTRIES)
        .anyMatch(it -> it.what().contains(what));
  }

  private List<Violation> violations(Consumer<List<FeedEvent>> change) {
    LedgerSnapshot ledger =
        new LedgerSnapshot(
            List.of(Objects.requireNonNull(history.row)), history.entries, List.of());
    List<FeedEvent> events = new ArrayList<>(FedEvents.of(ledger));
    change.accept(events);
    return Checker.violations(history.calls(), events, ledger, Freshness.OF_THE_CLUSTER, BEGAN);
  }
}
