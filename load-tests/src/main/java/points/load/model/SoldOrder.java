package points.load.model;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One sale of an order, as its entries show it up to some moment. It has the points that it earned,
 * that paid for it and that were returned, of all members that took part. Sales that were reversed
 * do not count, nor those that were moved to another member, where they stand again. Cancelled
 * points were never earned. Goods and a top-up with the same order number are two sales.
 */
public final class SoldOrder {
  private static final String TOP_UP = "TOP_UP";
  private static final String GOODS = "GOODS";

  private final List<Entry> sales;
  private final List<Entry> everRefunded;
  private final List<Entry> before;
  private final Map<String, Long> amounts = new LinkedHashMap<>();
  private final Map<String, Long> points = new LinkedHashMap<>();

  private SoldOrder(List<Entry> sales, List<Entry> everRefunded, List<Entry> before) {
    this.sales = sales;
    this.everRefunded = everRefunded;
    this.before = before;
  }

  /**
   * The goods of an order, or its top-up when there are no goods.
   *
   * @param before the entries so far, of all members that took part and were merged since
   */
  public static SoldOrder of(List<Entry> before, Optional<Entry.Order> order) {
    SoldOrder goods = of(before, order, GOODS);
    return goods.isUnknown() ? of(before, order, TOP_UP) : goods;
  }

  /** The sale to which an entry belongs, or which it undoes. */
  public static SoldOrder around(Entry entry, List<Entry> before) {
    String part = RefundDetails.basis(entry).getString("orderPart");
    if (entry.isRefund()) {
      return part == null ? of(before, entry.order()) : of(before, entry.order(), part);
    }
    return of(before, entry.order(), partOf(entry.kind()));
  }

  private static SoldOrder of(List<Entry> before, Optional<Entry.Order> order, String part) {
    List<Entry> all =
        before.stream().filter(it -> order.isPresent() && it.order().equals(order)).toList();
    List<Entry> sold =
        all.stream()
            .filter(it -> isSale(it.kind()) && !isReversed(it, before) && !isMoved(it, before))
            .toList();
    boolean hasGoods = sold.stream().anyMatch(it -> partOf(it.kind()).equals(GOODS));
    String usual = hasGoods ? GOODS : TOP_UP;
    var sale =
        new SoldOrder(
            sold.stream().filter(it -> partOf(it.kind()).equals(part)).toList(),
            all.stream()
                .filter(Entry::isRefund)
                .filter(it -> RefundDetails.basis(it).getString("orderPart", usual).equals(part))
                .toList(),
            before);
    sale.addLines();
    return sale;
  }

  private static String partOf(Entry.Kind kind) {
    return kind == Entry.Kind.TOP_UP ? TOP_UP : GOODS;
  }

  /** Whether an entry was reversed. */
  public static boolean isReversed(Entry entry, List<Entry> before) {
    return before.stream().anyMatch(it -> it.kind() == Entry.Kind.REVERSAL && it.refersTo(entry));
  }

  /** Whether a sale was moved to another member. */
  public static boolean isMoved(Entry sale, List<Entry> before) {
    return before.stream()
        .anyMatch(
            it ->
                it.kind() == Entry.Kind.MOVE_OUT
                    && it.memberId().equals(sale.memberId())
                    && it.extra().part().equals(sale.transactionId()));
  }

  /** Whether a sale stands as it was booked: nothing was moved, reversed, cancelled or refunded. */
  public static boolean isUntouched(Entry sale, List<Entry> before) {
    return !isMoved(sale, before)
        && !isReversed(sale, before)
        && !CancelledPoints.isCancelled(sale, before)
        && !around(sale, before).isRefunded();
  }

  private static boolean isSale(Entry.Kind kind) {
    return switch (kind) {
      case TOP_UP, DEDUCTION, PAYMENT, CAPTURE -> true;
      default -> isMovable(kind);
    };
  }

  /** Whether a kind is an order that earns, where it was booked or where it was moved to. */
  public static boolean isMovable(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, MOVE_IN, MOVE_RETURN -> true;
      default -> false;
    };
  }

  private static int rank(Entry sale) {
    return switch (sale.kind()) {
      case DEDUCTION, CAPTURE -> 2;
      case PAYMENT -> 1;
      default -> 0;
    };
  }

  /** Takes the lines of the sale, or one line of the payments when nothing else is known. */
  private void addLines() {
    Entry sold =
        sales.stream()
            .filter(it -> isMovable(it.kind()) || it.kind() == Entry.Kind.TOP_UP)
            .findFirst()
            .orElse(null);
    if (sold != null && !sold.extra().lines().isEmpty()) {
      sold.extra().lines().forEach(it -> put(it.lineId(), it.amount(), it.points()));
    } else if (sold != null) {
      Long amount = sold.origin().amount();
      put("", amount == null ? 0 : amount, sold.broughtIn(Movement.POINTS));
    } else {
      put("", spent(Movement.STORED_VALUE), 0);
    }
  }

  private void put(String lineId, long amount, long earned) {
    amounts.put(lineId, amount);
    points.put(lineId, earned);
  }

  /** Whether there is no such sale. */
  public boolean isUnknown() {
    return sales.isEmpty();
  }

  /** The members that took part. */
  public List<String> members() {
    return sales.stream().map(Entry::memberId).distinct().toList();
  }

  /** Whether a member took part, or paid from a pool. */
  public boolean isOf(String memberId) {
    return sales.stream()
        .anyMatch(it -> it.memberId().equals(memberId) || memberId.equals(it.origin().operator()));
  }

  /** The member whose lines are returned: the one that earned, rather than one that paid. */
  public String main() {
    return sales.stream()
        .min(Comparator.comparingInt(SoldOrder::rank))
        .map(Entry::memberId)
        .orElse("");
  }

  /** Whether a refund stands, or the share of another member in one. */
  public boolean isRefunded() {
    return everRefunded.stream().anyMatch(it -> !isReversed(it, before));
  }

  /** Whether nothing is left of the order, nor of any sum that it moved. */
  public boolean isWhollyRefunded() {
    ReturnedParts back = returned();
    return back.isWhole() && members().stream().allMatch(it -> shareOf(it).isNothing(back));
  }

  /** The part that one member earned and paid. */
  public MemberShare shareOf(String memberId) {
    return new MemberShare(
        this, sales.stream().filter(it -> it.memberId().equals(memberId)).toList(), memberId);
  }

  /** The part of the member whose lines are returned. */
  public MemberShare mainShare() {
    return shareOf(main());
  }

  /** Whether a line was sold. */
  public boolean hasLine(String lineId) {
    return amounts.containsKey(lineId);
  }

  /** The parts that were returned so far. */
  public ReturnedParts returned() {
    ReturnedParts returned = new ReturnedParts(amounts, paidInPoints());
    refunds().filter(it -> !isReversed(it, before)).forEach(it -> add(it, returned));
    return returned;
  }

  /** Adds the parts of one more refund. */
  public static void add(Entry refund, ReturnedParts returned) {
    String by = RefundDetails.basis(refund).getString("by", "LINES");
    if (!by.equals("LINES")) {
      // Points returned before an accrual said what the order cost are no part of that amount.
      boolean isOfPoints = by.equals("POINTS") && returned.amount() > 0;
      returned.addUnnamed(isOfPoints ? 0 : RefundDetails.basis(refund).getLong("unnamed"));
      return;
    }
    refund.lines().forEach(it -> returned.add(it.lineId(), it.amount()));
    if (RefundDetails.isOfEarlierVersion(refund)
        && refund.extra().detail().getBoolean("whole", false)) {
      returned.addAllLines();
    }
  }

  private Stream<Entry> refunds() {
    return everRefunded.stream().filter(it -> RefundDetails.shareOwner(it) == null);
  }

  private long paidInPoints() {
    long ofFirst = spent(Movement.POINTS);
    return ofFirst > 0
        ? ofFirst
        : sales.stream()
            .flatMap(sale -> sale.movements().stream())
            .map(Movement::account)
            .distinct()
            .sorted()
            .filter(it -> !it.equals(Movement.STORED_VALUE))
            .mapToLong(this::spent)
            .filter(it -> it > 0)
            .findFirst()
            .orElse(0);
  }

  private long spent(String account) {
    return sales.stream().mapToLong(sale -> sale.paidWith(account)).sum();
  }

  /** The points of each line. */
  public Map<String, Long> pointsByLine() {
    return points;
  }

  /** The points of a sale that were cancelled while they were pending. */
  public long cancelled(Entry sale, String account) {
    return CancelledPoints.of(sale, before).mapToLong(it -> -it.worth(account)).sum();
  }

  /**
   * The sum that refunds so far took from, or gave to, an account of one member. It includes the
   * member's own refunds that stand, and its shares in the refunds of others. A share counts once
   * its refund is booked, and stays when that refund is reversed.
   */
  public long back(String memberId, String which, String account) {
    long own =
        refunds()
            .filter(it -> !isReversed(it, before) && ownerOf(it).equals(memberId))
            .mapToLong(it -> RefundDetails.sum(it, which, account))
            .sum();
    return own + refunds().mapToLong(it -> shared(it, memberId, which, account)).sum();
  }

  private String ownerOf(Entry refund) {
    List<String> members = members();
    return members.contains(refund.memberId()) ? refund.memberId() : main();
  }

  private long shared(Entry refund, String memberId, String which, String account) {
    Entry carriedOut =
        everRefunded.stream()
            .filter(
                it ->
                    memberId.equals(RefundDetails.shareOwner(it))
                        && refundId(it).equals(refundId(refund)))
            .findFirst()
            .orElse(null);
    if (carriedOut != null) {
      return isReversed(carriedOut, before) ? 0 : RefundDetails.sum(carriedOut, which, account);
    }
    return RefundDetails.shares(refund).stream()
        .filter(it -> memberId.equals(it.getString("memberId")))
        .mapToLong(it -> it.getJsonObject(which, new JsonObject()).getLong(account, 0L))
        .sum();
  }

  private static String refundId(Entry refund) {
    return refund.extra().detail().getString("refundId", refund.extra().part());
  }
}
