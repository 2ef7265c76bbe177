package points.load.fault.check.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import points.load.fault.history.Call;
import points.load.model.Entry;

/** What breaks one rule. */
public final class Findings {
  private final Rule rule;
  private final List<Violation> violations = new ArrayList<>();

  public Findings(Rule rule) {
    this.rule = rule;
  }

  public void add(String what, Collection<Call> calls, Collection<Entry> entries) {
    violations.add(new Violation(rule, what, List.copyOf(calls), List.copyOf(entries)));
  }

  public List<Violation> violations() {
    return List.copyOf(violations);
  }
}
