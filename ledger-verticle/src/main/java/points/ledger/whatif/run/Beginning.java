package points.ledger.whatif.run;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import points.ledger.award.EarningFacts;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.store.BeforePeriod;
import points.ledger.store.BeforePeriod.BudgetsNow;
import points.ledger.store.RecordedPeriod;
import points.ledger.store.RecordedPeriod.Range;

/** Finds out how members and budgets were when a period began. */
final class Beginning {

  /** Members whose earlier entries are read by one statement. */
  private static final int MEMBERS_AT_ONCE = 200;

  private final BeforePeriod before;
  private final RecordedPeriod period;
  private final String programId;
  private final Instant from;

  Beginning(BeforePeriod before, RecordedPeriod period, String programId, Instant from) {
    this.before = before;
    this.period = period;
    this.programId = programId;
    this.from = from;
  }

  /** Returns the budgets at the beginning: those of now, less what was drawn since. */
  Future<Map<BudgetKey, BudgetState>> budgets(
      Range range, BiFunction<Range, LongFunction<Future<Long>>, Future<Void>> through) {
    return before
        .budgets(programId)
        .compose(
            now -> {
              if (now.budgets().isEmpty()) {
                return Future.succeededFuture(Map.of());
              }
              var since = new Range(range.first(), now.last(), 0);
              var issued = new HashMap<>(now.issuedLate());
              var used = new HashMap<BudgetKey, Long>();
              now.budgets().forEach((key, it) -> used.put(key, it.used()));
              return through
                  .apply(since, place -> charges(since, place, issued, used))
                  .map(read -> begin(now, issued, used));
            });
  }

  private Future<Long> charges(
      Range since, long place, Map<BudgetKey, Long> issued, Map<BudgetKey, Long> used) {
    return before
        .charges(programId, since, place, from)
        .compose(
            charged -> {
              charged.forEach(
                  it -> {
                    issued.merge(it.key(), it.issued(), Long::sum);
                    used.merge(it.key(), it.reversed() - it.issued(), Long::sum);
                  });
              return period.after(programId, since, place);
            });
  }

  /** A budget that has stopped issues nothing; one that issued since stopped later. */
  private static Map<BudgetKey, BudgetState> begin(
      BudgetsNow now, Map<BudgetKey, Long> issued, Map<BudgetKey, Long> used) {
    var begin = new HashMap<BudgetKey, BudgetState>();
    now.budgets()
        .forEach(
            (key, it) ->
                begin.put(
                    key,
                    new BudgetState(
                        key,
                        used.getOrDefault(key, 0L),
                        issued.getOrDefault(key, 0L) > 0 ? null : it.stoppedAt(),
                        it.version())));
    return begin;
  }

  /** Reads what members had before, of those that come for the first time. */
  Future<Map<MemberKey, EarningFacts>> facts(
      Predicate<MemberKey> isKnown, List<List<Entry>> batches) {
    var first = new HashMap<String, Long>();
    for (List<Entry> batch : batches) {
      for (Entry it : batch) {
        boolean counts = !it.recordedAt().isBefore(from);
        if (counts && !isKnown.test(it.member())) {
          first.merge(it.member().memberId(), it.sequence(), Math::min);
        }
      }
    }
    first.values().removeIf(sequence -> sequence == 1);
    return begin(List.copyOf(first.entrySet()), new HashMap<>());
  }

  private Future<Map<MemberKey, EarningFacts>> begin(
      List<Map.Entry<String, Long>> left, Map<MemberKey, EarningFacts> known) {
    if (left.isEmpty()) {
      return Future.succeededFuture(known);
    }
    int size = Math.min(MEMBERS_AT_ONCE, left.size());
    var some = new HashMap<String, Long>();
    left.subList(0, size).forEach(it -> some.put(it.getKey(), it.getValue()));
    return before
        .factsBefore(programId, some)
        .compose(
            facts -> {
              known.putAll(facts);
              return begin(left.subList(size, left.size()), known);
            });
  }
}
