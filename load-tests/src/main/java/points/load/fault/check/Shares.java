package points.load.fault.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Parked;

/**
 * What a refund says of others than whose lines come back is done to each of them, once: what it
 * takes from them all, and what it gives as far as that has not come back otherwise. Looked at from
 * both sides: from the refund, and from the share.
 */
final class Shares {
  private final MemberCase member;
  private final Findings findings;

  private Shares(MemberCase member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  static void check(MemberCase member, Findings findings) {
    Shares shares = new Shares(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.kind() == Entry.Kind.REFUND && SoldOrder.shareOwner(entry) == null) {
        planned(entry).forEach(share -> shares.arrives(entry, share));
      } else if (entry.kind() == Entry.Kind.REFUND) {
        shares.share(entry, member.history(i, entry.recordedAt()));
      }
    }
  }

  /** What falls to others by a refund, by their names. */
  static List<JsonObject> planned(Entry refund) {
    return SoldOrder.basis(refund).getJsonArray("others", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .sorted(Comparator.comparing((JsonObject it) -> it.getString("memberId")))
        .toList();
  }

  /** The key of the entry by which a refund reaches another. */
  static String key(Entry refund, String memberId) {
    return Parked.entryKey(
            String.valueOf(refund.origin().storeId()),
            String.valueOf(refund.origin().orderId()),
            refund.extra().part())
        + " for "
        + memberId;
  }

  private void arrives(Entry refund, JsonObject share) {
    String owner = share.getString("memberId");
    List<Entry> arrived = member.whole().withKey(key(refund, owner));
    if (arrived.isEmpty() && !hasLeft(owner)) {
      find("the share of another in a refund was lost on the way", refund);
    } else if (arrived.size() > 1) {
      find(
          "the share of another in a refund has come %d times".formatted(arrived.size()),
          Stream.concat(Stream.of(refund), arrived.stream()).toArray(Entry[]::new));
    }
  }

  private boolean hasLeft(String owner) {
    return member.whole().merged().from(owner).stream()
        .map(member.whole()::entriesOf)
        .anyMatch(all -> all.stream().anyMatch(it -> it.kind() == Entry.Kind.CLOSING));
  }

  private void share(Entry share, List<Entry> before) {
    String owner = String.valueOf(SoldOrder.shareOwner(share));
    Entry refund =
        member.whole().ofSameOrder(share).stream()
            .filter(it -> it.kind() == Entry.Kind.REFUND && SoldOrder.shareOwner(it) == null)
            .filter(it -> key(it, owner).equals(share.key()))
            .findFirst()
            .orElse(null);
    JsonObject planned =
        refund == null
            ? null
            : planned(refund).stream()
                .filter(it -> owner.equals(it.getString("memberId")))
                .findFirst()
                .orElse(null);
    if (refund == null || planned == null) {
      find("a share of a refund that there is not", share);
    } else if (!member.whole().merged().from(owner).contains(share.memberId())) {
      find("the share of a refund has come to another than it was for", refund, share);
    } else {
      compare(refund, share, planned, before);
    }
  }

  private void compare(Entry refund, Entry share, JsonObject planned, List<Entry> before) {
    // Without the plan of this very share, which is what is left to come.
    SoldShare sold =
        SoldOrder.around(share, before.stream().filter(it -> !it.equals(refund)).toList())
            .shareOf(String.valueOf(SoldOrder.shareOwner(share)));
    JsonObject taken = planned.getJsonObject("takenBack");
    JsonObject given = planned.getJsonObject("givenBack");
    Set<String> accounts = new TreeSet<>(taken.fieldNames());
    accounts.addAll(given.fieldNames());
    share.movements().forEach(it -> accounts.add(it.account()));
    for (String account : accounts) {
      long dueTaken = sold.sales().isEmpty() ? 0 : taken.getLong(account, 0L);
      long dueGiven = Math.min(given.getLong(account, 0L), Math.max(0, sold.left(account)));
      if (SoldOrder.back(share, "takenBack", account) != dueTaken
          || SoldOrder.back(share, "givenBack", account) != dueGiven) {
        find(
            "of %s a share is to take back %d and to give back %d"
                .formatted(account, dueTaken, dueGiven),
            refund,
            share);
      } else if (!Undoing.movesWhatItSays(share, account)) {
        find("of %s a share moves another sum than it says".formatted(account), share);
      }
    }
  }

  private void find(String what, Entry... entries) {
    findings.add(what, member.callsOf(entries), List.of(entries));
  }
}
