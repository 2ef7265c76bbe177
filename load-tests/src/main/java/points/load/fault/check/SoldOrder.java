package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Movement;

/**
 * One sale of an order as its entries tell it up to some moment: what it earned and was paid with,
 * and what has come back. What was reversed by then does not count, and what was cancelled was
 * never earned. Goods and a top-up of one number are two sales.
 */
final class SoldOrder {
  private static final String TOP_UP = "TOP_UP";
  private static final String GOODS = "GOODS";

  private final List<Entry> sales;
  private final List<Entry> refunds;
  private final boolean isCancelled;
  private final Map<String, Long> amounts = new LinkedHashMap<>();
  private final Map<String, Long> points = new LinkedHashMap<>();

  private SoldOrder(List<Entry> sales, List<Entry> refunds, boolean isCancelled) {
    this.sales = sales;
    this.refunds = refunds;
    this.isCancelled = isCancelled;
    addLines();
  }

  /**
   * The goods of an origin, or its top-up when there are no goods.
   *
   * @param before the entries until then, of its member and of whoever goes on as that one
   */
  static SoldOrder of(List<Entry> before, @Nullable String storeId, @Nullable String orderId) {
    SoldOrder goods = of(before, storeId, orderId, GOODS);
    return goods.isUnknown() ? of(before, storeId, orderId, TOP_UP) : goods;
  }

  /** The sale that an entry is of, or undoes. */
  static SoldOrder around(Entry entry, List<Entry> before) {
    String store = entry.origin().storeId();
    String order = entry.origin().orderId();
    String part = basis(entry).getString("orderPart");
    if (entry.kind() == Entry.Kind.REFUND) {
      return part == null ? of(before, store, order) : of(before, store, order, part);
    }
    return of(before, store, order, partOf(entry.kind()));
  }

  private static SoldOrder of(
      List<Entry> before, @Nullable String storeId, @Nullable String orderId, String part) {
    List<Entry> standing =
        before.stream()
            .filter(it -> orderId != null && orderId.equals(it.origin().orderId()))
            .filter(it -> storeId != null && storeId.equals(it.origin().storeId()))
            .filter(it -> !isReversed(it, before))
            .toList();
    boolean hasGoods =
        standing.stream().anyMatch(it -> isSale(it.kind()) && partOf(it.kind()).equals(GOODS));
    return new SoldOrder(
        standing.stream()
            .filter(it -> isSale(it.kind()) && partOf(it.kind()).equals(part))
            .toList(),
        standing.stream()
            .filter(it -> it.kind() == Entry.Kind.REFUND)
            .filter(it -> basis(it).getString("orderPart", hasGoods ? GOODS : TOP_UP).equals(part))
            .toList(),
        standing.stream().anyMatch(it -> isCancelled(it, before)));
  }

  private static String partOf(Entry.Kind kind) {
    return kind == Entry.Kind.TOP_UP ? TOP_UP : GOODS;
  }

  /** What a refund follows from; empty when an earlier version wrote it. */
  static JsonObject basis(Entry refund) {
    return refund.extra().detail().getJsonObject("basis", new JsonObject());
  }

  static boolean isOfEarlierVersion(Entry refund) {
    return basis(refund).isEmpty();
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

  /** The lines of what was sold; where nothing but payments is known, one of what these paid. */
  private void addLines() {
    Entry sold =
        sales.stream()
            .filter(it -> it.kind() == Entry.Kind.ACCRUAL || it.kind() == Entry.Kind.TOP_UP)
            .findFirst()
            .orElse(null);
    if (sold != null && !sold.extra().lines().isEmpty()) {
      sold.extra().lines().forEach(it -> put(it.lineId(), it.amount(), it.points()));
    } else if (sold != null) {
      Long amount = sold.origin().amount();
      put("", amount == null ? 0 : amount, earned(sold, Movement.POINTS));
    } else {
      put("", spent(Movement.STORED_VALUE), 0);
    }
  }

  private void put(String lineId, long amount, long earned) {
    amounts.put(lineId, amount);
    points.put(lineId, earned);
  }

  boolean isUnknown() {
    return sales.isEmpty();
  }

  boolean isRefunded() {
    return !refunds.isEmpty();
  }

  /** Nothing is left, of the order and of all that it moved. */
  boolean isWhollyRefunded() {
    CameBack back = cameBack();
    return back.isWhole()
        && accounts().stream().allMatch(it -> toTake(it, back) == 0 && toGive(it, back) == 0);
  }

  boolean hasLine(String lineId) {
    return amounts.containsKey(lineId);
  }

  /** What has come back so far. */
  CameBack cameBack() {
    CameBack back = new CameBack(amounts, paidInPoints());
    refunds.forEach(back::add);
    return back;
  }

  private long paidInPoints() {
    long ofFirst = spent(Movement.POINTS);
    return ofFirst > 0
        ? ofFirst
        : accounts().stream()
            .filter(it -> !it.equals(Movement.STORED_VALUE))
            .mapToLong(this::spent)
            .filter(it -> it > 0)
            .findFirst()
            .orElse(0);
  }

  /** All that it earned into or was paid from. */
  Set<String> accounts() {
    Set<String> accounts = new TreeSet<>();
    sales.forEach(sale -> sale.movements().forEach(it -> accounts.add(it.account())));
    return accounts;
  }

  /** What is to be taken back of an account when so much is back. */
  long toTake(String account, CameBack back) {
    if (isCancelled) {
      return 0;
    }
    long total = sales.stream().mapToLong(sale -> earned(sale, account)).sum();
    Map<String, Long> shares = account.equals(Movement.POINTS) ? points : back.shares(total);
    return Math.max(0, back.due(total, shares) - back("takenBack", account));
  }

  /** What is to be given back of an account when so much is back. */
  long toGive(String account, CameBack back) {
    long total = spent(account);
    return Math.max(0, back.due(total, back.shares(total)) - back("givenBack", account));
  }

  private static long earned(Entry sale, String account) {
    return sale.kind() == Entry.Kind.CAPTURE
        ? 0
        : sale.movements().stream()
            .filter(it -> it.account().equals(account))
            .mapToLong(it -> Math.max(0, it.worth()))
            .sum();
  }

  private long spent(String account) {
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
  private long back(String which, String account) {
    return refunds.stream().mapToLong(it -> back(it, which, account)).sum();
  }

  static long back(Entry refund, String which, String account) {
    JsonObject of = refund.extra().detail().getJsonObject(which, new JsonObject());
    return of.getLong(account, 0L);
  }
}
