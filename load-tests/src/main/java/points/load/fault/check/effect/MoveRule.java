package points.load.fault.check.effect;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.order.CancelledPoints;
import points.load.fault.check.order.SoldOrder;
import points.load.model.Entry;
import points.load.model.LifetimeTotals;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/**
 * A sale that goes to another member leaves nothing behind: what it earned is taken from the very
 * lots, and what it was paid with comes back. The same sale stands with the other then, or again
 * with the first, once. Looked at from both sides: from what went out, and from what came in.
 */
public final class MoveRule {
  private final MemberHistory member;
  private final Findings findings;

  private MoveRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    MoveRule moves = new MoveRule(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      switch (entry.kind()) {
        case MOVE_OUT -> moves.out(entry, member.history(i, entry.recordedAt()));
        case MOVE_IN, MOVE_RETURN -> moves.in(entry);
        default -> {}
      }
    }
  }

  private void out(Entry out, List<Entry> before) {
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
    if (SoldOrder.isMoved(sale, before)
        || SoldOrder.isReversed(sale, before)
        || CancelledPoints.isCancelled(sale, before)
        || SoldOrder.around(sale, before).isRefunded()) {
      findings.add("a sale was moved that did not stand as it was booked", sale, out);
    }
    if (!isOfOrder(out, sale) || !isOpposite(out, sale) || !earned(sale).equals(taken(out))) {
      findings.add("a move takes and gives other than the sale did", sale, out);
    }
    if (of(out, "earned") != -LifetimeTotals.of(sale).earned()
        || of(out, "spent") != -LifetimeTotals.of(sale).spent()) {
      findings.add("a move takes another life than the sale was", sale, out);
    }
    List<Entry> outcomes = member.index().outcomesOf(out.transactionId());
    if (outcomes.isEmpty()) {
      findings.add("a sale was lost on its way to another member", out);
    } else if (outcomes.size() > 1) {
      findings.add(
          "a moved sale has come in %d times".formatted(outcomes.size()),
          Stream.concat(Stream.of(out), outcomes.stream()).toArray(Entry[]::new));
    }
  }

  private void in(Entry in) {
    Entry out = in.key() == null ? null : member.index().beginOf(in.key());
    Entry sale =
        out == null || out.kind() != Entry.Kind.MOVE_OUT
            ? null
            : member.index().entry(out.extra().part());
    if (out == null || sale == null) {
      findings.add("a sale has come in that never went out", in);
      return;
    }
    boolean returned = in.kind() == Entry.Kind.MOVE_RETURN;
    String belongsTo = returned ? out.memberId() : out.extra().detail().getString("memberId");
    if (belongsTo == null || !member.index().merged().from(belongsTo).contains(in.memberId())) {
      findings.add("a moved sale has come to another than it was for", out, in);
    }
    if (!isOfOrder(in, sale)
        || !Objects.equals(in.origin().amount(), sale.origin().amount())
        || !in.occurredAt().equals(sale.occurredAt())
        || !in.extra().lines().equals(sale.extra().lines())
        || !isOpposite(in, out)
        || of(in, "earned") != -of(out, "earned")
        || of(in, "spent") != -of(out, "spent")
        || !Objects.equals(endsAt(in), endsAt(out))) {
      findings.add("another sale has come in than went out", sale, out, in);
    }
    if (!expiresAsBefore(in, sale)) {
      findings.add("what a moved sale earned expires at another time", sale, in);
    }
  }

  private static boolean isOfOrder(Entry entry, Entry sale) {
    return Objects.equals(entry.origin().storeId(), sale.origin().storeId())
        && Objects.equals(entry.origin().orderId(), sale.origin().orderId());
  }

  private static boolean isOpposite(Entry entry, Entry other) {
    Set<String> accounts = new TreeSet<>();
    Stream.of(entry, other)
        .forEach(one -> one.movements().forEach(it -> accounts.add(it.account())));
    return accounts.stream().allMatch(it -> entry.worth(it) == -other.worth(it));
  }

  /** What came in, by account and expiry: where it can be spent, and where it is pending. */
  private static Map<String, Long> earned(Entry sale) {
    return sums(sale, 1);
  }

  private static Map<String, Long> taken(Entry out) {
    return sums(out, -1);
  }

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

  /** Where all of it had repaid a debt, nothing says when it would have expired. */
  private static boolean expiresAsBefore(Entry in, Entry sale) {
    return in.movements().stream()
        .filter(it -> it.place() != Place.DEBT && it.points() > 0)
        .allMatch(
            it -> {
              List<Movement> were =
                  sale.movements().stream()
                      .filter(was -> was.place() != Place.DEBT && was.points() > 0)
                      .filter(was -> was.account().equals(it.account()))
                      .toList();
              return were.isEmpty()
                  || were.stream().anyMatch(was -> was.expiresAt().equals(it.expiresAt()));
            });
  }

  private static long of(Entry entry, String name) {
    return entry.extra().detail().getLong(name, 0L);
  }

  private static @Nullable String endsAt(Entry entry) {
    return entry.extra().detail().getString("endsAt");
  }
}
