package points.load.fault.check;

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
import points.load.fault.ledger.Books;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Parked;

/** What members have to do with each other, and what holds for all of them. */
final class Whole {
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
  private final Map<String, MemberCase> cases = new HashMap<>();
  private final Map<String, Parked> parked = new HashMap<>();
  private final Map<List<String>, List<Parked>> parkedByOrder = new HashMap<>();
  private final Merged merged;
  private final Pools pools;

  /**
   * @param began when the history's clock stood at 0
   */
  Whole(Freshness freshness, Instant began, List<Call> calls, Books books) {
    this.freshness = freshness;
    this.began = began;
    this.merged = new Merged(books.entries());
    this.pools = new Pools(calls);
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
  List<Entry> ofSameOrder(Entry one) {
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
  Set<String> membersOf(String storeId, String orderId) {
    return byOrder.getOrDefault(List.of(storeId, orderId), List.of()).stream()
        .map(Entry::memberId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The entries of a key, whoever's they are. */
  List<Entry> withKey(String key) {
    return byKey.getOrDefault(key, List.of());
  }

  /** A member's entries by sequence. */
  List<Entry> entriesOf(String memberId) {
    return byMember.getOrDefault(memberId, List.of());
  }

  void add(MemberCase member) {
    cases.put(member.memberId(), member);
  }

  /** That of somebody of whom nothing is known is empty. */
  MemberCase caseOf(String memberId) {
    return cases.computeIfAbsent(
        memberId, id -> new MemberCase(id, null, entriesOf(id), List.of(), this));
  }

  /** The refund that was parked and comes to an entry of this key; null when none was. */
  @Nullable Parked parked(String entryKey) {
    return parked.get(entryKey);
  }

  private void add(Parked refund) {
    parked.put(refund.entryKey(), refund);
    parkedByOrder.computeIfAbsent(orderOf(refund), it -> new ArrayList<>(2)).add(refund);
  }

  private static List<String> orderOf(Parked refund) {
    return List.of(refund.storeId(), refund.orderId());
  }

  /** The refunds of an order that were parked, in the order in which they came. */
  List<Parked> parkedOf(Parked one) {
    return parkedByOrder.getOrDefault(orderOf(one), List.of());
  }

  /** Null when there is none of this name. */
  @Nullable Entry entry(@Nullable String transactionId) {
    return byTransaction.get(transactionId);
  }

  /** Who shares which points. */
  Pools pools() {
    return pools;
  }

  /** Who was merged into whom. */
  Merged merged() {
    return merged;
  }

  Freshness freshness() {
    return freshness;
  }

  /** The time of day at a moment of the history. */
  Instant timeAt(long moment) {
    return began.plusNanos(moment);
  }

  /** The entry of which one with this key is an outcome; null when there is none. */
  @Nullable Entry beginOf(String key) {
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
  List<Entry> outcomesOf(String transactionId) {
    return outcomes.getOrDefault(transactionId, List.of());
  }
}
