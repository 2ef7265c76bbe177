package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Movement;

/**
 * An order as its entries tell it up to some moment: what it earned and was paid with, and what has
 * come back. What was reversed by then does not count, and what was cancelled was never earned.
 */
final class SoldOrder {
  /** A line; the one line of an order without lines has an empty id. */
  record Line(long amount, long points, long refunded, long takenBack) {
    /** What is to be taken back when so much more of the line comes back. */
    long takenBackFor(long more) {
      return Math.max(0, due(points, refunded + more, amount) - takenBack);
    }

    long left() {
      return amount - refunded;
    }

    /** What was earned was taken back otherwise. */
    Line cancelled() {
      return new Line(amount, takenBack, refunded, takenBack);
    }
  }

  private final List<Entry> sales;
  private final List<Entry> refunds;
  private final boolean isCancelled;
  private final Map<String, Line> lines = new TreeMap<>();

  private SoldOrder(List<Entry> sales, List<Entry> refunds, boolean isCancelled) {
    this.sales = sales;
    this.refunds = refunds;
    this.isCancelled = isCancelled;
    sales.forEach(this::addLines);
    refunds.forEach(refund -> refund.extra().lines().forEach(this::addBack));
    if (isCancelled) {
      lines.replaceAll((id, line) -> line.cancelled());
    }
  }

  /**
   * The order of an origin.
   *
   * @param before the entries until then, of its member and of whoever goes on as that one
   */
  static SoldOrder of(List<Entry> before, @Nullable String storeId, @Nullable String orderId) {
    List<Entry> standing =
        before.stream()
            .filter(it -> orderId != null && orderId.equals(it.origin().orderId()))
            .filter(it -> storeId != null && storeId.equals(it.origin().storeId()))
            .filter(it -> !isReversed(it, before))
            .toList();
    return new SoldOrder(
        standing.stream().filter(it -> isSale(it.kind())).toList(),
        standing.stream().filter(it -> it.kind() == Entry.Kind.REFUND).toList(),
        standing.stream().anyMatch(it -> isCancelled(it, before)));
  }

  /** Whether what it earned was pending and never became effective. */
  static boolean isCancelled(Entry entry, List<Entry> before) {
    return before.stream()
        .anyMatch(it -> it.kind() == Entry.Kind.CANCELLATION && it.refersTo(entry));
  }

  static boolean isReversed(Entry entry, List<Entry> before) {
    return before.stream().anyMatch(it -> it.kind() == Entry.Kind.REVERSAL && it.refersTo(entry));
  }

  private static boolean isSale(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, TOP_UP, DEDUCTION, PAYMENT, CAPTURE -> true;
      default -> false;
    };
  }

  private void addLines(Entry sale) {
    sale.extra().lines().forEach(it -> put(it.lineId(), it.amount(), it.points()));
    if (sale.extra().lines().isEmpty()) {
      Long amount = sale.origin().amount();
      switch (sale.kind()) {
        case ACCRUAL, TOP_UP -> put("", amount == null ? 0 : amount, earned(sale, Movement.POINTS));
        case PAYMENT -> put("", sale.spent(Movement.STORED_VALUE), 0);
        default -> {}
      }
    }
  }

  private void put(String lineId, long amount, long points) {
    lines.put(lineId, new Line(amount, points, 0, 0));
  }

  private void addBack(Entry.Line back) {
    lines.computeIfPresent(
        back.lineId(),
        (id, line) ->
            new Line(
                line.amount(),
                line.points(),
                line.refunded() + back.amount(),
                line.takenBack() + back.points()));
  }

  boolean isUnknown() {
    return sales.isEmpty();
  }

  boolean isRefunded() {
    return !refunds.isEmpty();
  }

  boolean isWhollyRefunded() {
    return refunds.stream().anyMatch(it -> it.extra().detail().getBoolean("whole", false));
  }

  @Nullable Line line(String lineId) {
    return lines.get(lineId);
  }

  long amount() {
    return lines.values().stream().mapToLong(Line::amount).sum();
  }

  long refunded() {
    return lines.values().stream().mapToLong(Line::refunded).sum();
  }

  /** All that it earned into or was paid from. */
  Set<String> accounts() {
    Set<String> accounts = new TreeSet<>();
    sales.forEach(sale -> sale.movements().forEach(it -> accounts.add(it.account())));
    return accounts;
  }

  long earned(String account) {
    return isCancelled
        ? back("takenBack", account)
        : sales.stream().mapToLong(sale -> earned(sale, account)).sum();
  }

  private static long earned(Entry sale, String account) {
    return sale.kind() == Entry.Kind.CAPTURE
        ? 0
        : sale.movements().stream()
            .filter(it -> it.account().equals(account))
            .mapToLong(it -> Math.max(0, it.worth()))
            .sum();
  }

  long spent(String account) {
    return sales.stream().mapToLong(sale -> spent(sale, account)).sum();
  }

  private static long spent(Entry sale, String account) {
    if (sale.kind() != Entry.Kind.CAPTURE) {
      return sale.spent(account);
    }
    JsonObject captured = sale.extra().detail();
    return captured.getLong(account, 0L);
  }

  /** What refunds until then took back or gave back of an account. */
  long back(String which, String account) {
    return refunds.stream().mapToLong(it -> back(it, which, account)).sum();
  }

  static long back(Entry refund, String which, String account) {
    JsonObject of = refund.extra().detail().getJsonObject(which, new JsonObject());
    return of.getLong(account, 0L);
  }

  /** The part of a total that is due when {@code part} of {@code whole} has come back. */
  static long due(long total, long part, long whole) {
    return part == whole
        ? total
        : BigInteger.valueOf(total)
            .multiply(BigInteger.valueOf(part))
            .divide(BigInteger.valueOf(whole))
            .longValueExact();
  }
}
