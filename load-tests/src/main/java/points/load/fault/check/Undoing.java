package points.load.fault.check;

import io.vertx.core.json.JsonArray;
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
        case REFUND -> undoing.refund(entries.get(i), before(member, i));
        case REVERSAL -> undoing.reversal(entries.get(i), before(member, i));
        default -> {}
      }
    }
  }

  private static List<Entry> before(MemberCase member, int number) {
    return member.history(number, member.entries().get(number).recordedAt());
  }

  private void refund(Entry refund, List<Entry> before) {
    if (SoldOrder.shareOwner(refund) != null) {
      return; // as the refund says of which it is a share
    }
    SoldOrder order = SoldOrder.around(refund, before);
    if (order.isUnknown()) {
      find("something is refunded that was not sold", refund);
      return;
    }
    lines(refund, order);
    CameBack after = order.cameBack();
    after.add(refund);
    if (after.left() < 0) {
      find("more comes back than is left of the order", refund);
      return;
    }
    if (refund.extra().detail().getBoolean("whole", false) != after.isWhole()) {
      find("a refund is whole or not, and says otherwise", refund);
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
    if (!others.equals(new JsonArray(Shares.planned(refund)))) {
      find("of others of the order is to come back " + others, refund);
    }
  }

  /** Its lines were sold and not named before, and add up to what it says. */
  private void lines(Entry refund, SoldOrder order) {
    CameBack before = order.cameBack();
    boolean named = SoldOrder.basis(refund).getString("by", "LINES").equals("LINES");
    long amount = 0;
    long points = 0;
    for (Entry.Line back : refund.extra().lines()) {
      if (!order.hasLine(back.lineId()) || (named && back.amount() > before.left(back.lineId()))) {
        find("more comes back than is left of line \"%s\"".formatted(back.lineId()), refund);
      }
      amount += back.amount();
      points += back.points();
    }
    Long said = refund.origin().amount();
    if (said == null || said != amount) {
      find("the lines of a refund add up to %d".formatted(amount), refund);
    }
    if (!refund.extra().lines().isEmpty()
        && points != SoldOrder.back(refund, "takenBack", Movement.POINTS)) {
      find("the lines of a refund take back %d points".formatted(points), refund);
    }
  }

  private void compare(Entry refund, SoldShare share, String account, CameBack after) {
    long taken = SoldOrder.back(refund, "takenBack", account);
    long given = SoldOrder.back(refund, "givenBack", account);
    long dueTaken = share.toTake(account, after);
    long dueGiven = share.toGive(account, after);
    if (taken != dueTaken || given != dueGiven) {
      find(
          "of %s %d are to be taken back and %d given back".formatted(account, dueTaken, dueGiven),
          refund);
    }
    if (!movesWhatItSays(refund, account)) {
      find("of %s another sum moves than is taken back and given back".formatted(account), refund);
    }
  }

  /** Whether it moves what it takes back and gives back, less what had expired or is charged. */
  static boolean movesWhatItSays(Entry refund, String account) {
    boolean isPoints = account.equals(Movement.POINTS);
    JsonObject detail = refund.extra().detail();
    long expired = of(refund, "expired", account, isPoints ? detail.getLong("expired", 0L) : 0);
    long lapsed = of(refund, "lapsed", account, 0);
    long charged = isPoints ? detail.getLong("shortfall", 0L) : 0;
    long taken = SoldOrder.back(refund, "takenBack", account);
    long given = SoldOrder.back(refund, "givenBack", account);
    return refund.worth(account) == given - expired - taken + charged + lapsed;
  }

  private static long of(Entry refund, String what, String account, long otherwise) {
    JsonObject sums = SoldOrder.basis(refund).getJsonObject(what);
    return sums == null ? otherwise : sums.getLong(account, 0L);
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
    if (undone.kind() != Entry.Kind.REFUND && SoldOrder.around(undone, before).isRefunded()) {
      find("an entry was reversed of which a refund stands", undone, reversal);
    }
    if (Cancellations.isCancelled(undone, before)) {
      find("an entry was reversed whose points had been cancelled", undone, reversal);
    }
    if (SoldOrder.isMoved(undone, before)) {
      find("an order was reversed that had gone to another", undone, reversal);
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
            account -> find("not all of %s was reversed".formatted(account), undone, reversal));
  }

  private void find(String what, Entry... entries) {
    findings.add(what, member.callsOf(entries), List.of(entries));
  }
}
