package points.load.fault.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.fault.check.history.Freshness;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.Lot;
import points.load.model.MemberState;
import points.load.model.ModelExamples;
import points.load.model.book.RuleBook.BookInForce;

/** Builds the history and the ledger of one member, all of whose points expire together. */
final class OneMemberHistory {
  static final String MEMBER = "m";
  static final Instant UNTIL = Instant.parse("2027-11-25T16:00:00Z");
  static final Instant THEN = Instant.parse("2026-11-25T08:00:00.123456Z");

  final List<Entry> entries = new ArrayList<>();
  @Nullable MemberState row;
  private final List<Call> calls = new ArrayList<>();
  private long balance;
  private long earned;
  private long spent;

  static Operation.Accrual accrual(String key, long points) {
    return new Operation.Accrual(MEMBER, "S1", "order-" + key, points * 100, THEN);
  }

  static Operation.Deduction deduction(String key, long points) {
    return new Operation.Deduction(MEMBER, "S1", "order-" + key, points, "gift");
  }

  /** Books an accrual, or a deduction when the points are negative, as the gateway would. */
  Entry books(String key, long points) {
    balance += points;
    earned += Math.max(0, points);
    spent += Math.max(0, -points);
    boolean accrues = points >= 0;
    Entry entry =
        ModelExamples.entry(
            MEMBER,
            entries.size() + 1,
            accrues ? Entry.Kind.ACCRUAL : Entry.Kind.DEDUCTION,
            points,
            balance,
            List.of(new Lot(UNTIL, points)),
            new Entry.Origin(
                "S1", "order-" + key, accrues ? points * 100 : null, null, accrues ? null : "gift"),
            THEN,
            THEN,
            key);
    entries.add(entry);
    List<Lot> lots = balance == 0 ? List.of() : List.of(new Lot(UNTIL, balance));
    row = ModelExamples.state(MEMBER, entry.sequence(), balance, earned, spent, lots);
    return entry;
  }

  /** Books it and records the acknowledgement. */
  Entry does(String key, long points, long begin, long end) {
    Entry entry = books(key, points);
    asks(key, operation(key, points), begin, end, acknowledgement(entry));
    return entry;
  }

  static Operation operation(String key, long points) {
    return points >= 0 ? accrual(key, points) : deduction(key, -points);
  }

  Call asks(
      @Nullable String key, Operation operation, long begin, long end, RecordedAnswer answer) {
    return asks("n1", key, operation, begin, end, answer);
  }

  Call asks(
      String node,
      @Nullable String key,
      Operation operation,
      long begin,
      long end,
      RecordedAnswer answer) {
    Call call = new Call(calls.size() + 1, "c1", node, operation, key, begin, end, answer);
    calls.add(call);
    return call;
  }

  void reads(String node, long begin, long end, RecordedAnswer answer) {
    asks(node, null, new Operation.Balance(MEMBER), begin, end, answer);
  }

  static RecordedAnswer.BalanceRead seen(long sequence, long available, long earned, long spent) {
    return new RecordedAnswer.BalanceRead(
        sequence,
        available,
        earned,
        spent,
        RecordedAnswer.OtherSums.NONE,
        false,
        "2026-11-25T08:00:00Z");
  }

  static RecordedAnswer.Acknowledged acknowledgement(Entry entry) {
    boolean accrues = entry.kind() == Entry.Kind.ACCRUAL;
    long points = Math.abs(entry.points());
    String body =
        """
        {"transactionId":"%s","memberId":"%s","storeId":"S1","orderId":"%s","sequence":%d,\
        "points":%d,"balance":%d,"lots":[{"expiresAt":"%s","points":%d}],%s,"recordedAt":"%s"}\
        """
            .formatted(
                entry.transactionId(),
                entry.memberId(),
                entry.origin().orderId(),
                entry.sequence(),
                points,
                entry.balance(),
                UNTIL,
                points,
                accrues ? "\"lines\":[],\"occurredAt\":\"" + THEN + "\"" : "\"reason\":\"gift\"",
                THEN);
    return new RecordedAnswer.Acknowledged(body, false);
  }

  static RecordedAnswer.Refused insufficient(long available) {
    return new RecordedAnswer.Refused(409, "insufficient_points", available);
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The broken rules, in a cluster. */
  List<Rule> broken() {
    return broken(Freshness.OF_THE_CLUSTER);
  }

  List<Rule> broken(Freshness freshness) {
    return violations(freshness).stream().map(Violation::rule).distinct().toList();
  }

  /** The violations in a program with a rule book. */
  List<Violation> violations(BookInForce book) {
    LedgerSnapshot ledger = new LedgerSnapshot(List.of(), entries, List.of());
    return Checker.violations(
        calls, FedEvents.of(ledger), ledger, Freshness.OF_THE_CLUSTER, THEN, book);
  }

  List<Violation> violations(Freshness freshness) {
    List<MemberState> members = row == null ? List.of() : List.of(row);
    LedgerSnapshot ledger = new LedgerSnapshot(members, entries, List.of());
    return Checker.violations(calls, FedEvents.of(ledger), ledger, freshness, THEN);
  }
}
