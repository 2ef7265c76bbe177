package points.ledger.simulation.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;

/**
 * Follows every sale that can be moved: it stands with one member or is on its way, never both and
 * never twice, and brings neither more nor less than it took along.
 */
final class MoveAudit {

  /**
   * A sale that stands with a member.
   *
   * @param booked its accrual, which says what it earned and what it was paid with for all time
   * @param sale the entry by which it stands there
   */
  private record Standing(Entry booked, Entry sale) {}

  /** A sale that has left a member. */
  private record Moved(Entry booked, Entry out) {}

  private final HistoryAuditor auditor;
  private final Map<String, Standing> standing = new HashMap<>();
  private final Map<String, Moved> underWay = new HashMap<>();

  MoveAudit(HistoryAuditor auditor) {
    this.auditor = auditor;
  }

  void committed(Entry entry) {
    switch (entry.kind()) {
      case ACCRUAL -> standing.put(name(entry, entry.transactionId()), new Standing(entry, entry));
      case MOVE_OUT -> left(entry);
      case MOVE_IN, MOVE_RETURN -> arrived(entry);
      default -> {}
    }
  }

  private void left(Entry out) {
    Standing left = standing.remove(name(out, out.part()));
    auditor.check(
        left != null && left.sale.member().equals(out.member()),
        () -> "a sale leaves that does not stand there: " + out);
    if (left == null) {
      return;
    }
    Entry sale = left.sale;
    underWay.put(name(out, out.transactionId()), new Moved(left.booked, out));
    for (String account : accounts(sale, out)) {
      long earned = sum(sale, account, true);
      long paid = sum(sale, account, false);
      long worth = out.worth(account);
      auditor.check(
          worth >= -earned && worth <= paid - earned,
          () -> "a sale leaves with %d of %s: %s, of %s".formatted(worth, account, out, sale));
    }
  }

  private void arrived(Entry in) {
    Moved moved = underWay.remove(name(in, in.part()));
    auditor.check(
        moved != null, () -> "a sale arrives a second time, or was never on its way: " + in);
    if (moved == null) {
      return;
    }
    standing.put(name(in, in.transactionId()), new Standing(moved.booked, in));
    boolean isBack = in.kind() == Entry.Kind.MOVE_RETURN;
    auditor.check(
        isBack || names(moved.out, in),
        () -> "a sale arrives where it was not sent: " + in + ", sent by " + moved.out);
    for (String account : accounts(moved.booked, in)) {
      long due = isBack ? -moved.out.worth(account) : moved.booked.worth(account);
      long lapsed = isBack ? lapsed(moved.out, account) : 0;
      long worth = in.worth(account);
      auditor.check(
          worth >= due - lapsedBefore(moved.booked, account) && worth <= due + lapsed,
          () ->
              "a sale arrives with %d of %s instead of %d: %s, sent by %s, booked by %s"
                  .formatted(worth, account, due, in, moved.out, moved.booked));
    }
  }

  /** What a sale that came back before was not paid with; it is, if that lapsed for another. */
  private static long lapsedBefore(Entry booked, String account) {
    return LapsedLot.of(booked).stream()
        .filter(it -> it.account().equals(account))
        .mapToLong(it -> it.lot().points())
        .sum();
  }

  /** Of what a member was given back when the sale left, what may have expired unspent since. */
  private long lapsed(Entry out, String account) {
    return out.movements().stream()
        .filter(it -> it.account().equals(account) && it.worth() > 0)
        .mapToLong(it -> Math.min(it.worth(), expired(out, account, it.expiresAt())))
        .sum();
  }

  private long expired(Entry out, String account, Instant lot) {
    return auditor.past().entries().stream()
        .filter(it -> it.kind() == Entry.Kind.EXPIRY && it.member().equals(out.member()))
        .filter(it -> it.sequence() > out.sequence())
        .flatMap(it -> it.movements().stream())
        .filter(it -> it.account().equals(account) && it.expiresAt().equals(lot))
        .mapToLong(it -> -it.points())
        .sum();
  }

  /** Whether the sale was sent to the one who got it, or who was merged into it since. */
  private boolean names(Entry out, Entry in) {
    return out.detail() instanceof Detail.MovedSale moved
        && auditor.past().isOrWas(in.member(), moved.memberId());
  }

  private static long sum(Entry entry, String account, boolean in) {
    return entry.movements().stream()
        .filter(it -> it.account().equals(account) && it.worth() > 0 == in)
        .mapToLong(it -> Math.abs(it.worth()))
        .sum();
  }

  private static Set<String> accounts(Entry one, Entry other) {
    return Stream.of(one, other)
        .flatMap(it -> it.movements().stream())
        .map(it -> it.account())
        .collect(Collectors.toSet());
  }

  private static String name(Entry entry, String transactionId) {
    return entry.member().programId() + "/" + transactionId;
  }

  /** At the end of a history nothing is on its way of which nobody knows. */
  void ended(List<Entry> open) {
    for (Moved moved : underWay.values()) {
      auditor.check(open.contains(moved.out), () -> "a sale never arrives: " + moved);
    }
  }
}
