package points.load.fault.check.effect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.budget.DueCharges;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.CancelledPoints;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.RefundDetails;
import points.load.model.ReturnedParts;
import points.load.model.SoldOrder;
import points.load.model.book.BoughtLine;
import points.load.model.book.BoughtOrder;
import points.load.model.book.Buyer;
import points.load.model.book.CounterJson;
import points.load.model.book.Counters;
import points.load.model.book.Counters.Change;
import points.load.model.book.Rating;
import points.load.model.book.ReturnedDue;
import points.load.model.book.RuleBook;
import points.load.model.book.RuleBook.BookInForce;

/**
 * Orders paid while a rule book is in force earn by it, and no others do. Each changes the counters
 * of its member as the model says, and so do refunds, reversals and moves of it.
 *
 * <p>The counters of the model start anew at each entry from those that the entries before it have
 * recorded, so that one fault is one violation.
 */
public final class RatingRule {
  /** A rated order: what it was, and what the model makes of it. */
  private record Rated(BoughtOrder order, RuleBook.Rated rated) {}

  private final @Nullable BookInForce book;
  private final MemberHistory member;
  private final Findings findings;
  private final Map<String, Rated> rated = new HashMap<>();
  private Counters counters = Counters.FRESH;

  private RatingRule(@Nullable BookInForce book, MemberHistory member, Findings findings) {
    this.book = book;
    this.member = member;
    this.findings = findings;
  }

  /**
   * Checks a member.
   *
   * @param book null when none was published
   */
  public static void check(@Nullable BookInForce book, MemberHistory member, Findings findings) {
    RatingRule rule = new RatingRule(book, member, findings);
    member.entries().forEach(rule::entry);
  }

  private void entry(Entry entry) {
    Change change = CounterJson.change(facts(entry));
    if (entry.kind() == Kind.ACCRUAL) {
      order(entry, change);
    } else {
      expected(entry)
          .filter(it -> !it.equals(change))
          .ifPresent(
              it ->
                  findings.add(
                      "counters of caps change by %s, not %s".formatted(change, it), entry));
    }
    Counters after = counters.plus(change, entry.recordedAt());
    boolean buys = SoldOrder.isMovable(entry.kind()) || facts(entry).getBoolean("bought", false);
    counters = buys ? after.bought() : after;
  }

  private static JsonObject facts(Entry entry) {
    return entry.extra().detail().getJsonObject(Entry.FACTS, new JsonObject());
  }

  private void order(Entry entry, Change change) {
    JsonObject awarded = entry.extra().detail().getJsonObject(Entry.AWARDED);
    if (book == null || !book.rates(entry.occurredAt())) {
      if (awarded != null) {
        findings.add("an order of before the rule book was rated by it", entry);
      }
      return;
    }
    if (awarded == null) {
      findings.add("an order was not rated by the rule book in force", entry);
      return;
    }
    RuleBook rules = book.book();
    BoughtOrder order = bought(entry, rules.zone());
    Rating rating =
        rules.rate(order, new Buyer(entry.memberId(), "", counters), DueCharges.left(rules, entry));
    Change wanted = rules.change(order, rating, counters);
    rated.put(entry.transactionId(), new Rated(order, new RuleBook.Rated(rating, wanted)));
    if (!awards(awarded).equals(rating.awards()) || !cuts(awarded).equals(rating.cuts())) {
      findings.add("the rule book gives %s with %s before it".formatted(rating, counters), entry);
    }
    if (!wanted.equals(change)) {
      findings.add("counters of caps change by %s, not %s".formatted(change, wanted), entry);
    }
    Map<String, Long> drawn = DueCharges.drawn(rules, rating, storeOf(entry));
    if (!drawn.equals(DueCharges.issued(entry))) {
      findings.add("an order draws %s on budgets".formatted(drawn), entry);
    }
  }

  private static String storeOf(Entry entry) {
    return String.valueOf(entry.origin().storeId());
  }

  /** The gateway's lines have products P0, P1, … and one piece each. */
  private static BoughtOrder bought(Entry entry, ZoneId zone) {
    List<Entry.Line> lines = entry.lines();
    List<BoughtLine> bought =
        lines.isEmpty()
            ? List.of(BoughtLine.unnamed(entry.amount().orElse(0L)))
            : IntStream.range(0, lines.size())
                .mapToObj(i -> BoughtLine.of("P" + i, "", 1, lines.get(i).amount()))
                .toList();
    return BoughtOrder.atTill(entry.occurredAt(), zone, storeOf(entry), bought);
  }

  private static List<Rating.Award> awards(JsonObject awarded) {
    Map<Integer, String> ids = ids(awarded);
    return arrays(awarded, "awards")
        .map(
            it ->
                new Rating.Award(
                    it.getInteger(1), String.valueOf(ids.get(it.getInteger(0))), it.getLong(2)))
        .toList();
  }

  private static Map<String, Long> cuts(JsonObject awarded) {
    Map<Integer, String> ids = ids(awarded);
    Map<String, Long> cuts = new TreeMap<>();
    arrays(awarded, "cuts")
        .forEach(
            it -> cuts.merge(String.valueOf(ids.get(it.getInteger(0))), it.getLong(2), Long::sum));
    return cuts;
  }

  private static Map<Integer, String> ids(JsonObject awarded) {
    Map<Integer, String> ids = new HashMap<>();
    arrays(awarded, "rules").forEach(it -> ids.put(it.getInteger(0), it.getString(1)));
    return ids;
  }

  private static Stream<JsonArray> arrays(JsonObject json, String field) {
    return json.getJsonArray(field, new JsonArray()).stream().map(JsonArray.class::cast);
  }

  /** Returns the change that an entry is to make; empty when the model does not say. */
  private Optional<Change> expected(Entry entry) {
    return switch (entry.kind()) {
      case REFUND -> refund(entry);
      case MOVE_OUT ->
          Optional.ofNullable(rated.get(entry.extra().part()))
              .map(it -> it.rated().change().negated());
      case DEDUCTION, ADJUSTMENT, GIFT, HOLD, CAPTURE, PAYMENT, TOP_UP, EXCHANGE, EXPIRY ->
          Optional.of(Change.NONE);
      default -> Optional.empty();
    };
  }

  private Optional<Change> refund(Entry refund) {
    List<Entry> before = member.history((int) refund.sequence() - 1, refund.recordedAt());
    Optional<Entry> sale =
        member.entries().stream()
            .filter(it -> it.sequence() < refund.sequence() && it.kind() == Kind.ACCRUAL)
            .filter(it -> it.order().equals(refund.order()))
            .filter(it -> rated.containsKey(it.transactionId()))
            .max(Comparator.comparing(Entry::sequence));
    boolean isPlain =
        sale.isPresent()
            && RefundDetails.shareOwner(refund) == null
            && !SoldOrder.isReversed(sale.get(), before)
            && !SoldOrder.isMoved(sale.get(), before)
            && !CancelledPoints.isCancelled(sale.get(), before);
    if (book == null || !isPlain) {
      return Optional.empty();
    }
    Rated it = Objects.requireNonNull(rated.get(sale.get().transactionId()));
    SoldOrder order = SoldOrder.around(refund, before);
    ReturnedParts now = order.returned();
    SoldOrder.add(refund, now);
    List<String> lineIds = new ArrayList<>();
    sale.get().lines().forEach(line -> lineIds.add(line.lineId()));
    ReturnedDue due =
        new ReturnedDue(order.returned(), now, lineIds.isEmpty() ? List.of("") : lineIds);
    Map<String, Long> back =
        DueCharges.returned(
            book.book(), it.rated().rating(), storeOf(refund), Math.max(1, lineIds.size()), due);
    if (!back.equals(DueCharges.givenBack(refund))) {
      findings.add("a refund gives %s back to budgets".formatted(back), refund);
    }
    return Optional.of(
        book.book().refund(it.order(), it.rated(), due, due.part(), refund.recordedAt()));
  }
}
