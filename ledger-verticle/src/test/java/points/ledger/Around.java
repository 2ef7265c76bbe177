package points.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;

/** Finds the entries that a command cannot be decided without among all that there are. */
public final class Around {

  private Around() {}

  /** As the ledger finds them when the member stands at this sequence. */
  public static EntryHistory history(
      MemberKey member, HistoryQuery needed, long asOf, Collection<Entry> all) {
    List<Entry> found =
        of(needed, all).stream()
            .filter(it -> !it.member().equals(member) || it.sequence() <= asOf)
            .toList();
    return new EntryHistory(needed, asOf, found);
  }

  /**
   * Those that are asked for, those that refer to them, what became of them in merges since, and
   * the expiries of all members that had their points, with what lapsed of these.
   */
  public static List<Entry> of(HistoryQuery needed, Collection<Entry> all) {
    List<Entry> found = around(needed, all);
    Set<MemberKey> members = new HashSet<>();
    found.forEach(it -> members.add(it.member()));
    List<Entry> merges = merges(members, all);
    return Stream.of(
            found.stream(),
            merges.stream(),
            merges.stream().flatMap(in -> all.stream().filter(it -> refers(it, in))),
            all.stream()
                .filter(it -> members.contains(it.member()))
                .filter(it -> it.kind() == Entry.Kind.EXPIRY || isLapse(it, all)))
        .flatMap(it -> it)
        .distinct()
        .toList();
  }

  private static boolean isLapse(Entry entry, Collection<Entry> all) {
    return !LapsedLot.of(entry).isEmpty()
        && all.stream().noneMatch(it -> it.kind() == Entry.Kind.REVERSAL && refers(it, entry))
        && all.stream().noneMatch(it -> it.kind() == Entry.Kind.MOVE_OUT && moves(it, entry));
  }

  /** The merges of members and of those into which they were merged, and what those brought. */
  private static List<Entry> merges(Set<MemberKey> members, Collection<Entry> all) {
    List<Entry> merges =
        all.stream()
            .filter(it -> it.kind() == Entry.Kind.MERGE_OUT || it.kind() == Entry.Kind.MERGE_IN)
            .toList();
    boolean more = true;
    while (more) {
      more = false;
      for (Entry it : merges) {
        if (it.kind() == Entry.Kind.MERGE_OUT && members.contains(it.member())) {
          String into = Objects.requireNonNull(it.counterpart());
          more |= members.add(new MemberKey(it.member().programId(), into));
        }
      }
    }
    return merges.stream().filter(it -> members.contains(it.member())).toList();
  }

  private static List<Entry> around(HistoryQuery needed, Collection<Entry> all) {
    if (needed instanceof HistoryQuery.OfOrder order) {
      List<Entry> ordered = all.stream().filter(it -> isOf(order, it)).toList();
      return Stream.concat(
              ordered.stream(),
              all.stream().filter(it -> ordered.stream().anyMatch(one -> refers(it, one))))
          .distinct()
          .toList();
    }
    var one = (HistoryQuery.OfEntry) needed;
    String id = one.member().memberId() + "-" + one.sequence();
    List<Entry> found =
        all.stream()
            .filter(it -> it.member().programId().equals(one.member().programId()))
            .filter(it -> it.transactionId().equals(id) || id.equals(it.refersToId()))
            .toList();
    Stream<Entry> ofItsOrder =
        found.stream()
            .filter(it -> it.transactionId().equals(id) && it.origin().orderId() != null)
            .flatMap(
                it ->
                    around(
                        new HistoryQuery.OfOrder(
                            it.member().programId(),
                            String.valueOf(it.origin().storeId()),
                            String.valueOf(it.origin().orderId())),
                        all)
                        .stream());
    return Stream.concat(found.stream(), ofItsOrder).distinct().toList();
  }

  private static boolean isOf(HistoryQuery.OfOrder order, Entry entry) {
    return entry.member().programId().equals(order.programId())
        && order.storeId().equals(entry.origin().storeId())
        && order.orderId().equals(entry.origin().orderId());
  }

  private static boolean moves(Entry out, Entry sale) {
    return out.member().equals(sale.member()) && sale.transactionId().equals(out.part());
  }

  private static boolean refers(Entry one, Entry other) {
    return one.member().programId().equals(other.member().programId())
        && other.transactionId().equals(one.refersToId());
  }
}
