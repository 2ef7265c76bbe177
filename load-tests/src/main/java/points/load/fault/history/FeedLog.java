package points.load.fault.history;

import java.time.Duration;
import java.util.List;

/**
 * All that a consumer of the feed got in a run.
 *
 * @param events in the order in which it got them
 * @param lagMax the longest time from an entry to its arrival at the consumer, outages included
 * @param refusals answers that no consumer may get, whatever fails
 */
public record FeedLog(List<FeedEvent> events, Duration lagMax, List<String> refusals) {

  /** The number of events that are about entries. */
  public long entries() {
    return events.stream().filter(FeedEvent::isOfEntry).count();
  }

  /** The part of a report's line. */
  @Override
  public String toString() {
    return "%d events, worst lag %.1f s".formatted(events.size(), lagMax.toMillis() / 1e3);
  }
}
