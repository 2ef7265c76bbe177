package points.load.fault.check.history;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Call;
import points.load.fault.history.FeedEvent;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.ParkedRefund;

/** A history and the ledger after it, with all that concerns more than one member. */
public final class HistoryIndex {
  /** The key of an entry that completes another begins with one of these, then names the other. */
  private static final List<String> COMPLETIONS = List.of("transfer of ", "merge of ", "move of ");

  private final Freshness freshness;
  private final Instant began;
  private final Map<String, Entry> byTransaction = new HashMap<>();
  private final Map<String, List<Entry>> byBegin;
  private final Map<String, List<Entry>> byMember;
  private final Map<String, List<FeedEvent>> events;
  private final Map<Entry.Order, List<Entry>> byOrder;
  private final Map<String, List<Entry>> byUndone;
  private final Map<String, List<Entry>> byKey;
  private final Map<String, ParkedRefund> parked = new HashMap<>();
  private final Map<Entry.Order, List<ParkedRefund>> parkedByOrder;
  private final Map<String, MemberHistory> members = new HashMap<>();
  private final MergeChains merges;
  private final PoolMemberships pools;

  /**
   * Indexes a run.
   *
   * @param began the time of day when the history's clock stood at 0
   */
  public HistoryIndex(
      Freshness freshness,
      Instant began,
      List<Call> calls,
      List<FeedEvent> events,
      LedgerSnapshot ledger) {
    this.freshness = freshness;
    this.began = began;
    this.events = events.stream().collect(groupingBy(FeedEvent::memberId));
    List<Entry> entries =
        ledger.entries().stream().sorted(Comparator.comparingLong(Entry::sequence)).toList();
    for (Entry entry : entries) {
      byTransaction.put(entry.transactionId(), entry);
    }
    byMember = entries.stream().collect(groupingBy(Entry::memberId));
    byOrder = by(entries, Entry::order);
    byUndone = by(entries, entry -> Optional.of(entry.undone()).filter(it -> !it.isEmpty()));
    byKey = by(entries, entry -> Optional.ofNullable(entry.key()));
    byBegin = by(entries, HistoryIndex::beginIn);
    for (ParkedRefund refund : ledger.parked()) {
      parked.put(refund.entryKey(), refund);
    }
    parkedByOrder = ledger.parked().stream().collect(groupingBy(ParkedRefund::order));
    merges = new MergeChains(entries);
    pools = new PoolMemberships(calls);
  }

  private static <K> Map<K, List<Entry>> by(List<Entry> entries, Function<Entry, Optional<K>> key) {
    Map<K, List<Entry>> index = new HashMap<>();
    for (Entry entry : entries) {
      key.apply(entry)
          .ifPresent(its -> index.computeIfAbsent(its, it -> new ArrayList<>(2)).add(entry));
    }
    return index;
  }

  /** All members' entries of the same order, and the entries that end or undo one of them. */
  public List<Entry> ofSameOrder(Entry one) {
    List<Entry> all = new ArrayList<>();
    for (Entry entry : one.order().map(byOrder::get).orElse(List.of())) {
      all.add(entry);
      all.addAll(byUndone.getOrDefault(entry.transactionId(), List.of()));
    }
    return all;
  }

  /** The members that have entries of an order. */
  public Set<String> membersOf(Entry.Order order) {
    return byOrder.getOrDefault(order, List.of()).stream()
        .map(Entry::memberId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All members' entries of a key. */
  public List<Entry> withKey(String key) {
    return byKey.getOrDefault(key, List.of());
  }

  /** A member's entries by sequence. */
  public List<Entry> entriesOf(String memberId) {
    return byMember.getOrDefault(memberId, List.of());
  }

  /** A member's events, in the order in which the consumer of the feed got them. */
  List<FeedEvent> eventsOf(String memberId) {
    return events.getOrDefault(memberId, List.of());
  }

  /** Adds a member. */
  public void add(MemberHistory member) {
    members.put(member.memberId(), member);
  }

  /** The history of a member; empty when nothing is known of it. */
  public MemberHistory historyOf(String memberId) {
    return members.computeIfAbsent(
        memberId, id -> new MemberHistory(id, null, entriesOf(id), List.of(), this));
  }

  /** The parked refund that an entry of this key applies; null when there is none. */
  public @Nullable ParkedRefund parked(String entryKey) {
    return parked.get(entryKey);
  }

  /** The parked refunds of the same order, in the order in which they arrived. */
  public List<ParkedRefund> parkedOf(ParkedRefund one) {
    return parkedByOrder.getOrDefault(one.order(), List.of());
  }

  /** The entry of a transaction; null when there is none. */
  public @Nullable Entry entry(@Nullable String transactionId) {
    return byTransaction.get(transactionId);
  }

  /** The times for which members share pools. */
  public PoolMemberships pools() {
    return pools;
  }

  /** The merges of members. */
  public MergeChains merges() {
    return merges;
  }

  Freshness freshness() {
    return freshness;
  }

  /** The time of day at a moment of the history. */
  public Instant timeAt(long moment) {
    return began.plusNanos(moment);
  }

  /** The transfer, merge or move that this entry completes; null when it completes none. */
  public @Nullable Entry beginOf(Entry entry) {
    return beginIn(entry).map(byTransaction::get).orElse(null);
  }

  /** The entries that complete a transfer, a merge or a move. */
  public List<Entry> completionsOf(Entry begin) {
    return byBegin.getOrDefault(begin.transactionId(), List.of());
  }

  /** A key of a completion names the transaction up to a blank, and then perhaps a step of it. */
  private static Optional<String> beginIn(Entry entry) {
    String key = String.valueOf(entry.key());
    return COMPLETIONS.stream()
        .filter(key::startsWith)
        .map(it -> key.substring(it.length()).split(" ", 2)[0])
        .findFirst();
  }
}
