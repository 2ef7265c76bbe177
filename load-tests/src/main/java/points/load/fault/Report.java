package points.load.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.model.Entry;

/**
 * What came of one trial.
 *
 * @param entries how many of each kind were written
 * @param rarities how many there were of what kinds do not tell
 * @param troubles what went wrong besides: nodes that did not write soon after all was mended
 */
public record Report(
    String name,
    Duration time,
    CallCounts tally,
    Map<Entry.Kind, Long> entries,
    Map<String, Long> rarities,
    List<String> troubles,
    List<Violation> violations) {
  private static final int SHOWN = 3;

  /** Whether nothing was wrong, and something was done at all. */
  public boolean isGood() {
    return violations.isEmpty() && troubles.isEmpty() && tally.acknowledged() > 0;
  }

  @Override
  public String toString() {
    String counts =
        "%-18s %s %3d s, %d entries, %s"
            .formatted(name, isGood() ? "good" : "BAD ", time.toSeconds(), written(), tally);
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

  /** How many violations there are of each rule that is broken. */
  public Map<Rule, Long> byRule() {
    return violations.stream()
        .collect(Collectors.groupingBy(Violation::rule, TreeMap::new, Collectors.counting()));
  }
}
