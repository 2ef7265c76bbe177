package points.load.fault.check.effect;

import static points.load.fault.check.effect.Delivery.number;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.LifetimeTotals;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.SoldOrder;

/**
 * A sale that is moved leaves nothing behind. The points that it earned are taken from the same
 * lots, and the points that paid for it are given back. Then the same sale is booked once, on the
 * other member, or on the first again. The sender's entry is checked on the sender, the receiver's
 * on the receiver.
 */
public final class MoveRule {
  private final MemberHistory member;
  private final Findings findings;

  private MoveRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  /** Reports moves that are lost, doubled or changed. */
  public static void check(MemberHistory member, Findings findings) {
    MoveRule rule = new MoveRule(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      switch (entry.kind()) {
        case MOVE_OUT -> rule.checkSent(entry, member.history(i, entry.recordedAt()));
        case MOVE_IN, MOVE_RETURN -> rule.checkReceived(entry);
        default -> {}
      }
    }
  }

  private void checkSent(Entry out, List<Entry> before) {
    Entry sale =
        before.stream()
            .filter(it -> it.transactionId().equals(out.extra().part()))
            .filter(it -> it.memberId().equals(out.memberId()))
            .findFirst()
            .orElse(null);
    if (sale == null || !SoldOrder.isMovable(sale.kind())) {
      findings.add("something was moved that was not sold", out);
      return;
    }
    if (!SoldOrder.isUntouched(sale, before)) {
      findings.add("a sale was moved that did not stand as it was booked", sale, out);
    }
    if (!out.order().equals(sale.order())
        || !isOpposite(out, sale)
        || !sums(sale, 1).equals(sums(out, -1))) {
      findings.add("a move takes and gives other sums than the sale did", sale, out);
    }
    LifetimeTotals lifetime = LifetimeTotals.of(sale);
    if (number(out, "earned") != -lifetime.earned() || number(out, "spent") != -lifetime.spent()) {
      findings.add("a move takes other lifetime totals than the sale added", sale, out);
    }
    Delivery.isReceivedOnce("a moved sale", out, member.index().completionsOf(out), findings);
  }

  private void checkReceived(Entry in) {
    Entry out = member.index().beginOf(in);
    Entry sale =
        out == null || out.kind() != Entry.Kind.MOVE_OUT
            ? null
            : member.index().entry(out.extra().part());
    if (out == null || sale == null) {
      findings.add("a moved sale was received that nobody sent", in);
      return;
    }
    boolean returned = in.kind() == Entry.Kind.MOVE_RETURN;
    if (!Delivery.isMeantFor(Delivery.receiver(out, returned), in, member.index())) {
      findings.add("a moved sale was received by another member than it was meant for", out, in);
    }
    if (!isSameSale(in, sale)
        || !isOpposite(in, out)
        || !Delivery.isOppositeLifetime(in, out)
        || !Delivery.isSameEnd(in, out)) {
      findings.add("another sale was received than was sent", sale, out, in);
    }
    if (!expiresAsBefore(in, sale)) {
      findings.add("the points of a moved sale expire at another time", sale, in);
    }
  }

  private static boolean isSameSale(Entry in, Entry sale) {
    return in.order().equals(sale.order())
        && in.amount().equals(sale.amount())
        && in.occurredAt().equals(sale.occurredAt())
        && in.lines().equals(sale.lines());
  }

  private static boolean isOpposite(Entry entry, Entry other) {
    Set<String> accounts = new TreeSet<>();
    Stream.of(entry, other)
        .forEach(one -> one.movements().forEach(it -> accounts.add(it.account())));
    return accounts.stream().allMatch(it -> entry.worth(it) == -other.worth(it));
  }

  /** Points by account and expiry, available and pending alike. */
  private static Map<String, Long> sums(Entry entry, int sign) {
    Map<String, Long> sums = new TreeMap<>();
    entry.movements().stream()
        .filter(it -> it.place() != Place.DEBT && sign * it.points() > 0)
        .forEach(
            it ->
                sums.merge(
                    it.account() + " until " + it.expiresAt(), sign * it.points(), Long::sum));
    return sums;
  }

  /** When all points of the sale repaid a debt, nothing says when they would have expired. */
  private static boolean expiresAsBefore(Entry in, Entry sale) {
    return earned(in)
        .allMatch(
            it -> {
              List<Movement> were =
                  earned(sale).filter(was -> was.account().equals(it.account())).toList();
              return were.isEmpty()
                  || were.stream().anyMatch(was -> was.expiresAt().equals(it.expiresAt()));
            });
  }

  private static Stream<Movement> earned(Entry sale) {
    return sale.movements().stream().filter(it -> it.place() != Place.DEBT && it.points() > 0);
  }
}
