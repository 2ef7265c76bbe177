package points.ledger.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Movement.Place;

/**
 * An order as its entries tell it: what was sold, what that earned and what it was paid with, and
 * how much of it has come back. Entries that were reversed do not count.
 */
final class Order {

  /**
   * A line that was sold; the one line of an order without lines has an empty id.
   *
   * @param refunded minor units that have come back
   * @param takenBack points that were taken back for them
   */
  record Sold(String lineId, long amount, long points, long refunded, long takenBack) {

    long left() {
      return amount - refunded;
    }

    /** The points to take back when so much more comes back: never more in all than it earned. */
    long takenBackFor(long more) {
      long due = amount == 0 ? points : Shares.upTo(refunded + more, amount, points);
      return Math.max(0, due - takenBack);
    }
  }

  private final List<Entry> sales;
  private final List<Entry> refunds;
  private final boolean isOfSeveralMembers;
  private final boolean isCancelled;
  private final List<Sold> lines;

  private Order(List<Entry> sales, List<Entry> refunds, boolean isCancelled) {
    this.sales = sales;
    this.isCancelled = isCancelled;
    this.refunds = refunds;
    this.isOfSeveralMembers = sales.stream().map(Entry::member).distinct().count() > 1;
    this.lines = reckonLines();
  }

  static Order of(History history) {
    List<Entry> standing =
        history.entries().stream()
            .filter(it -> it.origin().orderId() != null && history.reversalOf(it).isEmpty())
            .toList();
    return new Order(
        standing.stream().filter(it -> isSale(it.kind())).toList(),
        standing.stream().filter(it -> it.kind() == Entry.Kind.REFUND).toList(),
        standing.stream().anyMatch(history::isCancelled));
  }

  private static boolean isSale(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, TOP_UP, DEDUCTION, PAYMENT, CAPTURE -> true;
      default -> false;
    };
  }

  boolean isUnknown() {
    return sales.isEmpty();
  }

  boolean isOfSeveralMembers() {
    return isOfSeveralMembers;
  }

  boolean isRefunded() {
    return !refunds.isEmpty();
  }

  /** Whether all of it has come back. */
  boolean isWhollyRefunded() {
    return refunds.stream()
        .anyMatch(it -> it.detail() instanceof Detail.Refunded refunded && refunded.whole());
  }

  List<Sold> lines() {
    return lines;
  }

  long amount() {
    return lines.stream().mapToLong(Sold::amount).sum();
  }

  long refunded() {
    return lines.stream().mapToLong(Sold::refunded).sum();
  }

  Optional<Sold> line(String lineId) {
    return lines.stream().filter(it -> it.lineId().equals(lineId)).findFirst();
  }

  /** The accounts that it earned into or was paid from. */
  SortedSet<String> accounts() {
    var accounts = new TreeSet<String>();
    sales.forEach(sale -> sale.movements().forEach(it -> accounts.add(it.account())));
    return accounts;
  }

  /** What it earned in an account; when that was cancelled, only what was taken back before. */
  long earned(String account) {
    return isCancelled ? takenBack(account) : everEarned(account);
  }

  private long everEarned(String account) {
    return sales.stream().mapToLong(sale -> earned(sale, account)).sum();
  }

  private static long earned(Entry sale, String account) {
    return sale.kind() == Entry.Kind.CAPTURE
        ? 0
        : sale.movements().stream()
            .filter(it -> it.account().equals(account) && it.worth() > 0)
            .mapToLong(Movement::worth)
            .sum();
  }

  /** The first lot that it earned into an account, and the entry that did. */
  Optional<Entry> earner(String account) {
    return sales.stream().filter(sale -> earned(sale, account) > 0).findFirst();
  }

  /** The lots that it was paid from, those that expire last first. */
  List<Lot> spent(String account) {
    var spent = new ArrayList<Lot>();
    for (Entry sale : sales) {
      spent.addAll(
          sale.kind() == Entry.Kind.CAPTURE ? captured(sale, account) : paid(sale, account));
    }
    spent.sort(Comparator.comparing(Lot::expiresAt).reversed());
    return spent;
  }

  private static List<Lot> paid(Entry sale, String account) {
    return sale.movements().stream()
        .filter(it -> it.account().equals(account) && it.place() == Place.AVAILABLE)
        .filter(it -> it.points() < 0)
        .map(it -> it.lot().negated())
        .toList();
  }

  /** Of what was held, those that expire first were spent. */
  private static List<Lot> captured(Entry sale, String account) {
    Lots held = Lots.NONE;
    for (Movement it : sale.movements()) {
      if (it.account().equals(account) && it.place() == Place.HELD) {
        held = held.plus(it.lot().negated());
      }
    }
    long points =
        sale.detail() instanceof Detail.Captured captured
            ? account.equals(Accounts.POINTS) ? captured.points() : captured.storedValue()
            : 0;
    return points == 0 ? List.of() : held.take(points).lots();
  }

  long takenBack(String account) {
    return refunds.stream().mapToLong(it -> of(it, account, true)).sum();
  }

  long givenBack(String account) {
    return refunds.stream().mapToLong(it -> of(it, account, false)).sum();
  }

  private static long of(Entry refund, String account, boolean taken) {
    if (refund.detail() instanceof Detail.Refunded refunded) {
      return (taken ? refunded.takenBack() : refunded.givenBack()).getOrDefault(account, 0L);
    }
    return 0;
  }

  /** What was sold: the lines of the sale, a top-up, or what stored value paid. */
  private List<Sold> reckonLines() {
    Map<String, long[]> back = new TreeMap<>();
    refunds.stream()
        .flatMap(it -> it.lines().stream())
        .forEach(
            it -> {
              long[] sums = back.computeIfAbsent(it.line().lineId(), id -> new long[2]);
              sums[0] += it.line().amount();
              sums[1] += it.points();
            });
    return sales.stream()
        .flatMap(this::sold)
        .map(
            it -> {
              long[] sums = back.getOrDefault(it.lineId(), new long[2]);
              long points = isCancelled ? sums[1] : it.points();
              return new Sold(it.lineId(), it.amount(), points, sums[0], sums[1]);
            })
        .toList();
  }

  private Stream<Sold> sold(Entry sale) {
    if (!sale.lines().isEmpty()) {
      return sale.lines().stream()
          .map(it -> new Sold(it.line().lineId(), it.line().amount(), it.points(), 0, 0));
    }
    return switch (sale.kind()) {
      case ACCRUAL -> Stream.of(whole(sale, sale.amount()));
      case TOP_UP -> has(Entry.Kind.ACCRUAL) ? Stream.of() : Stream.of(whole(sale, sale.amount()));
      case PAYMENT ->
          has(Entry.Kind.ACCRUAL) || has(Entry.Kind.TOP_UP)
              ? Stream.of()
              : Stream.of(whole(sale, sale.spent(Accounts.STORED_VALUE)));
      default -> Stream.of();
    };
  }

  private boolean has(Entry.Kind kind) {
    return sales.stream().anyMatch(it -> it.kind() == kind);
  }

  private static Sold whole(Entry sale, @Nullable Long amount) {
    return new Sold("", amount == null ? 0 : amount, earned(sale, Accounts.POINTS), 0, 0);
  }
}
