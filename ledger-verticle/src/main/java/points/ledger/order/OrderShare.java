package points.ledger.order;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import points.ledger.account.Accounts;
import points.ledger.command.EntryHistory;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.RefundShare;

/**
 * The points that one member earned and spent by a sale, and the part that has come back.
 *
 * <p>The points due depend on the part of the whole sale that has come back, for every member
 * alike.
 */
public final class OrderShare {

  private final RefundableOrder order;
  private final EntryHistory history;
  private final MemberKey member;
  private final List<Entry> sales;

  OrderShare(RefundableOrder order, EntryHistory history, MemberKey member, List<Entry> sales) {
    this.order = order;
    this.history = history;
    this.member = member;
    this.sales = sales.stream().filter(it -> it.member().equals(member)).toList();
  }

  /** Returns the share of this member when so much has come back in all. */
  public RefundShare due(Returned after) {
    var takenBack = new TreeMap<String, Long>();
    var givenBack = new TreeMap<String, Long>();
    for (String account : accounts()) {
      put(takenBack, account, toTakeBack(account, after));
      put(givenBack, account, toGiveBack(account, after));
    }
    return new RefundShare(member.memberId(), takenBack, givenBack);
  }

  private static void put(SortedMap<String, Long> sums, String account, long points) {
    if (points > 0) {
      sums.put(account, points);
    }
  }

  /** The accounts that it earned into or was paid from. */
  public SortedSet<String> accounts() {
    var accounts = new TreeSet<String>();
    sales.forEach(one -> one.movements().forEach(it -> accounts.add(it.account())));
    return accounts;
  }

  /** Returns the points to take back from an account when so much has come back in all. */
  public long toTakeBack(String account, Returned after) {
    long total = sales.stream().mapToLong(one -> RefundableOrder.earned(one, account)).sum();
    long before = done(account, RefundShare::takenBack);
    long due = after.due(total, earnedByLine(account, total)) - before;
    return Math.max(0, Math.min(due, total - cancelled(account) - before));
  }

  /** Returns the points that it earned but that never became effective, and so were taken back. */
  private long cancelled(String account) {
    return sales.stream()
        .flatMap(it -> history.cancellationOf(it).stream())
        .mapToLong(it -> -it.worth(account))
        .sum();
  }

  /** Returns the points to give back to an account when so much has come back in all. */
  public long toGiveBack(String account, Returned after) {
    long total = spent(account).total();
    long before = done(account, RefundShare::givenBack);
    return Math.max(0, after.due(total, order.shares(total)) - before);
  }

  private long[] earnedByLine(String account, long total) {
    Entry earner = account.equals(Accounts.GROWTH) ? earner(account).orElse(null) : null;
    if (earner != null && !earner.factsChange().tier().uncounted().isEmpty()) {
      return ReturnedFacts.countedShares(earner, total);
    }
    long[] points = order.lines().stream().mapToLong(SoldLine::points).toArray();
    return account.equals(Accounts.POINTS) && LongStream.of(points).sum() == total
        ? points
        : order.shares(total);
  }

  /** The entry that earned into an account. */
  public Optional<Entry> earner(String account) {
    return sales.stream().filter(one -> RefundableOrder.earned(one, account) > 0).findFirst();
  }

  /** The lots that it was paid from, as far as they have not come back. */
  public SpentLots spent(String account) {
    List<Entry> happened =
        Stream.concat(
                sales.stream(),
                order.everRefunded().stream()
                    .filter(this::isOwn)
                    .flatMap(it -> Stream.concat(Stream.of(it), history.reversalOf(it).stream())))
            .sorted(Comparator.comparing(Entry::recordedAt).thenComparing(Entry::sequence))
            .toList();
    return SpentLots.of(account, happened);
  }

  /**
   * Returns the points taken back that had expired unspent, in entries that do not name their lots.
   */
  public long lapsedOfUnknownLots(String account) {
    return new OrderRefunds(ownUndone().toList()).lapsedOfUnknownLots(account);
  }

  private Stream<Entry> ownUndone() {
    return order.undoneBy().stream().filter(this::isOwn);
  }

  private boolean isOwn(Entry refund) {
    return order.ownerOf(refund).equals(member);
  }

  /**
   * Returns the points that earlier refunds moved for this member.
   *
   * <p>They are found in two places. The member's own refund entries count, unless they were
   * reversed, wherever the order's refunds are decided by now. The member's shares in other
   * members' refunds count as soon as the refund is committed, because they are sure to follow;
   * they count until they are reversed themselves.
   */
  private long done(String account, Function<RefundShare, SortedMap<String, Long>> which) {
    List<Entry> own = order.everRefunded().stream().filter(this::isOwn).toList();
    Stream<RefundShare> standing =
        own.stream().filter(it -> history.reversalOf(it).isEmpty()).map(OrderShare::ofItself);
    Stream<RefundShare> toCome =
        order.everRefunded().stream()
            .filter(it -> own.stream().noneMatch(one -> refundId(one).equals(refundId(it))))
            .flatMap(it -> detail(it).others().stream())
            .filter(it -> it.memberId().equals(member.memberId()));
    return Stream.concat(standing, toCome)
        .mapToLong(it -> which.apply(it).getOrDefault(account, 0L))
        .sum();
  }

  private static String refundId(Entry refund) {
    return detail(refund).refundId();
  }

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }

  private static RefundShare ofItself(Entry refund) {
    Detail.Refunded detail = detail(refund);
    return new RefundShare(refund.member().memberId(), detail.takenBack(), detail.givenBack());
  }
}
