package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.fault.check.history.Freshness;
import points.load.fault.history.Call;
import points.load.fault.history.EntryOrigins;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Entry.Line;
import points.load.model.EntryFold;
import points.load.model.LedgerSnapshot;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.ParkedRefund;

/** Builds a history and its ledger, as the gateway would book it. */
final class HistoryBuilder extends CallRecorder {
  static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
  static final Instant UNTIL = Instant.parse("2027-11-25T16:00:00Z");
  static final String POINTS = Movement.POINTS;
  static final String STORED = Movement.STORED_VALUE;

  final List<ParkedRefund> parked = new ArrayList<>();
  private final Map<String, List<Entry>> entries = new TreeMap<>();
  private @Nullable Instant recordedAt;
  private final Map<String, Operation> operations = new HashMap<>();

  /** Records the next entry later than all others. */
  HistoryBuilder after(long seconds) {
    recordedAt = NOW.plusSeconds(seconds);
    return this;
  }

  Entry accrues(String member, String order, long... linesOfYuan) {
    List<Line> lines = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < linesOfYuan.length; i++) {
      lines.add(new Line(Operation.Accrual.lineId(i), linesOfYuan[i] * 100, linesOfYuan[i]));
      sum += linesOfYuan[i];
    }
    List<Long> amounts = lines.stream().map(Line::amount).toList();
    return book(
        new Operation.Accrual(member, "S1", order, sum * 100, NOW, amounts, Operation.Terms.NONE),
        Kind.ACCRUAL,
        extra(null, "", lines, new JsonObject()),
        sum * 100,
        available(POINTS, sum));
  }

  Entry topsUp(String member, String order, long amount) {
    return book(
        new Operation.TopUp(member, "S1", order, amount, 0, NOW),
        Kind.TOP_UP,
        extra(null, "", List.of(), new JsonObject().put("bonus", 0)),
        amount,
        available(STORED, amount));
  }

  Entry pays(String member, String order, long amount) {
    return book(
        new Operation.Payment(member, "S1", order, amount),
        Kind.PAYMENT,
        Entry.Extra.NONE,
        amount,
        available(STORED, -amount));
  }

  Entry holds(String member, String order, long points, long ttlSeconds) {
    String endsAt = NOW.plusSeconds(ttlSeconds).toString();
    return book(
        new Operation.Hold(member, "S1", order, points, 0, ttlSeconds),
        Kind.HOLD,
        extra(null, "", List.of(), new JsonObject().put("endsAt", endsAt)),
        null,
        available(POINTS, -points),
        aside(next(member), points));
  }

  Entry captures(Entry hold, long points, Movement... instead) {
    long held = hold.spent(POINTS);
    JsonObject detail =
        new JsonObject()
            .put("points", points)
            .put("storedValue", 0)
            .put("released", held - points)
            .put("expired", 0);
    Movement[] usual = {available(POINTS, held - points), aside(hold.sequence(), -held)};
    return book(
        new Operation.Capture(hold.memberId(), hold.transactionId(), points),
        Kind.CAPTURE,
        extra(hold.sequence(), "", List.of(), detail),
        null,
        instead.length == 0 ? usual : instead);
  }

  /** Ends by itself, without a call. */
  Entry runsOut(Entry hold) {
    long held = hold.spent(POINTS);
    return book(
        null,
        hold.memberId(),
        Kind.RELEASE,
        extra(hold.sequence(), "", List.of(), new JsonObject()),
        null,
        available(POINTS, held),
        aside(hold.sequence(), -held));
  }

  /** Refunds one line, and takes its points back. */
  Entry refunds(Entry sale, String refundId, Line back, boolean whole) {
    return refunds(sale, refundId, List.of(back), whole);
  }

  /** Refunds some lines, or an amount of no line when there are several, and takes points back. */
  Entry refunds(Entry sale, String refundId, List<Line> lines, boolean whole) {
    Line back = lines.get(0);
    long points = lines.stream().mapToLong(Line::points).sum();
    long amount = lines.stream().mapToLong(Line::amount).sum();
    String order = String.valueOf(sale.origin().orderId());
    JsonObject detail =
        new JsonObject()
            .put("refundId", refundId)
            .put("takenBack", new JsonObject().put(POINTS, points))
            .put("givenBack", new JsonObject())
            .put("debt", 0)
            .put("whole", whole);
    return book(
        new Operation.Refund(
            sale.memberId(),
            "S1",
            order,
            refundId,
            lines.size() == 1 ? back.lineId() : null,
            amount),
        Kind.REFUND,
        extra(null, refundId, lines, detail),
        amount,
        available(POINTS, -points));
  }

  Entry reverses(Entry undone, long points) {
    return reverses(undone, -undone.points(), points);
  }

  /** Reverses what the member had not earned by an order. */
  Entry reversesUnearned(Entry undone, long points) {
    return reverses(undone, 0, points);
  }

  private Entry reverses(Entry undone, long earned, long points) {
    JsonObject detail = new JsonObject().put("earned", earned).put("spent", 0);
    return book(
        new Operation.Reversal(undone.memberId(), undone.transactionId(), "office", "put right"),
        Kind.REVERSAL,
        extra(undone.sequence(), "", List.of(), detail),
        null,
        available(POINTS, points));
  }

  Entry sends(String from, String to, long points) {
    return book(
        new Operation.Transfer(from, "S1", to, points),
        Kind.TRANSFER_OUT,
        extra(null, "", List.of(), new JsonObject().put("memberId", to)),
        null,
        available(POINTS, -points));
  }

  Entry receives(String member, Entry out, Kind kind, long points) {
    return book(
        "transfer of " + out.transactionId(),
        member,
        kind,
        extra(null, "", List.of(), new JsonObject().put("memberId", out.memberId())),
        null,
        available(POINTS, points));
  }

  Entry adjusts(String member, Movement... movements) {
    long worth = Stream.of(movements).mapToLong(Movement::worth).sum();
    Operation operation = new Operation.Adjustment(member, worth, "office", "put right");
    return book(operation, Kind.ADJUSTMENT, Entry.Extra.NONE, null, movements);
  }

  Entry gives(String member, @Nullable Instant expiresAt, Movement... movements) {
    long worth = Stream.of(movements).mapToLong(Movement::worth).sum();
    Operation operation = new Operation.Gift(member, worth, expiresAt, "office", "an apology");
    return book(operation, Kind.GIFT, Entry.Extra.NONE, null, movements);
  }

  static Movement available(String account, long points) {
    return new Movement(account, Place.AVAILABLE, 0, UNTIL, points);
  }

  static Movement aside(long reserve, long points) {
    return new Movement(POINTS, Place.HELD, reserve, UNTIL, points);
  }

  static Entry.Extra extra(
      @Nullable Long refersTo, String part, List<Line> lines, JsonObject detail) {
    return new Entry.Extra(refersTo, part, Map.of(), lines, detail, Map.of());
  }

  Entry book(
      Operation operation,
      Kind kind,
      Entry.Extra extra,
      @Nullable Long amount,
      Movement... movements) {
    return bookFor(operation.memberId(), operation, kind, extra, amount, movements);
  }

  Entry bookFor(
      String member,
      Operation operation,
      Kind kind,
      Entry.Extra extra,
      @Nullable Long amount,
      Movement... movements) {
    String key = "k" + ++keys;
    operations.put(key, operation);
    Entry entry = book(key, member, kind, extra, amount, movements);
    calls.add(
        new Call(keys, "c1", "n1", operation, key, keys, keys + 1, acknowledgement(entry, false)));
    return entry;
  }

  Entry book(
      @Nullable String key,
      String member,
      Kind kind,
      Entry.Extra extra,
      @Nullable Long amount,
      Movement... movements) {
    List<Movement> moved = Stream.of(movements).filter(it -> it.points() != 0).toList();
    Entry unbalanced = entry(key, member, kind, extra, amount, moved, 0);
    List<Entry> with = new ArrayList<>(of(member));
    with.add(unbalanced);
    long balance = last(EntryFold.states(member, with)).available();
    Entry entry = entry(key, member, kind, extra, amount, moved, balance);
    of(member).add(entry);
    recordedAt = null;
    return entry;
  }

  /** Books an entry that a node makes by itself for an earlier call. */
  Entry follows(
      String key,
      String member,
      Operation operation,
      Kind kind,
      Entry.Extra extra,
      @Nullable Long amount,
      Movement... movements) {
    operations.put(key, operation);
    return book(key, member, kind, extra, amount, movements);
  }

  private Entry entry(
      @Nullable String key,
      String member,
      Kind kind,
      Entry.Extra extra,
      @Nullable Long amount,
      List<Movement> moved,
      long balance) {
    Operation operation = key == null ? null : operations.get(key);
    return new Entry(
        member,
        next(member),
        kind,
        moved.stream().filter(it -> it.account().equals(POINTS)).mapToLong(Movement::worth).sum(),
        balance,
        moved,
        EntryOrigins.of(operation, amount),
        extra,
        NOW,
        recordedAt == null ? NOW : recordedAt,
        key);
  }

  /** A member's entries. */
  List<Entry> of(String member) {
    return entries.computeIfAbsent(member, it -> new ArrayList<>());
  }

  long next(String member) {
    return of(member).size() + 1L;
  }

  private static MemberState last(List<MemberState> states) {
    return states.get(states.size() - 1);
  }

  List<Rule> broken() {
    List<Entry> all = entries.values().stream().flatMap(List::stream).toList();
    List<MemberState> rows = new ArrayList<>();
    entries.forEach((member, own) -> rows.add(last(EntryFold.states(member, own))));
    return broken(new LedgerSnapshot(rows, all, parked));
  }

  List<Rule> broken(LedgerSnapshot books) {
    return Checker.violations(calls, FedEvents.of(books), books, Freshness.OF_THE_CLUSTER, NOW)
        .stream()
        .map(Violation::rule)
        .distinct()
        .toList();
  }
}
