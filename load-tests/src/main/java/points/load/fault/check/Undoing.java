package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.util.List;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Movement;

/**
 * Refunds take back and give back what is due by then, no more in all than was earned and spent; a
 * reversal is the opposite of one entry, once.
 */
final class Undoing {
  private final MemberCase member;
  private final Findings findings;

  private Undoing(MemberCase member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  static void check(MemberCase member, Findings findings) {
    Undoing undoing = new Undoing(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      switch (entries.get(i).kind()) {
        case REFUND -> undoing.refund(entries.get(i), member.history(i));
        case REVERSAL -> undoing.reversal(entries.get(i), member.history(i));
        default -> {}
      }
    }
  }

  private void refund(Entry refund, List<Entry> before) {
    SoldOrder order = SoldOrder.of(before, refund.origin().storeId(), refund.origin().orderId());
    if (order.isUnknown()) {
      find("something is refunded that was not sold", refund);
      return;
    }
    long amount = lines(refund, order);
    boolean all = order.refunded() + amount == order.amount();
    boolean whole = refund.extra().detail().getBoolean("whole", false);
    // One that amounts to nothing comes back whole or not at all, as its caller says.
    if (whole != all && (order.amount() > 0 || !all)) {
      find("a refund is whole or not, and says otherwise", refund);
    }
    for (String account : order.accounts()) {
      compare(refund, order, account, amount);
    }
  }

  /** Compares what comes back of each line, and says how much that is. */
  private long lines(Entry refund, SoldOrder order) {
    long amount = 0;
    for (Entry.Line back : refund.extra().lines()) {
      SoldOrder.Line line = order.line(back.lineId());
      if (line == null || back.amount() > line.left()) {
        find("more comes back than is left of line \"%s\"".formatted(back.lineId()), refund);
      } else if (back.points() != line.takenBackFor(back.amount())) {
        find(
            "%d points are due of line \"%s\""
                .formatted(line.takenBackFor(back.amount()), back.lineId()),
            refund);
      }
      amount += back.amount();
    }
    Long said = refund.origin().amount();
    if (said == null || said != amount) {
      find("the lines of a refund add up to %d".formatted(amount), refund);
    }
    return amount;
  }

  private void compare(Entry refund, SoldOrder order, String account, long amount) {
    long part = order.refunded() + amount;
    boolean isPoints = account.equals(Movement.POINTS);
    long taken = SoldOrder.back(refund, "takenBack", account);
    long given = SoldOrder.back(refund, "givenBack", account);
    long dueTaken =
        isPoints
            ? refund.extra().lines().stream().mapToLong(Entry.Line::points).sum()
            : due(order.earned(account), part, order) - order.back("takenBack", account);
    long dueGiven = due(order.spent(account), part, order) - order.back("givenBack", account);
    if (taken != Math.max(0, dueTaken) || given != Math.max(0, dueGiven)) {
      find(
          "of %s %d are to be taken back and %d given back".formatted(account, dueTaken, dueGiven),
          refund);
    }
    JsonObject detail = refund.extra().detail();
    long expired = isPoints ? detail.getLong("expired", 0L) : 0;
    long charged = isPoints ? detail.getLong("shortfall", 0L) : 0;
    if (refund.worth(account) != given - expired - taken + charged) {
      find("of %s another sum moves than is taken back and given back".formatted(account), refund);
    }
  }

  private static long due(long total, long part, SoldOrder order) {
    return part > order.amount() ? total : SoldOrder.due(total, part, order.amount());
  }

  private void reversal(Entry reversal, List<Entry> before) {
    Entry undone = before.stream().filter(reversal::refersTo).findFirst().orElse(null);
    if (undone == null) {
      find("a reversal of nothing", reversal);
      return;
    }
    if (SoldOrder.isReversed(undone, before)) {
      find("an entry was reversed twice", undone, reversal);
    }
    if (undone.kind() != Entry.Kind.REFUND
        && SoldOrder.of(before, undone.origin().storeId(), undone.origin().orderId())
            .isRefunded()) {
      find("an entry was reversed of which a refund stands", undone, reversal);
    }
    if (SoldOrder.isCancelled(undone, before)) {
      find("an entry was reversed whose points had been cancelled", undone, reversal);
    }
    long expired = reversal.extra().detail().getLong("expired", 0L);
    undone.movements().stream()
        .map(Movement::account)
        .distinct()
        .filter(
            account ->
                reversal.worth(account)
                    != -undone.worth(account) - (account.equals(Movement.POINTS) ? expired : 0))
        .forEach(
            account -> find("not all of %s was reversed".formatted(account), undone, reversal));
  }

  private void find(String what, Entry... entries) {
    findings.add(what, member.callsOf(entries), List.of(entries));
  }
}
