package points.load.fault.check.effect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.CancelledPoints;
import points.load.model.Entry;
import points.load.model.MemberShare;
import points.load.model.Movement;
import points.load.model.RefundDetails;
import points.load.model.ReturnedParts;
import points.load.model.SoldOrder;

/**
 * A refund takes and gives what is due by then, and never more in all than was earned and paid. A
 * reversal is the opposite of one entry, once.
 */
public final class UndoRule {
  private final Findings findings;

  private UndoRule(Findings findings) {
    this.findings = findings;
  }

  /** Reports refunds and reversals of other sums than are due. */
  public static void check(MemberHistory member, Findings findings) {
    UndoRule rule = new UndoRule(findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      List<Entry> before =
          entry.isRefund() || entry.kind() == Entry.Kind.REVERSAL
              ? member.history(i, entry.recordedAt())
              : List.of();
      if (entry.isRefund() && RefundDetails.shareOwner(entry) == null) {
        rule.checkRefund(entry, before);
      } else if (entry.kind() == Entry.Kind.REVERSAL) {
        rule.checkReversal(entry, before);
      }
    }
  }

  private void checkRefund(Entry refund, List<Entry> before) {
    SoldOrder order = SoldOrder.around(refund, before);
    if (order.isUnknown()) {
      findings.add("something is refunded that was not sold", refund);
      return;
    }
    checkLines(refund, order);
    ReturnedParts after = order.returned();
    SoldOrder.add(refund, after);
    if (after.left() < 0) {
      findings.add("more is refunded than is left of the order", refund);
      return;
    }
    if (refund.extra().detail().getBoolean("whole", false) != after.isWhole()) {
      findings.add("a refund states wrongly whether it is whole", refund);
    }
    MemberShare main = order.mainShare();
    main.accounts().forEach(account -> checkSums(refund, main, account, after));
    JsonArray others = new JsonArray();
    order.members().stream()
        .sorted()
        .filter(it -> !it.equals(order.main()))
        .map(order::shareOf)
        .filter(it -> !it.isNothing(after))
        .forEach(it -> others.add(it.due(after)));
    if (!others.equals(new JsonArray(RefundDetails.shares(refund)))) {
      findings.add("the shares of other members should be " + others, refund);
    }
  }

  /** The lines of a refund were sold and not returned before, and add up to its amount. */
  private void checkLines(Entry refund, SoldOrder order) {
    ReturnedParts before = order.returned();
    boolean named = RefundDetails.basis(refund).getString("by", "LINES").equals("LINES");
    for (Entry.Line back : refund.lines()) {
      if (!order.hasLine(back.lineId()) || (named && back.amount() > before.left(back.lineId()))) {
        findings.add(
            "more is refunded than is left of line \"%s\"".formatted(back.lineId()), refund);
      }
    }
    long amount = refund.lines().stream().mapToLong(Entry.Line::amount).sum();
    long points = refund.lines().stream().mapToLong(Entry.Line::points).sum();
    if (refund.amount().orElse(-1L) != amount) {
      findings.add("the lines of a refund add up to %d".formatted(amount), refund);
    }
    if (!refund.lines().isEmpty() && points != RefundDetails.takenBack(refund, Movement.POINTS)) {
      findings.add("the lines of a refund take back %d points".formatted(points), refund);
    }
  }

  private void checkSums(Entry refund, MemberShare share, String account, ReturnedParts after) {
    long toTake = share.toTake(account, after);
    long toGive = share.toGive(account, after);
    if (RefundDetails.takenBack(refund, account) != toTake
        || RefundDetails.givenBack(refund, account) != toGive) {
      findings.add(
          "of %s %d are to be taken back and %d given back".formatted(account, toTake, toGive),
          refund);
    }
    if (!RefundDetails.movesStatedSums(refund, account)) {
      findings.add("a refund moves other sums of %s than it states".formatted(account), refund);
    }
  }

  private void checkReversal(Entry reversal, List<Entry> before) {
    Entry undone = before.stream().filter(reversal::refersTo).findFirst().orElse(null);
    if (undone == null) {
      findings.add("a reversal of nothing", reversal);
      return;
    }
    if (SoldOrder.isReversed(undone, before)) {
      findings.add("an entry was reversed twice", undone, reversal);
    }
    if (!undone.isRefund() && SoldOrder.around(undone, before).isRefunded()) {
      findings.add("an entry was reversed while a refund of it stands", undone, reversal);
    }
    if (CancelledPoints.isCancelled(undone, before)) {
      findings.add("an entry was reversed whose points were cancelled", undone, reversal);
    }
    if (SoldOrder.isMoved(undone, before)) {
      findings.add("an order was reversed that was moved to another member", undone, reversal);
    }
    undone.movements().stream()
        .map(Movement::account)
        .distinct()
        .filter(account -> reversal.worth(account) != opposite(undone, reversal, account))
        .forEach(
            account ->
                findings.add("not all of %s was reversed".formatted(account), undone, reversal));
  }

  private static long opposite(Entry undone, Entry reversal, String account) {
    JsonObject detail = reversal.extra().detail();
    long expired = account.equals(Movement.POINTS) ? detail.getLong("expired", 0L) : 0;
    long lapsed = detail.getJsonObject("lapsed", new JsonObject()).getLong(account, 0L);
    return -undone.worth(account) - expired + lapsed;
  }
}
