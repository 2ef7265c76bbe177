package points.load.fault.check.effect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.order.CancelledPoints;
import points.load.fault.check.order.MemberShare;
import points.load.fault.check.order.RefundDetails;
import points.load.fault.check.order.ReturnedParts;
import points.load.fault.check.order.SoldOrder;
import points.load.model.Entry;
import points.load.model.Movement;

/**
 * Refunds take back and give back what is due by then, no more in all than was earned and spent; a
 * reversal is the opposite of one entry, once.
 */
public final class UndoRule {
  private final MemberHistory member;
  private final Findings findings;

  private UndoRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    UndoRule undoing = new UndoRule(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      switch (entries.get(i).kind()) {
        case REFUND -> undoing.refund(entries.get(i), before(member, i));
        case REVERSAL -> undoing.reversal(entries.get(i), before(member, i));
        default -> {}
      }
    }
  }

  private static List<Entry> before(MemberHistory member, int number) {
    return member.history(number, member.entries().get(number).recordedAt());
  }

  private void refund(Entry refund, List<Entry> before) {
    if (RefundDetails.shareOwner(refund) != null) {
      return; // as the refund says of which it is a share
    }
    SoldOrder order = SoldOrder.around(refund, before);
    if (order.isUnknown()) {
      findings.add("something is refunded that was not sold", refund);
      return;
    }
    lines(refund, order);
    ReturnedParts after = order.cameBack();
    after.add(refund);
    if (after.left() < 0) {
      findings.add("more comes back than is left of the order", refund);
      return;
    }
    if (refund.extra().detail().getBoolean("whole", false) != after.isWhole()) {
      findings.add("a refund is whole or not, and says otherwise", refund);
    }
    for (String account : order.mainShare().accounts()) {
      compare(refund, order.mainShare(), account, after);
    }
    JsonArray others = new JsonArray();
    order.members().stream()
        .sorted()
        .filter(it -> !it.equals(order.main()))
        .map(order::shareOf)
        .filter(it -> !it.isNothing(after))
        .forEach(it -> others.add(it.due(after)));
    if (!others.equals(new JsonArray(RefundDetails.shares(refund)))) {
      findings.add("of others of the order is to come back " + others, refund);
    }
  }

  /** Its lines were sold and not named before, and add up to what it says. */
  private void lines(Entry refund, SoldOrder order) {
    ReturnedParts before = order.cameBack();
    boolean named = RefundDetails.basis(refund).getString("by", "LINES").equals("LINES");
    long amount = 0;
    long points = 0;
    for (Entry.Line back : refund.extra().lines()) {
      if (!order.hasLine(back.lineId()) || (named && back.amount() > before.left(back.lineId()))) {
        findings.add(
            "more comes back than is left of line \"%s\"".formatted(back.lineId()), refund);
      }
      amount += back.amount();
      points += back.points();
    }
    Long said = refund.origin().amount();
    if (said == null || said != amount) {
      findings.add("the lines of a refund add up to %d".formatted(amount), refund);
    }
    if (!refund.extra().lines().isEmpty()
        && points != RefundDetails.takenBack(refund, Movement.POINTS)) {
      findings.add("the lines of a refund take back %d points".formatted(points), refund);
    }
  }

  private void compare(Entry refund, MemberShare share, String account, ReturnedParts after) {
    long taken = RefundDetails.takenBack(refund, account);
    long given = RefundDetails.givenBack(refund, account);
    long dueTaken = share.toTake(account, after);
    long dueGiven = share.toGive(account, after);
    if (taken != dueTaken || given != dueGiven) {
      findings.add(
          "of %s %d are to be taken back and %d given back".formatted(account, dueTaken, dueGiven),
          refund);
    }
    if (!RefundDetails.movesStatedSums(refund, account)) {
      findings.add(
          "of %s another sum moves than is taken back and given back".formatted(account), refund);
    }
  }

  private void reversal(Entry reversal, List<Entry> before) {
    Entry undone = before.stream().filter(reversal::refersTo).findFirst().orElse(null);
    if (undone == null) {
      findings.add("a reversal of nothing", reversal);
      return;
    }
    if (SoldOrder.isReversed(undone, before)) {
      findings.add("an entry was reversed twice", undone, reversal);
    }
    if (undone.kind() != Entry.Kind.REFUND && SoldOrder.around(undone, before).isRefunded()) {
      findings.add("an entry was reversed of which a refund stands", undone, reversal);
    }
    if (CancelledPoints.isCancelled(undone, before)) {
      findings.add("an entry was reversed whose points had been cancelled", undone, reversal);
    }
    if (SoldOrder.isMoved(undone, before)) {
      findings.add("an order was reversed that had gone to another", undone, reversal);
    }
    long expired = reversal.extra().detail().getLong("expired", 0L);
    JsonObject lapsed = reversal.extra().detail().getJsonObject("lapsed", new JsonObject());
    undone.movements().stream()
        .map(Movement::account)
        .distinct()
        .filter(
            account ->
                reversal.worth(account)
                    != -undone.worth(account)
                        - (account.equals(Movement.POINTS) ? expired : 0)
                        + lapsed.getLong(account, 0L))
        .forEach(
            account ->
                findings.add("not all of %s was reversed".formatted(account), undone, reversal));
  }
}
