package points.load.fault.check.effect;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.HistoryIndex;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.MemberShare;
import points.load.model.RefundDetails;
import points.load.model.SoldOrder;

/**
 * The share of another member in a refund is carried out once. It takes all that it states, and
 * gives only what was not given back otherwise. For example, B paid 30 points for an order of A. A
 * refund of the whole order is booked on A and gives B's share, 30 points, by an entry on B.
 */
public final class RefundShareRule {
  private final HistoryIndex index;
  private final Findings findings;

  private RefundShareRule(HistoryIndex index, Findings findings) {
    this.index = index;
    this.findings = findings;
  }

  /** Reports shares that are lost, doubled or changed. */
  public static void check(MemberHistory member, Findings findings) {
    RefundShareRule rule = new RefundShareRule(member.index(), findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      String owner = RefundDetails.shareOwner(entry);
      if (entry.isRefund() && owner == null) {
        RefundDetails.shares(entry)
            .forEach(share -> rule.isCarriedOut(entry, share.getString("memberId")));
      } else if (entry.isRefund() && owner != null) {
        rule.checkShare(entry, owner, member.history(i, entry.recordedAt()));
      }
    }
  }

  private void isCarriedOut(Entry refund, String owner) {
    List<Entry> carriedOut = index.withKey(RefundDetails.shareKey(refund, owner));
    if (carriedOut.isEmpty() && !isClosed(owner)) {
      findings.add("the share of another member in a refund was lost", refund);
    } else if (carriedOut.size() > 1) {
      findings.add(
          "the share of another member in a refund was booked %d times"
              .formatted(carriedOut.size()),
          Stream.concat(Stream.of(refund), carriedOut.stream()).toList());
    }
  }

  private boolean isClosed(String owner) {
    return index.merges().from(owner).stream()
        .flatMap(it -> index.entriesOf(it).stream())
        .anyMatch(it -> it.kind() == Entry.Kind.CLOSING);
  }

  private void checkShare(Entry share, String owner, List<Entry> before) {
    Entry refund =
        index.ofSameOrder(share).stream()
            .filter(it -> it.isRefund() && RefundDetails.shareOwner(it) == null)
            .filter(it -> RefundDetails.shareKey(it, owner).equals(share.key()))
            .findFirst()
            .orElse(null);
    JsonObject planned =
        refund == null
            ? null
            : RefundDetails.shares(refund).stream()
                .filter(it -> owner.equals(it.getString("memberId")))
                .findFirst()
                .orElse(null);
    if (refund == null || planned == null) {
      findings.add("a share was booked of a refund that does not exist", share);
    } else if (!Delivery.isMeantFor(owner, share, index)) {
      findings.add("the share of a refund was booked on another member", refund, share);
    } else {
      // The plan of this very share says what is left to come, so it must not count.
      List<Entry> others = before.stream().filter(it -> !it.equals(refund)).toList();
      compare(refund, share, planned, SoldOrder.around(share, others).shareOf(owner));
    }
  }

  private void compare(Entry refund, Entry share, JsonObject planned, MemberShare sold) {
    JsonObject taken = planned.getJsonObject("takenBack");
    JsonObject given = planned.getJsonObject("givenBack");
    Set<String> accounts = new TreeSet<>(taken.fieldNames());
    accounts.addAll(given.fieldNames());
    share.movements().forEach(it -> accounts.add(it.account()));
    for (String account : accounts) {
      long toTake = sold.sales().isEmpty() ? 0 : taken.getLong(account, 0L);
      long toGive = Math.min(given.getLong(account, 0L), Math.max(0, sold.left(account)));
      if (RefundDetails.takenBack(share, account) != toTake
          || RefundDetails.givenBack(share, account) != toGive) {
        findings.add(
            "of %s a share is to take back %d and to give back %d"
                .formatted(account, toTake, toGive),
            refund,
            share);
      } else if (!RefundDetails.movesStatedSums(share, account)) {
        findings.add("a share moves other sums of %s than it states".formatted(account), share);
      }
    }
  }
}
