package points.ledger.whatif;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import points.ledger.award.Reason;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/**
 * The order in which the entries of one batch may have been decided.
 *
 * <p>A batch does not say in which order its members came. The cuts by budgets say it: an order
 * that got all came before one that got the rest, and this one before one that got nothing.
 */
final class DecisionOrder {

  private DecisionOrder() {}

  /** Returns the entries of a batch in such an order; those of one member keep theirs. */
  static List<Entry> of(List<Entry> batch) {
    if (batch.stream().allMatch(it -> rank(it) == 0)) {
      return batch;
    }
    Map<MemberKey, Queue<Entry>> byMember = new LinkedHashMap<>();
    batch.forEach(it -> byMember.computeIfAbsent(it.member(), key -> new ArrayDeque<>()).add(it));
    var ordered = new ArrayList<Entry>(batch.size());
    for (int rank = 0; ordered.size() < batch.size(); rank++) {
      for (Queue<Entry> member : byMember.values()) {
        while (!member.isEmpty() && rank(member.element()) <= rank) {
          ordered.add(member.remove());
        }
      }
    }
    return ordered;
  }

  private static int rank(Entry entry) {
    boolean cut =
        entry.awarded() != null
            && entry.kind() == Entry.Kind.ACCRUAL
            && entry.awarded().cuts().stream().anyMatch(it -> it.reason() == Reason.BUDGET);
    return !cut
        ? 0
        : entry.factsChange().charges().stream().anyMatch(it -> it.issued() > 0) ? 1 : 2;
  }
}
