package points.ledger;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import points.ledger.domain.Entry;
import points.ledger.domain.History;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Needed;

/** Finds the entries that a command cannot be decided without among all that there are. */
public final class Around {

  private Around() {}

  /** As the ledger finds them when the member stands at this sequence. */
  public static History history(MemberKey member, Needed needed, long asOf, Collection<Entry> all) {
    List<Entry> found =
        of(needed, all).stream()
            .filter(it -> !it.member().equals(member) || it.sequence() <= asOf)
            .toList();
    return new History(needed, asOf, found);
  }

  /** Those that are asked for, those that refer to them, and the expiries of their members. */
  public static List<Entry> of(Needed needed, Collection<Entry> all) {
    List<Entry> found = around(needed, all);
    return Stream.concat(
            found.stream(),
            all.stream()
                .filter(it -> it.kind() == Entry.Kind.EXPIRY)
                .filter(it -> found.stream().anyMatch(one -> one.member().equals(it.member()))))
        .distinct()
        .toList();
  }

  private static List<Entry> around(Needed needed, Collection<Entry> all) {
    if (needed instanceof Needed.OfOrder order) {
      List<Entry> ordered = all.stream().filter(it -> isOf(order, it)).toList();
      return Stream.concat(
              ordered.stream(),
              all.stream().filter(it -> ordered.stream().anyMatch(one -> refers(it, one))))
          .distinct()
          .toList();
    }
    var one = (Needed.OfEntry) needed;
    List<Entry> found =
        all.stream()
            .filter(it -> it.member().equals(one.member()))
            .filter(
                it ->
                    it.sequence() == one.sequence()
                        || (it.refersTo() != null && it.refersTo() == one.sequence()))
            .toList();
    Stream<Entry> ofItsOrder =
        found.stream()
            .filter(it -> it.sequence() == one.sequence() && it.origin().orderId() != null)
            .flatMap(
                it ->
                    around(
                        new Needed.OfOrder(
                            it.member().programId(),
                            String.valueOf(it.origin().storeId()),
                            String.valueOf(it.origin().orderId())),
                        all)
                        .stream());
    return Stream.concat(found.stream(), ofItsOrder).distinct().toList();
  }

  private static boolean isOf(Needed.OfOrder order, Entry entry) {
    return entry.member().programId().equals(order.programId())
        && order.storeId().equals(entry.origin().storeId())
        && order.orderId().equals(entry.origin().orderId());
  }

  private static boolean refers(Entry one, Entry other) {
    return one.member().equals(other.member())
        && one.refersTo() != null
        && one.refersTo() == other.sequence();
  }
}
