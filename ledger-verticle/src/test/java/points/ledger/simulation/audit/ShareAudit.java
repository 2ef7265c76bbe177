package points.ledger.simulation.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.model.RefundShare;
import points.ledger.model.Status;
import points.ledger.simulation.postgres.ModelPostgres;
import points.ledger.simulation.world.SimulatedPrograms;

/**
 * Follows refunds of orders of several members: each share of each refund is applied once, and by
 * all refunds of an order that stand no more comes back than was paid and earned.
 */
final class ShareAudit {

  private record Order(String programId, String storeId, String orderId) {
    static Order of(Entry entry) {
      return new Order(
          entry.member().programId(),
          String.valueOf(entry.origin().storeId()),
          String.valueOf(entry.origin().orderId()));
    }
  }

  /** One member's share of one refund. */
  private record Key(Order order, String refundId, String memberId) {}

  private final HistoryAuditor auditor;
  private final Map<Key, RefundShare> due = new LinkedHashMap<>();
  private final Map<Key, Entry> decidedBy = new HashMap<>();
  private final Set<Key> applied = new HashSet<>();

  ShareAudit(HistoryAuditor auditor) {
    this.auditor = auditor;
  }

  void committed(Entry entry) {
    if (!(entry.detail() instanceof Detail.Refunded refunded)) {
      return;
    }
    if (refunded.storeId() != null) {
      auditor.count("refunds by another store");
      auditor.check(
          SimulatedPrograms.find(entry.member().programId()).terms().refunds().anyStore(),
          () -> "taken back by another store, which the program forbids: " + entry);
    }
    if (refunded.shareOf() == null) {
      for (RefundShare share : refunded.others()) {
        var key = new Key(Order.of(entry), refunded.refundId(), share.memberId());
        due.put(key, share);
        decidedBy.put(key, entry);
      }
      return;
    }
    auditor.count("shares of refunds applied");
    var key = new Key(Order.of(entry), refunded.refundId(), refunded.shareOf());
    RefundShare share = due.get(key);
    auditor.check(share != null, () -> "a share of no refund: " + entry);
    auditor.check(applied.add(key), () -> "a share is applied twice: " + entry);
    if (share != null) {
      auditor.check(
          isWithin(refunded.takenBack(), share.takenBack())
              && isWithin(refunded.givenBack(), share.givenBack()),
          () -> "more than the share " + share + " is applied: " + entry);
    }
  }

  private static boolean isWithin(Map<String, Long> done, Map<String, Long> due) {
    return done.entrySet().stream()
        .allMatch(it -> it.getValue() <= due.getOrDefault(it.getKey(), 0L));
  }

  /** At the end of a history none is open but those of members that have left for good. */
  void ended(List<Entry> open) {
    for (Key key : due.keySet()) {
      auditor.check(
          applied.contains(key) || hasLeft(key) || open.contains(decidedBy.get(key)),
          () -> "a share is lost: " + key + ", " + due.get(key));
    }
    var orders = new HashMap<Order, List<Entry>>();
    for (Entry entry : auditor.past().entries()) {
      if (entry.origin().orderId() != null) {
        orders.merge(
            Order.of(entry),
            List.of(entry),
            (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
      }
    }
    orders.forEach(this::checkSums);
  }

  private boolean hasLeft(Key key) {
    var member = new MemberKey(key.order.programId, key.memberId);
    return auditor.past().statusOf(member) == Status.CLOSED;
  }

  private void checkSums(Order order, List<Entry> entries) {
    List<Entry> standing = entries.stream().filter(it -> auditor.past().stands(it)).toList();
    List<Detail.Refunded> refunds =
        standing.stream()
            .map(Entry::detail)
            .filter(Detail.Refunded.class::isInstance)
            .map(Detail.Refunded.class::cast)
            .toList();
    List<Entry> sales = standing.stream().filter(it -> OrderPart.isSale(it.kind())).toList();
    for (String account : accounts(refunds)) {
      long given = sum(refunds, it -> it.givenBack().getOrDefault(account, 0L));

      long paid = sum(sales, it -> paid(booked(it, entries), account));
      auditor.check(
          given <= paid,
          () -> "%d of %s came back of %d, %s: %s".formatted(given, account, paid, order, entries));
      long taken = sum(refunds, it -> it.takenBack().getOrDefault(account, 0L));
      long earned = sum(sales, it -> earned(it, account));
      auditor.check(
          taken <= earned,
          () ->
              "%d of %s were taken of %d, %s: %s"
                  .formatted(taken, account, earned, order, entries));
    }
  }

  /** A sale that was moved was paid with what its accrual says, wherever it stands by now. */
  private static Entry booked(Entry sale, List<Entry> entries) {
    return entries.stream()
        .filter(it -> ModelPostgres.isArrival(sale) && it.kind() == Entry.Kind.ACCRUAL)
        .findFirst()
        .orElse(sale);
  }

  private static Set<String> accounts(List<Detail.Refunded> refunds) {
    var accounts = new HashSet<String>();
    refunds.forEach(it -> accounts.addAll(it.givenBack().keySet()));
    refunds.forEach(it -> accounts.addAll(it.takenBack().keySet()));
    return accounts;
  }

  private static <T> long sum(List<T> some, ToLongFunction<T> of) {
    return some.stream().mapToLong(of).sum();
  }

  /** A capture spends what was held, less what it releases. */
  private static long paid(Entry sale, String account) {
    return sale.kind() == Entry.Kind.CAPTURE
        ? Math.max(0, -sale.worth(account))
        : worths(sale, account).filter(it -> it < 0).map(it -> -it).reduce(0L, Long::sum);
  }

  private static long earned(Entry sale, String account) {
    return worths(sale, account).filter(it -> it > 0).reduce(0L, Long::sum);
  }

  private static Stream<Long> worths(Entry sale, String account) {
    return sale.movements().stream()
        .filter(it -> Objects.equals(it.account(), account))
        .map(it -> it.worth());
  }
}
