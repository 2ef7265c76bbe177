package points.load.fault;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import points.load.fault.check.Violation;

/**
 * What came of one trial.
 *
 * @param silent nodes that did not write soon after all was mended
 */
public record Report(
    String name,
    Duration time,
    Tally tally,
    long entries,
    List<String> silent,
    List<Violation> violations) {
  private static final int SHOWN = 5;

  /** Whether nothing was wrong, and something was done at all. */
  public boolean isGood() {
    return violations.isEmpty() && silent.isEmpty() && tally.acknowledged() > 0;
  }

  @Override
  public String toString() {
    String counts =
        "%-18s %s %3d s, %d entries, %s"
            .formatted(name, isGood() ? "good" : "BAD ", time.toSeconds(), entries, tally);
    String unserved = silent.isEmpty() ? "" : "\n  does not write again: " + silent;
    String shown =
        violations.stream()
            .limit(SHOWN)
            .map(violation -> "\n  " + violation)
            .collect(Collectors.joining());
    String more =
        violations.size() > SHOWN
            ? "\n  ... %d violations in all".formatted(violations.size())
            : "";
    return counts + unserved + shown + more;
  }
}
