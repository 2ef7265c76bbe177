package points.load.fault.check.order;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.model.Entry;
import points.load.model.Movement;

/**
 * One sale of an order as its entries tell it up to some moment: what it earned and was paid with,
 * and what has come back, of all members who took part. What was reversed by then does not count,
 * nor what was moved to another member, where it is again. What was cancelled was never earned.
 * Goods and a top-up of one number are two sales.
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
    addLines();
  }

  /**
   * The goods of an origin, or its top-up when there are no goods.
   *
   * @param before the entries until then, of all who took part in it and of those who go on as them
   */
  public static SoldOrder of(
      List<Entry> before, @Nullable String storeId, @Nullable String orderId) {
    SoldOrder goods = of(before, storeId, orderId, GOODS);
    return goods.isUnknown() ? of(before, storeId, orderId, TOP_UP) : goods;
  }

  /** The sale that an entry is of, or undoes. */
  public static SoldOrder around(Entry entry, List<Entry> before) {
    String store = entry.origin().storeId();
    String order = entry.origin().orderId();
    String part = RefundDetails.basis(entry).getString("orderPart");
    if (entry.kind() == Entry.Kind.REFUND) {
      return part == null ? of(before, store, order) : of(before, store, order, part);
    }
    return of(before, store, order, partOf(entry.kind()));
  }

  private static SoldOrder of(
      List<Entry> before, @Nullable String storeId, @Nullable String orderId, String part) {
    List<Entry> all =
        before.stream()
            .filter(it -> orderId != null && orderId.equals(it.origin().orderId()))
            .filter(it -> storeId != null && storeId.equals(it.origin().storeId()))
            .toList();
    List<Entry> sold =
        all.stream()
            .filter(it -> isSale(it.kind()) && !isReversed(it, before) && !isMoved(it, before))
            .toList();
    boolean hasGoods = sold.stream().anyMatch(it -> partOf(it.kind()).equals(GOODS));
    return new SoldOrder(
        sold.stream().filter(it -> partOf(it.kind()).equals(part)).toList(),
        all.stream()
            .filter(it -> it.kind() == Entry.Kind.REFUND)
            .filter(
                it ->
                    RefundDetails.basis(it)
                        .getString("orderPart", hasGoods ? GOODS : TOP_UP)
                        .equals(part))
            .toList(),
        before);
  }

  private static String partOf(Entry.Kind kind) {
    return kind == Entry.Kind.TOP_UP ? TOP_UP : GOODS;
  }

  public static boolean isReversed(Entry entry, List<Entry> before) {
    return before.stream().anyMatch(it -> it.kind() == Entry.Kind.REVERSAL && it.refersTo(entry));
  }

  /** Whether a sale has gone over to another member. */
  public static boolean isMoved(Entry sale, List<Entry> before) {
    return before.stream()
        .anyMatch(
            it ->
                it.kind() == Entry.Kind.MOVE_OUT
                    && it.memberId().equals(sale.memberId())
                    && it.extra().part().equals(sale.transactionId()));
  }

  private static boolean isSale(Entry.Kind kind) {
    return switch (kind) {
      case TOP_UP, DEDUCTION, PAYMENT, CAPTURE -> true;
      default -> isMovable(kind);
    };
  }

  /** Whether it is an order that earns, where it was booked or where it went to. */
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

  /** The lines of what was sold; where nothing but payments is known, one of what these paid. */
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
      put("", amount == null ? 0 : amount, MemberShare.earned(sold, Movement.POINTS));
    } else {
      put("", spent(Movement.STORED_VALUE), 0);
    }
  }

  private void put(String lineId, long amount, long earned) {
    amounts.put(lineId, amount);
    points.put(lineId, earned);
  }

  public boolean isUnknown() {
    return sales.isEmpty();
  }

  /** Who took part in it. */
  public List<String> members() {
    return sales.stream().map(Entry::memberId).distinct().toList();
  }

  /** Whether it is that member's, or was paid at that member's order from a pool. */
  public boolean isOf(String memberId) {
    return sales.stream()
        .anyMatch(it -> it.memberId().equals(memberId) || memberId.equals(it.origin().operator()));
  }

  /** Whose lines come back: who earned by it, before who paid for it. */
  public String main() {
    return sales.stream()
        .min(Comparator.comparingInt(SoldOrder::rank))
        .map(Entry::memberId)
        .orElse("");
  }

  /** Whether a refund of it stands, or what one did to another member. */
  public boolean isRefunded() {
    return everRefunded.stream().anyMatch(it -> !isReversed(it, before));
  }

  /** Nothing is left, of the order and of all that it moved. */
  public boolean isWhollyRefunded() {
    ReturnedParts back = cameBack();
    return back.isWhole() && members().stream().allMatch(it -> shareOf(it).isNothing(back));
  }

  /** What one of its members earned and paid. */
  public MemberShare shareOf(String memberId) {
    return new MemberShare(
        this, sales.stream().filter(it -> it.memberId().equals(memberId)).toList(), memberId);
  }

  /** That of whose lines come back. */
  public MemberShare mainShare() {
    return shareOf(main());
  }

  public boolean hasLine(String lineId) {
    return amounts.containsKey(lineId);
  }

  /** What has come back so far. */
  public ReturnedParts cameBack() {
    ReturnedParts back = new ReturnedParts(amounts, paidInPoints());
    refunds().filter(it -> !isReversed(it, before)).forEach(back::add);
    return back;
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
    return sales.stream().mapToLong(sale -> MemberShare.spent(sale, account)).sum();
  }

  /** What of the points that were earned falls to each line. */
  public Map<String, Long> pointsByLine() {
    return points;
  }

  /** What a sale earned that never became effective, and was taken back by that. */
  public long cancelled(Entry sale, String account) {
    return CancelledPoints.of(sale, before).mapToLong(it -> -it.worth(account)).sum();
  }

  /**
   * What refunds until then took back or gave back of an account of one member: its own ones that
   * stand, and its shares of those of others, which come once the refund is there, and stand when
   * that is reversed.
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
