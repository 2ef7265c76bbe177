package points.load.fault.check.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.EntryFold;
import points.load.model.MemberState;

/** All that is known of one member: what was asked, what was answered, what is in the books. */
public final class MemberHistory {
  private final String memberId;
  private final @Nullable MemberState row;
  private final List<Entry> entries;
  private final List<Call> calls;
  private final Map<String, Request> requests = new LinkedHashMap<>();
  private final Map<String, Request> byEntryKey = new HashMap<>();
  private final List<Call> reads = new ArrayList<>();
  private final Map<String, List<Entry>> entriesOf = new HashMap<>();
  private final HistoryIndex index;
  private final List<MemberState> states;

  /** Of all who go on as this one; then its own. */
  private final List<Entry> lineage;

  private @Nullable List<Entry> ofOthers;
  private @Nullable Timeline timeline;

  /**
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
                index.merged().upTo(memberId).stream().flatMap(it -> index.entriesOf(it).stream()),
                entries.stream())
            .toList();
    Map<String, List<Call>> byKey = new LinkedHashMap<>();
    calls.stream()
        .sorted(Comparator.comparingLong(Call::begin))
        .forEach(
            call -> {
              if (call.operation() instanceof Operation.Balance) {
                reads.add(call);
              } else if (call.key() != null) {
                byKey.computeIfAbsent(call.key(), key -> new ArrayList<>(1)).add(call);
              }
            });
    byKey.forEach(
        (key, all) -> {
          Request request = new Request(key, List.copyOf(all));
          requests.put(key, request);
          request.keys().forEach(it -> byEntryKey.put(it, request));
        });
    for (Entry entry : entries) {
      Request request = request(entry);
      if (request != null) {
        entriesOf.computeIfAbsent(request.key(), key -> new ArrayList<>(1)).add(entry);
      }
    }
  }

  public String memberId() {
    return memberId;
  }

  public @Nullable MemberState row() {
    return row;
  }

  public List<Entry> entries() {
    return entries;
  }

  /** Its entries, after those of who was merged into it. */
  public List<Entry> lineage() {
    return lineage;
  }

  /**
   * What an order may be made of when the member has so many entries: those, the entries of who was
   * merged into it, and what others had done by a time with orders that it took part in.
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
      Set<String> own = new HashSet<>(index.merged().upTo(memberId));
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

  /** When its states may have been the newest. */
  public Timeline timeline() {
    if (timeline == null) {
      timeline = new Timeline(this);
    }
    return timeline;
  }

  public Iterable<Request> requests() {
    return requests.values();
  }

  public @Nullable Request request(Entry entry) {
    return entry.key() == null ? null : byEntryKey.get(entry.key());
  }

  /** What came of a request, by sequence. */
  public List<Entry> entriesOf(Request request) {
    return entriesOf.getOrDefault(request.key(), List.of());
  }

  /** The move that was done before, under another key, if the same is asked for again. */
  public Optional<Entry> doneBefore(Request request) {
    return request.operation() instanceof Operation.Move move
        ? entries.stream()
            .filter(it -> it.kind() == Entry.Kind.MOVE_OUT)
            .filter(it -> it.extra().part().equals(move.transactionId()))
            .filter(it -> move.to().equals(it.extra().detail().getString("memberId")))
            .findFirst()
        : Optional.empty();
  }

  /** All that were made about it. */
  public List<Call> calls() {
    return calls;
  }

  /** Every entry of each key that has any. */
  public Map<String, List<Entry>> entriesByKey() {
    Map<String, List<Entry>> byKey = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.key() != null) {
        byKey.computeIfAbsent(entry.key(), key -> new ArrayList<>(1)).add(entry);
      }
    }
    return byKey;
  }

  /** Reads that were answered, refused ones too. */
  public List<Call> reads() {
    return reads.stream()
        .filter(
            call ->
                call.answer() instanceof Answer.BalanceRead
                    || call.answer() instanceof Answer.Refused)
        .toList();
  }

  public Freshness freshness() {
    return index.freshness();
  }

  /** The other members. */
  public HistoryIndex index() {
    return index;
  }

  /** The states after 0, 1, 2 and all entries. */
  public List<MemberState> states() {
    return states;
  }

  /** Those that asked for these entries. */
  public List<Call> callsOf(List<Entry> some) {
    return some.stream()
        .map(this::request)
        .flatMap(Stream::ofNullable)
        .flatMap(request -> request.calls().stream())
        .toList();
  }
}
