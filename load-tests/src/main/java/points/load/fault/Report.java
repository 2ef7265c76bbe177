package points.load.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.fault.history.FeedLog;
import points.load.model.Entry;

/**
 * The result of one run of a scenario.
 *
 * @param entries the number of entries of each kind
 * @param rarities the number of rare cases
 * @param feed the events that a consumer of the feed got
 * @param troubles other failures, such as nodes that do not write again after the fault
 */
public record Report(
    String name,
    Duration time,
    CallCounts calls,
    Map<Entry.Kind, Long> entries,
    Map<String, Long> rarities,
    FeedLog feed,
    List<String> troubles,
    List<Violation> violations) {
  private static final int SHOWN = 3;

  /** Whether nothing was wrong and something was acknowledged at all. */
  public boolean isGood() {
    return violations.isEmpty() && troubles.isEmpty() && calls.acknowledged() > 0;
  }

  @Override
  public String toString() {
    String counts =
        "%-18s %s %3d s, %d entries, %s, %s"
            .formatted(name, isGood() ? "good" : "BAD ", time.toSeconds(), written(), feed, calls);
    String kinds = "\n  " + entries + "\n  " + rarities;
    String besides =
        troubles.stream().map(trouble -> "\n  " + trouble).collect(Collectors.joining());
    String shown =
        violations.stream()
            .limit(SHOWN)
            .map(violation -> "\n  " + violation)
            .collect(Collectors.joining());
    String more = violations.size() > SHOWN ? "\n  ... in all " + byRule() : "";
    return counts + kinds + besides + shown + more;
  }

  private long written() {
    return entries.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The number of violations of each broken rule. */
  public Map<Rule, Long> byRule() {
    return violations.stream()
        .collect(Collectors.groupingBy(Violation::rule, TreeMap::new, Collectors.counting()));
  }
}
