package points.load.fault.check.finding;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import points.load.fault.history.Call;
import points.load.model.Entry;

/**
 * Something that must not be.
 *
 * @param rule the rule that is broken
 * @param what in one sentence
 * @param calls those concerned
 * @param entries those concerned
 */
public record Violation(Rule rule, String what, List<Call> calls, List<Entry> entries) {

  /** The sentence, and below it what it speaks of. */
  @Override
  public String toString() {
    String evidence =
        Stream.concat(calls.stream(), entries.stream())
            .map(it -> "\n    " + it)
            .collect(Collectors.joining());
    return rule + ": " + what + evidence;
  }
}
