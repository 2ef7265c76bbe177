package points.load.fault.check.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.history.Call;
import points.load.model.Entry;

/** Collects the violations of one rule by one member. */
public final class Findings {
  private final Rule rule;
  private final MemberHistory member;
  private final List<Violation> violations = new ArrayList<>();

  /** Starts without any. */
  public Findings(Rule rule, MemberHistory member) {
    this.rule = rule;
    this.member = member;
  }

  /** Adds a violation with the calls and entries that show it. */
  public void add(String what, Collection<Call> calls, Collection<Entry> entries) {
    violations.add(new Violation(rule, what, List.copyOf(calls), List.copyOf(entries)));
  }

  /** Adds a violation that some entries show, with the calls that asked for them. */
  public void add(String what, List<Entry> entries) {
    add(what, member.callsOf(entries), entries);
  }

  /** Adds a violation that some entries show, with the calls that asked for them. */
  public void add(String what, Entry... entries) {
    add(what, List.of(entries));
  }

  /** Adds a violation that no call and no entry shows. */
  public void add(String what) {
    add(what, List.of(), List.of());
  }

  /** Adds a violation that one call shows. */
  public void add(String what, Call call) {
    add(what, List.of(call), List.of());
  }

  /** Returns all that were added. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }
}
