package points.ledger.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sale of an order as its entries show it: what was sold, what that earned and what it was paid
 * with, and how much of it has come back. Entries that were reversed do not count.
 */
final class Order {

  /**
   * A line that was sold; the one line of a sale without lines has an empty id.
   *
   * @param points of the first point currency that it earned
   */
  record Sold(String lineId, long amount, long points) {}

  private final History history;
  private final OrderPart part;
  private final List<Entry> sales;
  private final List<Entry> standing;
  private final OrderRefunds refunds;
  private final List<Sold> lines;
  private final Returned returned;

  private Order(History history, List<Entry> refunds, OrderPart part) {
    this.history = history;
    this.part = part;
    this.sales = standing(history, it -> isOf(it, part)).toList();
    this.standing = refunds;
    this.refunds = new OrderRefunds(refunds.stream().filter(Order::isOfMain).toList());
    this.lines = sold();
    this.returned = reckonReturned();
  }

  /** The sale that is asked for; when none is, the goods, or the top-up when there are no goods. */
  static Order of(History history, @Nullable OrderPart wanted) {
    Order order = ofPart(history, wanted == null ? OrderPart.GOODS : wanted);
    return wanted == null && order.isUnknown() ? ofPart(history, OrderPart.TOP_UP) : order;
  }

  /** The sale that an entry belongs to. */
  static Order of(History history, Entry sold) {
    return ofPart(history, OrderPart.of(sold.kind()));
  }

  private static Order ofPart(History history, OrderPart part) {
    return new Order(
        history,
        standing(history, it -> isRefundOf(history, it, part))
            .sorted(Comparator.comparing(Entry::recordedAt).thenComparing(Entry::sequence))
            .toList(),
        part);
  }

  private static Stream<Entry> standing(History history, Predicate<Entry> which) {
    return history.entries().stream()
        .filter(it -> it.origin().orderId() != null && which.test(it))
        .filter(it -> history.reversalOf(it).isEmpty() && history.moveOf(it).isEmpty());
  }

  private static boolean isOf(Entry entry, OrderPart part) {
    return OrderPart.isSale(entry.kind()) && OrderPart.of(entry.kind()) == part;
  }

  /** Entries of earlier versions do not say what they undid. */
  private static boolean isRefundOf(History history, Entry entry, OrderPart part) {
    if (!(entry.detail() instanceof Detail.Refunded refunded)) {
      return false;
    }
    if (refunded.basis() != null) {
      return refunded.basis().orderPart() == part;
    }
    boolean isOfGoods =
        standing(history, it -> isOf(it, OrderPart.GOODS))
            .anyMatch(it -> !it.recordedAt().isAfter(entry.recordedAt()));
    return part == OrderPart.GOODS
        ? isOfGoods
        : !isOfGoods || refunded.takenBack().containsKey(Accounts.STORED_VALUE);
  }

  OrderPart part() {
    return part;
  }

  boolean isUnknown() {
    return sales.isEmpty();
  }

  /** The member whose lines come back, on which a refund is decided. */
  MemberKey main() {
    return main(sales.stream()).orElseThrow();
  }

  private static Optional<MemberKey> main(Stream<Entry> sales) {
    return sales.min(Comparator.comparing(it -> rankOf(it.kind()))).map(Entry::member);
  }

  /**
   * Whose part of the sale an entry took and gave. That of a refund itself is the part of who was
   * the main member then: an accrual may have come since. It stands on whoever that goes on as, who
   * may have taken part too.
   */
  MemberKey ownerOf(Entry refund) {
    var detail = (Detail.Refunded) Objects.requireNonNull(refund.detail());
    if (detail.shareOf() != null) {
      return new MemberKey(refund.member().programId(), detail.shareOf());
    }
    return main(sales.stream().filter(it -> !it.recordedAt().isAfter(refund.recordedAt())))
        .filter(it -> mayOwn(it, detail))
        .or(
            () ->
                members().contains(refund.member())
                    ? Optional.of(refund.member())
                    : Optional.empty())
        .orElseGet(this::main);
  }

  /** Clocks of several nodes differ, so what the entry did has its say. */
  private boolean mayOwn(MemberKey member, Detail.Refunded detail) {
    List<Entry> own = sales.stream().filter(it -> it.member().equals(member)).toList();
    return detail.others().stream().noneMatch(it -> it.memberId().equals(member.memberId()))
        && detail.takenBack().keySet().stream()
            .allMatch(account -> own.stream().anyMatch(it -> earned(it, account) > 0))
        && detail.givenBack().keySet().stream()
            .allMatch(account -> SpentLots.of(account, own).total() > 0);
  }

  private static int rankOf(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, TOP_UP, MOVE_IN, MOVE_RETURN -> 0;
      case PAYMENT -> 1;
      default -> 2;
    };
  }

  /** All that took part in it; mostly one. */
  List<MemberKey> members() {
    return sales.stream().map(Entry::member).distinct().toList();
  }

  OrderShare shareOf(MemberKey member) {
    return new OrderShare(this, history, member, sales);
  }

  /** The shares of others are parts of a refund, not refunds. */
  private static boolean isOfMain(Entry refund) {
    return refund.detail() instanceof Detail.Refunded refunded && refunded.shareOf() == null;
  }

  /** Its refunds and the shares that others had of them, also such as were reversed. */
  List<Entry> everRefunded() {
    return history.entries().stream().filter(it -> isRefundOf(history, it, part)).toList();
  }

  /** The entries by which some of it has come back. */
  List<Entry> undoneBy() {
    return standing;
  }

  boolean isRefunded() {
    return !standing.isEmpty();
  }

  /**
   * Whether nothing of it is left. When a refund was reversed before which a line without an amount
   * had come back, the line is back and some of what it gives is not.
   */
  boolean isWhollyRefunded() {
    return returned.isWhole()
        && members().stream().allMatch(it -> shareOf(it).due(returned).isEmpty());
  }

  /** All that is known of it. */
  History history() {
    return history;
  }

  /** What its refunds did. */
  OrderRefunds refunds() {
    return refunds;
  }

  List<Sold> lines() {
    return lines;
  }

  /** What has come back so far. */
  Returned returned() {
    return returned;
  }

  /** The place of a line; -1 when there is none of this id. */
  int placeOf(String lineId) {
    for (int i = 0; i < lines.size(); i++) {
      if (!lineId.isEmpty() && lines.get(i).lineId().equals(lineId)) {
        return i;
      }
    }
    return -1;
  }

  static long earned(Entry one, String account) {
    return one.kind() == Entry.Kind.CAPTURE
        ? 0
        : one.movements().stream()
            .filter(it -> it.account().equals(account) && it.worth() > 0)
            .mapToLong(Movement::worth)
            .sum();
  }

  /**
   * The weights by which points that are taken back are shared over lines that come back: what each
   * earned, as far as it comes back.
   *
   * @param amounts how much of each comes back
   */
  static long[] claims(List<Sold> some, long[] amounts) {
    long most = some.stream().mapToLong(Sold::points).max().orElse(0);
    long scale = most == 0 ? 0 : Math.min(1_000_000, Long.MAX_VALUE / some.size() / most);
    long[] claims = new long[amounts.length];
    for (int i = 0; i < claims.length; i++) {
      Sold line = some.get(i);
      claims[i] =
          line.amount() == 0
              ? line.points() * scale
              : Fraction.of(amounts[i], line.amount()).times(line.points() * scale).floor();
    }
    return LongStream.of(claims).sum() == 0 ? amounts : claims;
  }

  /** Over the lines by what was paid for them, as points are shared when they are earned. */
  long[] shares(long total) {
    return Shares.of(total, lines.stream().mapToLong(Sold::amount).toArray());
  }

  /** What was sold: the lines of the accrual, a top-up, or else what stored value paid. */
  private List<Sold> sold() {
    Optional<Entry> main =
        sales.stream()
            .filter(it -> Moving.isMovable(it.kind()) || it.kind() == Entry.Kind.TOP_UP)
            .findFirst();
    if (main.isEmpty()) {
      return List.of(new Sold("", sales.stream().mapToLong(Order::paidOf).sum(), 0));
    }
    Entry entry = main.get();
    return entry.lines().isEmpty()
        ? List.of(new Sold("", amountOf(entry), earned(entry, Accounts.POINTS)))
        : entry.lines().stream()
            .map(it -> new Sold(it.line().lineId(), it.line().amount(), it.points()))
            .toList();
  }

  private static long amountOf(Entry entry) {
    return entry.amount() == null ? 0 : entry.amount();
  }

  private static long paidOf(Entry one) {
    return one.kind() == Entry.Kind.CAPTURE
        ? SpentLots.captured(one, Accounts.STORED_VALUE)
        : one.spent(Accounts.STORED_VALUE);
  }

  /** The point currency that it was paid with; null when it was not paid with points. */
  @Nullable String paidWith() {
    return sales.stream()
        .flatMap(one -> one.movements().stream())
        .map(Movement::account)
        .distinct()
        .filter(it -> !it.equals(Accounts.STORED_VALUE) && paid(it) > 0)
        .min(
            Comparator.comparing((String it) -> !it.equals(Accounts.POINTS))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  private long paid(String account) {
    return SpentLots.of(account, sales).total();
  }

  private Returned reckonReturned() {
    long[] amounts = lines.stream().mapToLong(Sold::amount).toArray();
    String currency = paidWith();
    long paid = currency == null ? 0 : paid(currency);
    var sum = new Returned(amounts, Shares.of(paid, amounts));
    for (ReturnedPart back : refunds.parts(lines)) {
      sum = sum.plus(back);
    }
    return sum;
  }
}
