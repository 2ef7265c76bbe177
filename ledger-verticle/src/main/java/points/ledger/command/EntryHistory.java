package points.ledger.command;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;

/**
 * Entries that were asked for, all there were when the member stood at a sequence.
 *
 * @param asOf the member's sequence then
 * @param entries by member and sequence; those of the member are not newer than {@code asOf}
 * @param elsewhere entries that undid something else, by which points of expired lots lapsed
 */
public record EntryHistory(
    HistoryQuery needed, long asOf, List<Entry> entries, List<Entry> elsewhere) {

  /**
   * Separates the entries that were asked for from those that were found because a lot has expired.
   *
   * @param found all of them
   */
  public EntryHistory(HistoryQuery needed, long asOf, List<Entry> found) {
    this(needed, asOf, part(needed, found, false), part(needed, found, true));
  }

  private static List<Entry> part(HistoryQuery needed, List<Entry> found, boolean elsewhere) {
    return found.stream()
        .filter(it -> elsewhere == (!LapsedLot.of(it).isEmpty() && !isOf(needed, it, found)))
        .toList();
  }

  private static boolean isOf(HistoryQuery needed, Entry entry, List<Entry> found) {
    return isOfItself(needed, entry, found)
        || found.stream()
            .filter(it -> it.transactionId().equals(entry.refersToId()))
            .anyMatch(it -> isOfItself(needed, it, found));
  }

  private static boolean isOfItself(HistoryQuery needed, Entry entry, List<Entry> found) {
    if (needed instanceof HistoryQuery.OfOrder order) {
      return order.storeId().equals(entry.origin().storeId())
          && order.orderId().equals(entry.origin().orderId());
    }
    var wanted = (HistoryQuery.OfEntry) needed;
    return found.stream()
        .filter(it -> it.sequence() == wanted.sequence() && it.member().equals(wanted.member()))
        .anyMatch(it -> it.equals(entry) || isOfOneOrder(it, entry));
  }

  private static boolean isOfOneOrder(Entry one, Entry other) {
    return one.origin().orderId() != null
        && Objects.equals(one.origin().orderId(), other.origin().orderId())
        && Objects.equals(one.origin().storeId(), other.origin().storeId());
  }

  public Optional<Entry> find(MemberKey member, long sequence) {
    return entries.stream()
        .filter(it -> it.sequence() == sequence && it.member().equals(member))
        .findFirst();
  }

  /** The entry that ended what this one had set aside. */
  public Optional<Entry> endOf(Entry entry) {
    return referringTo(entry).filter(it -> it.kind() != Entry.Kind.REVERSAL).findFirst();
  }

  /** The entry by which this sale went over to another member. */
  public Optional<Entry> moveOf(Entry sale) {
    return entries.stream()
        .filter(it -> it.kind() == Entry.Kind.MOVE_OUT && it.member().equals(sale.member()))
        .filter(it -> it.part().equals(sale.transactionId()))
        .findFirst();
  }

  /** Returns whether a sale has left a member and not come to another, nor back. */
  public boolean hasSaleOnItsWay() {
    return entries.stream()
        .filter(it -> it.kind() == Entry.Kind.MOVE_OUT)
        .anyMatch(
            out ->
                entries.stream()
                    .filter(it -> it.kind() != Entry.Kind.MOVE_OUT)
                    .filter(it -> it.detail() instanceof Detail.MovedSale)
                    .noneMatch(it -> it.part().equals(out.transactionId())));
  }

  /** The entry that undid this one, of its member or of one into which that was merged. */
  public Optional<Entry> reversalOf(Entry entry) {
    return referringTo(entry).filter(it -> it.kind() == Entry.Kind.REVERSAL).findFirst();
  }

  /** Returns whether the points that this entry earned were pending and never became effective. */
  public boolean isCancelled(Entry entry) {
    return cancellationOf(entry).isPresent();
  }

  /** The entry that took back what this one had set aside, under whatever member that was. */
  public Optional<Entry> cancellationOf(Entry entry) {
    return Stream.concat(Stream.of(entry), mergedIn(entry))
        .flatMap(it -> endOf(it).stream())
        .filter(it -> it.kind() == Entry.Kind.CANCELLATION)
        .findFirst();
  }

  /** The entries by which what this one had set aside came to others, in merges since. */
  private Stream<Entry> mergedIn(Entry earner) {
    return !earner.isPending()
        ? Stream.empty()
        : entries.stream()
            .filter(it -> it.kind() == Entry.Kind.MERGE_IN && it.isPending())
            .filter(it -> it.pendingFor().isSameOrder(earner.pendingFor()));
  }

  /** The member, and those into which it was merged since, one after the other. */
  public Set<MemberKey> goesOnAs(MemberKey member) {
    var all = new LinkedHashSet<MemberKey>();
    Optional<MemberKey> next = Optional.of(member);
    while (next.isPresent() && all.add(next.get())) {
      next = mergeOf(next.get());
    }
    return all;
  }

  /**
   * Returns the members that had a member's points, one after the other.
   *
   * <p>They are the member itself, and those into which it was merged; each with the sequence of
   * the entry by which the points came, zero for the member itself.
   */
  public Map<MemberKey, Long> holders(MemberKey member) {
    var all = new LinkedHashMap<MemberKey, Long>();
    MemberKey from = null;
    for (MemberKey holder : goesOnAs(member)) {
      all.put(holder, from == null ? 0 : arrivalOf(from, holder));
      from = holder;
    }
    return all;
  }

  /** Until a merge has arrived, nothing of it can have expired there. */
  private long arrivalOf(MemberKey from, MemberKey into) {
    return entries.stream()
        .filter(it -> it.kind() == Entry.Kind.MERGE_IN && it.member().equals(into))
        .filter(it -> from.memberId().equals(it.counterpart()))
        .mapToLong(Entry::sequence)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private Optional<MemberKey> mergeOf(MemberKey member) {
    return entries.stream()
        .filter(it -> it.kind() == Entry.Kind.MERGE_OUT && it.member().equals(member))
        .map(it -> new MemberKey(member.programId(), String.valueOf(it.counterpart())))
        .findFirst();
  }

  /** Returns the number of entries other than expiries. */
  public long size() {
    return entries.stream().filter(it -> it.kind() != Entry.Kind.EXPIRY).count();
  }

  /**
   * Returns the expired points of a member that lapsed, by all commands that were undone and stand.
   */
  public Stream<LapsedLot> lapsedOf(MemberKey member) {
    return Stream.concat(entries.stream(), elsewhere.stream())
        .filter(it -> !LapsedLot.of(it).isEmpty())
        .filter(it -> reversalOf(it).isEmpty() && moveOf(it).isEmpty())
        .flatMap(
            it ->
                LapsedLot.of(it).stream()
                    .filter(
                        lot ->
                            Objects.requireNonNullElse(lot.of(), it.member().memberId())
                                .equals(member.memberId())));
  }

  private Stream<Entry> referringTo(Entry entry) {
    String id = entry.transactionId();
    return entries.stream().filter(it -> id.equals(it.refersToId()));
  }
}
