package points.load.replay.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import points.load.model.Entry;
import points.load.model.Entry.Order;
import points.load.model.MemberEquations;
import points.load.model.MemberSnapshot;
import points.load.model.Mismatch;
import points.load.model.ReturnedParts;
import points.load.model.book.BoughtLine;
import points.load.model.book.BoughtOrder;
import points.load.model.book.Buyer;
import points.load.model.book.Counters;
import points.load.model.book.Rating;
import points.load.model.book.ReturnedDue;
import points.load.model.book.RuleBook;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.Refund;

/**
 * Compares a member whose orders a rule book rated with the receipts and refunds that were posted.
 *
 * <p>Goes through the member's entries in their order, and keeps the counters that the rules look
 * at. Each order has the points that the {@linkplain RuleBook model} gives, by line and by rule,
 * with the same cuts; the answer to it said the same. Each refund took back what is due. In the end
 * the balance is the sum of all, and no receipt or refund is missing.
 */
public final class BookCheck {
  /**
   * The calls for a member.
   *
   * @param receipts that the gateway did not refuse
   * @param refunds of these, by order
   * @param answers to the receipts
   */
  public record Posted(
      List<Receipt> receipts,
      Map<Order, List<Refund>> refunds,
      Function<Order, Optional<JsonObject>> answers) {}

  /** An order that was rated, and what has come back of it. */
  private record Sold(
      Receipt receipt,
      BoughtOrder order,
      RuleBook.Rated rated,
      ReturnedParts before,
      ReturnedParts after) {}

  private final RuleBook book;
  private final MemberSnapshot member;
  private final Posted posted;
  private final Map<Order, Receipt> receipts = new HashMap<>();
  private final Map<String, Refund> refunds = new HashMap<>();
  private final Map<Order, Sold> sold = new HashMap<>();
  private final List<Mismatch> mismatches = new ArrayList<>();
  private Counters counters = Counters.FRESH;
  private long points;

  private BookCheck(RuleBook book, MemberSnapshot member, Posted posted) {
    this.book = book;
    this.member = member;
    this.posted = posted;
  }

  /** Returns the differences; empty when there is none. */
  public static List<Mismatch> mismatches(RuleBook book, MemberSnapshot member, Posted posted) {
    BookCheck check = new BookCheck(book, member, posted);
    posted.receipts().forEach(it -> check.receipts.put(it.order(), it));
    posted.refunds().values().forEach(some -> some.forEach(it -> check.refunds.put(it.key(), it)));
    check.mismatches.addAll(MemberEquations.broken(member));
    member.entries().forEach(check::entry);
    check.end();
    return List.copyOf(check.mismatches);
  }

  private void entry(Entry entry) {
    Order order = entry.order().orElse(new Order("", ""));
    Receipt receipt = receipts.get(order);
    if (entry.kind() == Entry.Kind.ACCRUAL && receipt != null && !sold.containsKey(order)) {
      sale(receipt, entry);
    } else if (entry.isRefund() && sold.containsKey(order)) {
      refund(sold.get(order), entry);
    } else {
      found("has an entry too many: " + entry);
    }
  }

  private void sale(Receipt receipt, Entry entry) {
    BoughtOrder order = order(receipt);
    Rating rating = book.rate(order, new Buyer(member.memberId(), "", counters));
    RuleBook.Rated rated = new RuleBook.Rated(rating, book.change(order, rating, counters));
    counters = counters.plus(rated.change(), entry.recordedAt()).bought();
    sold.put(receipt.order(), new Sold(receipt, order, rated, parts(receipt), parts(receipt)));
    points += rating.points();
    if (entry.points() != rating.points()) {
      found(
          receipt,
          "earned %d points instead of %d: %s, not %s"
              .formatted(entry.points(), rating.points(), why(entry), rating));
    }
    List<Long> lines = entry.lines().stream().map(Entry.Line::points).toList();
    List<Long> wanted =
        IntStream.range(0, receipt.lines().size()).mapToObj(rating::points).toList();
    if (!lines.equals(wanted)) {
      found(receipt, "has lines of %s points instead of %s".formatted(lines, wanted));
    }
    explained(receipt, why(entry), rating);
    answered(receipt, entry);
  }

  private static JsonObject why(Entry entry) {
    return entry.extra().detail().getJsonObject(Entry.WHY, new JsonObject());
  }

  private void explained(Receipt receipt, JsonObject why, Rating rating) {
    List<JsonObject> awards =
        rating.awards().stream()
            .map(
                it ->
                    new JsonObject()
                        .put("rule", it.rule())
                        .put("lineId", Receipt.lineId(it.line()))
                        .put("points", it.points()))
            .toList();
    if (!new JsonArray(new ArrayList<>(awards)).equals(why.getJsonArray("awards"))) {
      found(receipt, "says it earned by %s, not by %s".formatted(why, awards));
    }
    SortedMap<String, Long> cuts = new TreeMap<>();
    for (Object cut : why.getJsonArray("cuts", new JsonArray())) {
      JsonObject it = (JsonObject) cut;
      cuts.merge(it.getString("rule"), it.getLong("points"), Long::sum);
    }
    if (!cuts.equals(rating.cuts())) {
      found(receipt, "says caps cut %s, not %s".formatted(cuts, rating.cuts()));
    }
  }

  private void answered(Receipt receipt, Entry entry) {
    JsonObject answer = posted.answers().apply(receipt.order()).orElse(new JsonObject());
    boolean same =
        answer.getLong("points", -1L) == entry.points()
            && answer.getLong("sequence", -1L) == entry.sequence()
            && answer.getJsonObject(Entry.WHY, new JsonObject()).equals(why(entry));
    if (!same) {
      found(receipt, "was answered with %s, and has %s".formatted(answer, entry));
    }
  }

  private BoughtOrder order(Receipt receipt) {
    return BoughtOrder.atTill(
        receipt.soldAt().toInstant(),
        book.zone(),
        receipt.storeId(),
        receipt.lines().stream()
            .map(it -> BoughtLine.of(it.productId(), it.category(), it.quantity(), it.amount()))
            .toList());
  }

  private static ReturnedParts parts(Receipt receipt) {
    Map<String, Long> lines = new LinkedHashMap<>();
    for (int i = 0; i < receipt.lines().size(); i++) {
      lines.put(Receipt.lineId(i), receipt.lines().get(i).amount());
    }
    return new ReturnedParts(lines, 0);
  }

  private void refund(Sold sale, Entry entry) {
    Refund refund = planned(sale, entry.extra().part());
    if (refund == null) {
      found(sale.receipt(), "has a refund %s too many".formatted(entry.extra().part()));
      return;
    }
    add(refund.what(), sale.after());
    List<String> lineIds =
        IntStream.range(0, sale.receipt().lines().size()).mapToObj(Receipt::lineId).toList();
    ReturnedDue due = new ReturnedDue(sale.before(), sale.after(), lineIds);
    RuleBook.Due.Sums sums =
        due.of(
            IntStream.range(0, lineIds.size()).mapToLong(sale.rated().rating()::points).toArray());
    long taken = entry.lapsed() - entry.points();
    if (taken != sums.after() - sums.before()) {
      found(
          sale.receipt(),
          "refund %s took back %d points instead of %d"
              .formatted(refund.refundId(), taken, sums.after() - sums.before()));
    }
    points -= sums.after() - sums.before();
    counters =
        counters.plus(
            book.refund(sale.order(), sale.rated(), due, due.part(), entry.occurredAt()),
            entry.recordedAt());
    add(refund.what(), sale.before());
  }

  private @Nullable Refund planned(Sold sale, String refundId) {
    return posted.refunds().getOrDefault(sale.receipt().order(), List.of()).stream()
        .filter(it -> it.refundId().equals(refundId))
        .map(Refund::key)
        .findFirst()
        .map(refunds::remove)
        .orElse(null);
  }

  private static void add(Refund.What what, ReturnedParts parts) {
    if (what instanceof Refund.Whole) {
      parts.addRest();
    } else if (what instanceof Refund.OfAmount some) {
      parts.addUnnamed(some.amount());
    } else if (what instanceof Refund.OfLines some) {
      some.amounts().forEach((place, amount) -> parts.add(Receipt.lineId(place), amount));
    }
  }

  private void end() {
    receipts.values().stream()
        .filter(it -> !sold.containsKey(it.order()))
        .forEach(it -> found(it, "has no entry"));
    refunds.values().forEach(it -> found(it.receipt(), "has no refund " + it.refundId()));
    long balance = member.state().available() - member.state().others().debt();
    if (balance != points || member.state().lifetimeEarned() != points) {
      found(
          "has %d points and has earned %d, the receipts leave %d"
              .formatted(balance, member.state().lifetimeEarned(), points));
    }
  }

  private void found(Receipt receipt, String what) {
    found(receipt.order() + " " + what);
  }

  private void found(String what) {
    mismatches.add(new Mismatch(member.memberId(), what));
  }
}
