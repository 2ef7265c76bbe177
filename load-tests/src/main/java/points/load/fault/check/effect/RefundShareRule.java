package points.load.fault.check.effect;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.order.MemberShare;
import points.load.fault.check.order.RefundDetails;
import points.load.fault.check.order.SoldOrder;
import points.load.model.Entry;

/**
 * What a refund says of others than whose lines come back is done to each of them, once: what it
 * takes from them all, and what it gives as far as that has not come back otherwise. Looked at from
 * both sides: from the refund, and from the share.
 */
public final class RefundShareRule {
  private final MemberHistory member;
  private final Findings findings;

  private RefundShareRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    RefundShareRule shares = new RefundShareRule(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.kind() == Entry.Kind.REFUND && RefundDetails.shareOwner(entry) == null) {
        RefundDetails.shares(entry).forEach(share -> shares.arrives(entry, share));
      } else if (entry.kind() == Entry.Kind.REFUND) {
        shares.share(entry, member.history(i, entry.recordedAt()));
      }
    }
  }

  private void arrives(Entry refund, JsonObject share) {
    String owner = share.getString("memberId");
    List<Entry> arrived = member.index().withKey(RefundDetails.shareKey(refund, owner));
    if (arrived.isEmpty() && !hasLeft(owner)) {
      findings.add("the share of another in a refund was lost on the way", refund);
    } else if (arrived.size() > 1) {
      findings.add(
          "the share of another in a refund has come %d times".formatted(arrived.size()),
          Stream.concat(Stream.of(refund), arrived.stream()).toArray(Entry[]::new));
    }
  }

  private boolean hasLeft(String owner) {
    return member.index().merged().from(owner).stream()
        .map(member.index()::entriesOf)
        .anyMatch(all -> all.stream().anyMatch(it -> it.kind() == Entry.Kind.CLOSING));
  }

  private void share(Entry share, List<Entry> before) {
    String owner = String.valueOf(RefundDetails.shareOwner(share));
    Entry refund =
        member.index().ofSameOrder(share).stream()
            .filter(it -> it.kind() == Entry.Kind.REFUND && RefundDetails.shareOwner(it) == null)
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
      findings.add("a share of a refund that there is not", share);
    } else if (!member.index().merged().from(owner).contains(share.memberId())) {
      findings.add("the share of a refund has come to another than it was for", refund, share);
    } else {
      compare(refund, share, planned, before);
    }
  }

  private void compare(Entry refund, Entry share, JsonObject planned, List<Entry> before) {
    // Without the plan of this very share, which is what is left to come.
    MemberShare sold =
        SoldOrder.around(share, before.stream().filter(it -> !it.equals(refund)).toList())
            .shareOf(String.valueOf(RefundDetails.shareOwner(share)));
    JsonObject taken = planned.getJsonObject("takenBack");
    JsonObject given = planned.getJsonObject("givenBack");
    Set<String> accounts = new TreeSet<>(taken.fieldNames());
    accounts.addAll(given.fieldNames());
    share.movements().forEach(it -> accounts.add(it.account()));
    for (String account : accounts) {
      long dueTaken = sold.sales().isEmpty() ? 0 : taken.getLong(account, 0L);
      long dueGiven = Math.min(given.getLong(account, 0L), Math.max(0, sold.left(account)));
      if (RefundDetails.takenBack(share, account) != dueTaken
          || RefundDetails.givenBack(share, account) != dueGiven) {
        findings.add(
            "of %s a share is to take back %d and to give back %d"
                .formatted(account, dueTaken, dueGiven),
            refund,
            share);
      } else if (!RefundDetails.movesStatedSums(share, account)) {
        findings.add("of %s a share moves another sum than it says".formatted(account), share);
      }
    }
  }
}
