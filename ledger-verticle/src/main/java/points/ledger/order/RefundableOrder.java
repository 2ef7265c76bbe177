package points.ledger.order;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Movement;
import points.ledger.command.EntryHistory;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.rules.ProRata;

/**
 * One sale of an order, rebuilt from its entries, with the parts that have come back.
 *
 * <p>It holds the lines that were sold, the points they earned, and the points they were paid with.
 * Entries that were reversed do not count.
 */
public final class RefundableOrder {

  private final EntryHistory history;
  private final OrderPart part;
  private final List<Entry> sales;
  private final List<Entry> standing;
  private final OrderRefunds refunds;
  private final List<SoldLine> lines;
  private final Returned returned;

  private RefundableOrder(EntryHistory history, List<Entry> refunds, OrderPart part) {
    this.history = history;
    this.part = part;
    this.sales = standing(history, it -> isOf(it, part)).toList();
    this.standing = refunds;
    this.refunds = new OrderRefunds(refunds.stream().filter(RefundableOrder::isOfMain).toList());
    this.lines = sold(sales);
    this.returned = reckonReturned(sales, lines, this.refunds);
  }

  /** The sale that is asked for; when none is, the goods, or the top-up when there are no goods. */
  public static RefundableOrder of(EntryHistory history, @Nullable OrderPart wanted) {
    RefundableOrder order = ofPart(history, wanted == null ? OrderPart.GOODS : wanted);
    return wanted == null && order.isUnknown() ? ofPart(history, OrderPart.TOP_UP) : order;
  }

  /** The sale that an entry belongs to. */
  public static RefundableOrder of(EntryHistory history, Entry sold) {
    return ofPart(history, OrderPart.of(sold.kind()));
  }

  private static RefundableOrder ofPart(EntryHistory history, OrderPart part) {
    return new RefundableOrder(
        history,
        standing(history, it -> isRefundOf(history, it, part))
            .sorted(Comparator.comparing(Entry::recordedAt).thenComparing(Entry::sequence))
            .toList(),
        part);
  }

  private static Stream<Entry> standing(EntryHistory history, Predicate<Entry> which) {
    return history.entries().stream()
        .filter(it -> it.origin().orderId() != null && which.test(it))
        .filter(it -> history.reversalOf(it).isEmpty() && history.moveOf(it).isEmpty());
  }

  private static boolean isOf(Entry entry, OrderPart part) {
    return OrderPart.isSale(entry.kind()) && OrderPart.of(entry.kind()) == part;
  }

  /** Entries of earlier versions do not say what they undid. */
  private static boolean isRefundOf(EntryHistory history, Entry entry, OrderPart part) {
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

  public OrderPart part() {
    return part;
  }

  public boolean isUnknown() {
    return sales.isEmpty();
  }

  /** The member whose lines come back, on which a refund is decided. */
  public MemberKey main() {
    return main(sales.stream()).orElseThrow();
  }

  private static Optional<MemberKey> main(Stream<Entry> sales) {
    return sales.min(Comparator.comparing(it -> OrderMembers.rankOf(it.kind()))).map(Entry::member);
  }

  /**
   * Returns the member whose share of the sale a refund entry moved.
   *
   * <p>For a share, the entry names it. For a refund itself, it is the member that was the main one
   * when the refund was decided; an accrual may have come since. The entry may stand on a member
   * into which the main one was merged, and which took part too.
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

  /** All that took part in it; mostly one. */
  public List<MemberKey> members() {
    return sales.stream().map(Entry::member).distinct().toList();
  }

  public OrderShare shareOf(MemberKey member) {
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

  public boolean isRefunded() {
    return !standing.isEmpty();
  }

  /**
   * Returns whether nothing of the order is left.
   *
   * <p>Example: refund R1 brought back half of a line, and R2 the rest, without an amount. R1 is
   * reversed. Then the line is there again, though part of the points that it gave is not.
   */
  boolean isWhollyRefunded() {
    return returned.isWhole()
        && members().stream().allMatch(it -> shareOf(it).due(returned).isEmpty());
  }

  /** The entries that sold it, and stand. */
  List<Entry> sales() {
    return sales;
  }

  /** All that is known of it. */
  public EntryHistory history() {
    return history;
  }

  /** Returns the effects of its refunds. */
  public OrderRefunds refunds() {
    return refunds;
  }

  public List<SoldLine> lines() {
    return lines;
  }

  /** Returns the parts that have come back so far. */
  public Returned returned() {
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

  /** Returns what an entry brought into an account. */
  public static long earned(Entry one, String account) {
    return one.kind() == Entry.Kind.CAPTURE
        ? 0
        : one.movements().stream()
            .filter(it -> it.account().equals(account) && it.worth() > 0)
            .mapToLong(Movement::worth)
            .sum();
  }

  /** Over the lines by what was paid for them, as points are shared when they are earned. */
  long[] shares(long total) {
    return ProRata.of(total, lines.stream().mapToLong(SoldLine::amount).toArray());
  }

  /**
   * Returns the lines that were sold: those of the accrual, a top-up, or else the stored value's
   * payment.
   */
  private static List<SoldLine> sold(List<Entry> sales) {
    Optional<Entry> main =
        sales.stream()
            .filter(it -> it.kind().is(EntryTrait.MOVABLE) || it.kind() == Entry.Kind.TOP_UP)
            .findFirst();
    if (main.isEmpty()) {
      return List.of(new SoldLine("", sales.stream().mapToLong(RefundableOrder::paidOf).sum(), 0));
    }
    Entry entry = main.get();
    return entry.lines().isEmpty()
        ? List.of(new SoldLine("", amountOf(entry), earned(entry, Accounts.POINTS)))
        : entry.lines().stream()
            .map(it -> new SoldLine(it.line().lineId(), it.line().amount(), it.points()))
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
    return paidWith(sales);
  }

  private static @Nullable String paidWith(List<Entry> sales) {
    return sales.stream()
        .flatMap(one -> one.movements().stream())
        .map(Movement::account)
        .distinct()
        .filter(it -> !it.equals(Accounts.STORED_VALUE) && paid(it, sales) > 0)
        .min(
            Comparator.comparing((String it) -> !it.equals(Accounts.POINTS))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  private static long paid(String account, List<Entry> sales) {
    return SpentLots.of(account, sales).total();
  }

  private static Returned reckonReturned(
      List<Entry> sales, List<SoldLine> lines, OrderRefunds refunds) {
    long[] amounts = lines.stream().mapToLong(SoldLine::amount).toArray();
    String currency = paidWith(sales);
    long paid = currency == null ? 0 : paid(currency, sales);
    var sum = new Returned(amounts, ProRata.of(paid, amounts));
    for (ReturnedPart back : refunds.parts(lines)) {
      sum = sum.plus(back);
    }
    return sum;
  }
}
