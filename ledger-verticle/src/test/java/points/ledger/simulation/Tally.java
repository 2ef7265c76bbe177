package points.ledger.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import points.ledger.model.Entry;
import points.ledger.simulation.world.Fault;

/** What came up in many histories. */
final class Tally {

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long startedAt = System.nanoTime();
  private final long usedBefore = threads.getCurrentThreadCpuTime();
  private final Map<Fault, Long> struck = new EnumMap<>(Fault.class);
  private final Map<String, Long> seen = new TreeMap<>();
  private long histories;
  private long events;

  void add(Simulation.Result result) {
    histories++;
    events += result.events();
    result.struck().forEach((fault, times) -> struck.merge(fault, (long) times, Long::sum));
    result.seen().forEach((what, times) -> seen.merge(what, (long) times, Long::sum));
  }

  double seconds() {
    return (System.nanoTime() - startedAt) / 1e9;
  }

  /** What the machine's other work does not count in. */
  private double secondsUsed() {
    return (threads.getCurrentThreadCpuTime() - usedBefore) / 1e9;
  }

  long histories() {
    return histories;
  }

  /** Faults that did not happen once. */
  List<Fault> neverStruck() {
    return Arrays.stream(Fault.values())
        .filter(fault -> struck.getOrDefault(fault, 0L) == 0)
        .toList();
  }

  /** What is to come up besides entries and faults, and did not once. */
  List<String> neverSeen() {
    return Stream.of(
            "parked refunds applied",
            "parked refunds WITHDRAWN",
            "parked refunds LAPSED",
            "points of offline orders claimed",
            "points of offline orders owed",
            "refunds by another store",
            "replayed of a key that was shared",
            "shares of refunds applied")
        .filter(it -> !seen.containsKey(it))
        .toList();
  }

  /** Kinds of entries that were not written once. */
  List<Entry.Kind> neverWritten() {
    return Arrays.stream(Entry.Kind.values())
        .filter(
            it ->
                !it.name()
                    .startsWith("TIER")) // they need a published book; programs here have none
        .filter(kind -> !seen.containsKey("entry " + kind))
        .toList();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(
        "%,d histories, %,.0f a minute, %,.0f a minute of its processor, %,d events%n"
            .formatted(
                histories, histories * 60 / seconds(), histories * 60 / secondsUsed(), events));
    struck.forEach((fault, times) -> text.append("  %,12d %s%n".formatted(times, fault)));
    seen.forEach((what, times) -> text.append("  %,12d %s%n".formatted(times, what)));
    return text.toString();
  }
}
