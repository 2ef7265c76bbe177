package points.load.fault.check.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Call;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.ParkedRefund;

/** What members have to do with each other, and what holds for all of them. */
public final class HistoryIndex {
  /** By these begins the key of whatever becomes of what went out; then comes what it became of. */
  private static final List<String> BEGINNINGS = List.of("transfer of ", "merge of ", "move of ");

  private final Freshness freshness;
  private final Instant began;
  private final Map<String, Entry> byTransaction = new HashMap<>();
  private final Map<String, List<Entry>> outcomes = new HashMap<>();
  private final Map<String, List<Entry>> byMember = new HashMap<>();
  private final Map<List<String>, List<Entry>> byOrder = new HashMap<>();
  private final Map<String, List<Entry>> byReference = new HashMap<>();
  private final Map<String, List<Entry>> byKey = new HashMap<>();
  private final Map<String, MemberHistory> histories = new HashMap<>();
  private final Map<String, ParkedRefund> parked = new HashMap<>();
  private final Map<List<String>, List<ParkedRefund>> parkedByOrder = new HashMap<>();
  private final MergeChains merged;
  private final PoolMemberships pools;

  /**
   * @param began when the history's clock stood at 0
   */
  public HistoryIndex(Freshness freshness, Instant began, List<Call> calls, LedgerSnapshot books) {
    this.freshness = freshness;
    this.began = began;
    this.merged = new MergeChains(books.entries());
    this.pools = new PoolMemberships(calls);
    books.parked().forEach(this::add);
    for (Entry entry : books.entries()) {
      byTransaction.put(entry.transactionId(), entry);
      byMember.computeIfAbsent(entry.memberId(), it -> new ArrayList<>()).add(entry);
      index(entry);
      String out = entry.key() == null ? "" : outIn(entry.key());
      if (!out.isEmpty()) {
        outcomes.computeIfAbsent(out, it -> new ArrayList<>(1)).add(entry);
      }
    }
    byMember.values().forEach(own -> own.sort(Comparator.comparingLong(Entry::sequence)));
  }

  private void index(Entry entry) {
    if (entry.origin().orderId() != null) {
      byOrder.computeIfAbsent(orderOf(entry), it -> new ArrayList<>(2)).add(entry);
    }
    if (!entry.undone().isEmpty()) {
      byReference.computeIfAbsent(entry.undone(), it -> new ArrayList<>(1)).add(entry);
    }
    if (entry.key() != null) {
      byKey.computeIfAbsent(entry.key(), it -> new ArrayList<>(1)).add(entry);
    }
  }

  private static List<String> orderOf(Entry entry) {
    return List.of(
        String.valueOf(entry.origin().storeId()), String.valueOf(entry.origin().orderId()));
  }

  /**
   * The entries of an order, whoever's they are, and those that end or undo one of them.
   *
   * @param one of them
   */
  public List<Entry> ofSameOrder(Entry one) {
    List<Entry> all = new ArrayList<>();
    if (one.origin().orderId() != null) {
      for (Entry entry : byOrder.getOrDefault(orderOf(one), List.of())) {
        all.add(entry);
        all.addAll(byReference.getOrDefault(entry.transactionId(), List.of()));
      }
    }
    return all;
  }

  /** Who has entries of an order. */
  public Set<String> membersOf(String storeId, String orderId) {
    return byOrder.getOrDefault(List.of(storeId, orderId), List.of()).stream()
        .map(Entry::memberId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The entries of a key, whoever's they are. */
  public List<Entry> withKey(String key) {
    return byKey.getOrDefault(key, List.of());
  }

  /** A member's entries by sequence. */
  public List<Entry> entriesOf(String memberId) {
    return byMember.getOrDefault(memberId, List.of());
  }

  public void add(MemberHistory member) {
    histories.put(member.memberId(), member);
  }

  /** That of somebody of whom nothing is known is empty. */
  public MemberHistory historyOf(String memberId) {
    return histories.computeIfAbsent(
        memberId, id -> new MemberHistory(id, null, entriesOf(id), List.of(), this));
  }

  /** The refund that was parked and comes to an entry of this key; null when none was. */
  public @Nullable ParkedRefund parked(String entryKey) {
    return parked.get(entryKey);
  }

  private void add(ParkedRefund refund) {
    parked.put(refund.entryKey(), refund);
    parkedByOrder.computeIfAbsent(orderOf(refund), it -> new ArrayList<>(2)).add(refund);
  }

  private static List<String> orderOf(ParkedRefund refund) {
    return List.of(refund.storeId(), refund.orderId());
  }

  /** The refunds of an order that were parked, in the order in which they came. */
  public List<ParkedRefund> parkedOf(ParkedRefund one) {
    return parkedByOrder.getOrDefault(orderOf(one), List.of());
  }

  /** Null when there is none of this name. */
  public @Nullable Entry entry(@Nullable String transactionId) {
    return byTransaction.get(transactionId);
  }

  /** Who shares which points. */
  public PoolMemberships pools() {
    return pools;
  }

  /** Who was merged into whom. */
  public MergeChains merged() {
    return merged;
  }

  public Freshness freshness() {
    return freshness;
  }

  /** The time of day at a moment of the history. */
  public Instant timeAt(long moment) {
    return began.plusNanos(moment);
  }

  /** The entry of which one with this key is an outcome; null when there is none. */
  public @Nullable Entry beginOf(String key) {
    return byTransaction.get(outIn(key));
  }

  /** The transaction that went out: up to the next blank, after which a step of it may be named. */
  private static String outIn(String key) {
    for (String beginning : BEGINNINGS) {
      if (key.startsWith(beginning)) {
        int end = key.indexOf(' ', beginning.length());
        return key.substring(beginning.length(), end < 0 ? key.length() : end);
      }
    }
    return "";
  }

  /** What became of the transfer, merge or move that this transaction began. */
  public List<Entry> outcomesOf(String transactionId) {
    return outcomes.getOrDefault(transactionId, List.of());
  }
}
