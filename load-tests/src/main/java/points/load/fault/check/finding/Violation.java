package points.load.fault.check.finding;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import points.load.fault.history.Call;
import points.load.model.Entry;

/**
 * A violation of a rule.
 *
 * @param what in one sentence
 * @param calls the calls that show it
 * @param entries the entries that show it
 */
public record Violation(Rule rule, String what, List<Call> calls, List<Entry> entries) {

  /** The sentence, with calls and entries below it. */
  @Override
  public String toString() {
    String evidence =
        Stream.concat(calls.stream(), entries.stream())
            .map(it -> "\n    " + it)
            .collect(Collectors.joining());
    return rule + ": " + what + evidence;
  }
}
