package points.load.fault.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.answer.AcknowledgementRule;
import points.load.fault.check.answer.BalanceReadRule;
import points.load.fault.check.answer.RefusalRule;
import points.load.fault.check.answer.ReplayRule;
import points.load.fault.check.answer.ServerErrorRule;
import points.load.fault.check.budget.BudgetRule;
import points.load.fault.check.effect.MemberEndRule;
import points.load.fault.check.effect.MergeRule;
import points.load.fault.check.effect.MoveRule;
import points.load.fault.check.effect.ParkedRefundRule;
import points.load.fault.check.effect.PoolRule;
import points.load.fault.check.effect.RatingRule;
import points.load.fault.check.effect.RefundShareRule;
import points.load.fault.check.effect.TransferRule;
import points.load.fault.check.effect.UndoRule;
import points.load.fault.check.effect.WithdrawalRule;
import points.load.fault.check.entry.FeedRule;
import points.load.fault.check.entry.RealTimeOrderRule;
import points.load.fault.check.entry.RequestedEntryRule;
import points.load.fault.check.entry.ReservationEndRule;
import points.load.fault.check.entry.SumRule;
import points.load.fault.check.entry.UniqueKeyRule;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.fault.check.history.Freshness;
import points.load.fault.check.history.HistoryIndex;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.history.Call;
import points.load.fault.history.FeedEvent;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.MemberState;
import points.load.model.book.RuleBook.BookInForce;

/**
 * Compares a history with the ledger after it, and reports all violations of each {@link Rule}.
 * Members depend on each other only by what they send each other, so the rules check one member at
 * a time. The checker is a pure function, without a clock or a database.
 */
public final class Checker {
  private Checker() {}

  /**
   * Returns the violations by member, none when all is well.
   *
   * @param events that a consumer of the feed got, up to the instant of the ledger
   * @param began the time of day when the history's clock stood at 0
   */
  public static List<Violation> violations(
      List<Call> calls,
      List<FeedEvent> events,
      LedgerSnapshot ledger,
      Freshness freshness,
      Instant began) {
    return violations(calls, events, ledger, freshness, began, null);
  }

  /**
   * Returns the violations in a program with a rule book.
   *
   * @param book null when none was published
   */
  public static List<Violation> violations(
      List<Call> calls,
      List<FeedEvent> events,
      LedgerSnapshot ledger,
      Freshness freshness,
      Instant began,
      @Nullable BookInForce book) {
    List<Violation> violations = new ArrayList<>();
    HistoryIndex index = new HistoryIndex(freshness, began, calls, events, ledger);
    for (MemberHistory member : histories(calls, events, ledger, index)) {
      for (Rule rule : Rule.values()) {
        Findings findings = new Findings(rule, member);
        check(rule, book).accept(member, findings);
        violations.addAll(findings.violations());
      }
    }
    return violations;
  }

  private static BiConsumer<MemberHistory, Findings> check(Rule rule, @Nullable BookInForce book) {
    return switch (rule) {
      case NO_SERVER_ERRORS -> ServerErrorRule::check;
      case ACKNOWLEDGED_CHANGES_ARE_WRITTEN -> AcknowledgementRule::check;
      case KEYS_ARE_USED_ONCE -> UniqueKeyRule::check;
      case ENTRIES_WERE_REQUESTED -> RequestedEntryRule::check;
      case ENTRIES_ADD_UP -> SumRule::check;
      case EVENTS_ARE_THE_ENTRIES -> FeedRule::check;
      case RESERVATIONS_END_ONCE -> ReservationEndRule::check;
      case REFUNDS_AND_REVERSALS_ARE_DUE -> UndoRule::check;
      case RATINGS_ARE_DUE -> (member, findings) -> RatingRule.check(book, member, findings);
      case BUDGETS_END_AT_THEIR_LIMIT ->
          (member, findings) -> BudgetRule.check(book, member, findings);
      case TRANSFERS_ARRIVE_ONCE -> TransferRule::check;
      case MERGES_ARRIVE_ONCE -> MergeRule::check;
      case MOVES_ARRIVE_ONCE -> MoveRule::check;
      case REFUND_SHARES_ARRIVE_ONCE -> RefundShareRule::check;
      case ENDED_MEMBERS_HAVE_NOTHING -> MemberEndRule::check;
      case POOLS_ARE_USED_BY_THEIR_MEMBERS -> PoolRule::check;
      case PARKED_REFUNDS_ARE_APPLIED -> ParkedRefundRule::check;
      case WITHDRAWN_REFUNDS_ARE_NOT_APPLIED -> WithdrawalRule::check;
      case REAL_TIME_ORDER -> RealTimeOrderRule::check;
      case REFUSALS_ARE_TRUE -> RefusalRule::check;
      case REPLAYS_ARE_EQUAL -> ReplayRule::check;
      case READS_ARE_TRUE -> BalanceReadRule::checkTruth;
      case READS_ARE_FRESH -> BalanceReadRule::checkFreshness;
    };
  }

  private static List<MemberHistory> histories(
      List<Call> calls, List<FeedEvent> events, LedgerSnapshot ledger, HistoryIndex index) {
    Map<String, List<Call>> callsOf =
        calls.stream().collect(Collectors.groupingBy(memberOf(ledger)));
    Map<String, MemberState> rows =
        ledger.members().stream()
            .collect(Collectors.toMap(MemberState::memberId, Function.identity()));
    Set<String> members = new TreeSet<>(rows.keySet());
    members.addAll(callsOf.keySet());
    ledger.entries().forEach(entry -> members.add(entry.memberId()));
    events.forEach(event -> members.add(event.memberId()));
    List<MemberHistory> histories = new ArrayList<>(members.size());
    for (String id : members) {
      MemberHistory member =
          new MemberHistory(
              id, rows.get(id), index.entriesOf(id), callsOf.getOrDefault(id, List.of()), index);
      index.add(member);
      histories.add(member);
    }
    return histories;
  }

  /** The member of a call: refunds and reversals belong to the member on which they were booked. */
  private static Function<Call, String> memberOf(LedgerSnapshot ledger) {
    Map<String, String> bookedOn = new HashMap<>();
    for (Entry entry : ledger.entries()) {
      boolean undoes = entry.kind() == Entry.Kind.REFUND || entry.kind() == Entry.Kind.REVERSAL;
      if (undoes && entry.key() != null) {
        bookedOn.put(entry.key(), entry.memberId());
      }
    }
    return call -> {
      Operation operation = call.operation();
      String member = null;
      if (operation instanceof Operation.Refund refund && call.key() != null) {
        member = bookedOn.getOrDefault(call.key(), bookedOn.get(RequestCalls.parkedKey(refund)));
      } else if (operation instanceof Operation.Reversal && call.key() != null) {
        member = bookedOn.get(call.key());
      }
      return member == null ? operation.memberId() : member;
    };
  }
}
