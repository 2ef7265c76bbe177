package points.load.fault.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import points.load.fault.history.Call;
import points.load.fault.ledger.Entry;

/** What breaks one rule. */
final class Findings {
  private final Rule rule;
  private final List<Violation> violations = new ArrayList<>();

  Findings(Rule rule) {
    this.rule = rule;
  }

  void add(String what, Collection<Call> calls, Collection<Entry> entries) {
    violations.add(new Violation(rule, what, List.copyOf(calls), List.copyOf(entries)));
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
