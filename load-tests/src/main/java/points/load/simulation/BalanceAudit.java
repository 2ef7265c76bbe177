package points.load.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.load.model.Entry;
import points.load.model.MemberEquations;
import points.load.model.MemberSnapshot;
import points.load.model.Mismatch;
import points.load.simulation.Outcomes.Acknowledged;
import points.load.simulation.Outcomes.InDoubt;
import points.load.simulation.Outcomes.Outcome;

/**
 * Compares a member's entries and balance with the answers that tills got. On top of the
 * {@linkplain MemberEquations equations} of any books: an acknowledged order has exactly one entry,
 * with the points that were acknowledged; one in doubt at most one; a refused one none; and there
 * is no entry of an order that nobody sent. As the members are new, and unless points expired
 * during the run, {@code available} is then the sum of the acknowledged orders and of those in
 * doubt that did happen.
 */
final class BalanceAudit {
  private final MemberSnapshot member;
  private final Map<String, Outcome> outcomes;
  private final List<Mismatch> mismatches = new ArrayList<>();

  private BalanceAudit(MemberSnapshot member, Map<String, Outcome> outcomes) {
    this.member = member;
    this.outcomes = outcomes;
  }

  /** Returns the differences; empty when there is none. */
  static List<Mismatch> mismatches(MemberSnapshot member, Map<String, Outcome> outcomes) {
    BalanceAudit audit = new BalanceAudit(member, outcomes);
    audit.mismatches.addAll(MemberEquations.broken(member));
    audit.orders();
    return List.copyOf(audit.mismatches);
  }

  private void orders() {
    Map<String, List<Entry>> entries = new HashMap<>();
    long expected = 0;
    boolean expired = false;
    for (Entry entry : member.entries()) {
      expired |= entry.kind() == Entry.Kind.EXPIRY;
      if (entry.order().isPresent()) {
        String orderId = entry.order().get().orderId();
        entries.computeIfAbsent(orderId, it -> new ArrayList<>(1)).add(entry);
      }
    }
    for (Map.Entry<String, Outcome> order : outcomes.entrySet()) {
      List<Entry> found = entries.getOrDefault(order.getKey(), List.of());
      entries.remove(order.getKey());
      expected = Math.addExact(expected, order(order.getKey(), order.getValue(), found));
    }
    entries
        .keySet()
        .forEach(orderId -> found("order " + orderId + " has an entry nobody asked for"));
    if (!expired && member.state().available() != expected) {
      found(
          "available is %d, the answers to the tills make %d"
              .formatted(member.state().available(), expected));
    }
  }

  /** Checks an order and returns the points that it should have changed. */
  private long order(String orderId, Outcome outcome, List<Entry> found) {
    if (outcome instanceof Acknowledged answer) {
      if (found.size() != 1) {
        found("order %s was acknowledged and has %d entries".formatted(orderId, found.size()));
      } else if (found.get(0).points() != answer.points()) {
        found(
            "order %s was acknowledged with %d points and has %d"
                .formatted(orderId, answer.points(), found.get(0).points()));
      }
      return answer.points();
    }
    int most = outcome instanceof InDoubt ? 1 : 0;
    if (found.size() > most) {
      found("order %s may have %d entries and has %d".formatted(orderId, most, found.size()));
    }
    return found.isEmpty() ? 0 : found.get(0).points();
  }

  private void found(String what) {
    mismatches.add(new Mismatch(member.memberId(), what));
  }
}
