package points.load.fault.check.history;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Call;
import points.load.fault.history.FeedEvent;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.EntryFold;
import points.load.model.MemberState;

/** One member: the calls on it, its entries, and its row in PostgreSQL. */
public final class MemberHistory {
  private final String memberId;
  private final @Nullable MemberState row;
  private final List<Entry> entries;
  private final List<Call> calls;
  private final List<RequestCalls> requests;
  private final Map<String, RequestCalls> byEntryKey;
  private final Map<String, List<Entry>> entriesOf;
  private final HistoryIndex index;
  private final List<MemberState> states;

  /** The entries of all members that were merged into this one; then its own. */
  private final List<Entry> lineage;

  private @Nullable List<Entry> ofOthers;
  private @Nullable Timeline timeline;

  /**
   * Takes one member's part of a run.
   *
   * @param entries by sequence
   */
  public MemberHistory(
      String memberId,
      @Nullable MemberState row,
      List<Entry> entries,
      List<Call> calls,
      HistoryIndex index) {
    this.memberId = memberId;
    this.row = row;
    this.entries = List.copyOf(entries);
    this.calls = List.copyOf(calls);
    this.index = index;
    this.states = EntryFold.states(memberId, this.entries);
    this.lineage =
        Stream.concat(
                index.merges().upTo(memberId).stream().flatMap(it -> index.entriesOf(it).stream()),
                entries.stream())
            .toList();
    this.requests = requestsOf(calls);
    this.byEntryKey = byEntryKey(requests);
    this.entriesOf = byRequest(entries, byEntryKey);
  }

  private static List<RequestCalls> requestsOf(List<Call> calls) {
    return calls.stream()
        .filter(call -> call.key() != null && !(call.operation() instanceof Operation.Balance))
        .sorted(Comparator.comparingLong(Call::begin))
        .collect(groupingBy(Call::key, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(it -> new RequestCalls(it.getKey(), it.getValue()))
        .toList();
  }

  private static Map<String, RequestCalls> byEntryKey(List<RequestCalls> requests) {
    Map<String, RequestCalls> byKey = new HashMap<>();
    requests.forEach(request -> request.entryKeys().forEach(it -> byKey.put(it, request)));
    return byKey;
  }

  private static Map<String, List<Entry>> byRequest(
      List<Entry> entries, Map<String, RequestCalls> byEntryKey) {
    return entries.stream()
        .filter(entry -> entry.key() != null && byEntryKey.containsKey(entry.key()))
        .collect(groupingBy(entry -> Objects.requireNonNull(byEntryKey.get(entry.key())).key()));
  }

  /** The member's id. */
  public String memberId() {
    return memberId;
  }

  /** The row in PostgreSQL; null when there is none. */
  public @Nullable MemberState row() {
    return row;
  }

  /** The events of the feed, in the order in which its consumer got them. */
  public List<FeedEvent> events() {
    return index.eventsOf(memberId);
  }

  /** The entries by sequence. */
  public List<Entry> entries() {
    return entries;
  }

  /** The entries, after those of the members that were merged into this one. */
  public List<Entry> lineage() {
    return lineage;
  }

  /**
   * The entries of which an order may consist. They are the first {@code own} of this member, those
   * of the members that were merged into it, and those of other members on the same orders.
   *
   * @param by the time up to which other members' entries count
   */
  public List<Entry> history(int own, Instant by) {
    List<Entry> mine = lineage.subList(0, lineage.size() - entries.size() + own);
    List<Entry> others = ofOthers();
    return others.isEmpty()
        ? mine
        : Stream.concat(others.stream().filter(it -> !it.recordedAt().isAfter(by)), mine.stream())
            .toList();
  }

  private List<Entry> ofOthers() {
    if (ofOthers == null) {
      Set<String> own = new HashSet<>(index.merges().upTo(memberId));
      own.add(memberId);
      ofOthers =
          lineage.stream()
              .flatMap(it -> index.ofSameOrder(it).stream())
              .filter(it -> !own.contains(it.memberId()))
              .distinct()
              .toList();
    }
    return ofOthers;
  }

  /** The times at which each state may have been the newest. */
  public Timeline timeline() {
    if (timeline == null) {
      timeline = new Timeline(this);
    }
    return timeline;
  }

  /** The requests on this member, by the beginning of their first calls. */
  public Collection<RequestCalls> requests() {
    return requests;
  }

  /** The request that made an entry; null when no caller asked for it. */
  public @Nullable RequestCalls request(Entry entry) {
    return entry.key() == null ? null : byEntryKey.get(entry.key());
  }

  /** The entries of a request, by sequence. */
  public List<Entry> entriesOf(RequestCalls request) {
    return entriesOf.getOrDefault(request.key(), List.of());
  }

  /** The move that was done before under another key, when the same is asked for again. */
  public Optional<Entry> doneBefore(RequestCalls request) {
    return request.operation() instanceof Operation.Move move
        ? entries.stream()
            .filter(it -> it.kind() == Entry.Kind.MOVE_OUT)
            .filter(it -> it.extra().part().equals(move.transactionId()))
            .filter(it -> move.to().equals(it.extra().detail().getString("memberId")))
            .findFirst()
        : Optional.empty();
  }

  /** All calls on this member. */
  public List<Call> calls() {
    return calls;
  }

  /** The entries of each key. */
  public Map<String, List<Entry>> entriesByKey() {
    return entries.stream().filter(entry -> entry.key() != null).collect(groupingBy(Entry::key));
  }

  /** The reads that were answered or refused, by their beginning. */
  public List<Call> reads() {
    return calls.stream()
        .filter(call -> call.operation() instanceof Operation.Balance)
        .filter(
            call ->
                call.answer() instanceof RecordedAnswer.BalanceRead
                    || call.answer() instanceof RecordedAnswer.Refused)
        .sorted(Comparator.comparingLong(Call::begin))
        .toList();
  }

  /** The writes that a read must show. */
  public Freshness freshness() {
    return index.freshness();
  }

  /** The whole run. */
  public HistoryIndex index() {
    return index;
  }

  /** The states after 0, 1, 2 and all entries. */
  public List<MemberState> states() {
    return states;
  }

  /** The calls that asked for some entries. */
  public List<Call> callsOf(List<Entry> some) {
    return some.stream()
        .map(this::request)
        .flatMap(Stream::ofNullable)
        .flatMap(request -> request.calls().stream())
        .toList();
  }
}
