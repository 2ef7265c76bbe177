package points.ledger.simulation.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.KeySpace;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.fixture.Around;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Request;
import points.ledger.model.Status;
import points.ledger.program.Program;
import points.ledger.simulation.postgres.ModelPostgres;
import points.ledger.simulation.world.SimulatedPrograms;

/** All that was committed in a history, and what could be decided from it at any moment. */
public final class Past {

  /** A state that a member had, from that moment until the next of its states. */
  record Version(@Nullable MemberState state, long since) {}

  /** An entry and when it was committed. */
  record Committed(Entry entry, long at) {}

  private final Map<MemberKey, List<Version>> versions = new HashMap<>();
  private final Map<RequestKey, Committed> byRequest = new HashMap<>();
  private final Map<OrderKey, Committed> byOrder = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  /** All entries in the order of their commits. */
  public List<Entry> entries() {
    return entries;
  }

  /** The states of a member, oldest first; the first is that there is none. */
  List<Version> versionsOf(MemberKey member) {
    return versions.computeIfAbsent(
        member, none -> new ArrayList<>(List.of(new Version(null, Long.MIN_VALUE))));
  }

  boolean hadState(MemberKey member, MemberState state) {
    return versionsOf(member).stream().anyMatch(it -> state.equals(it.state));
  }

  @Nullable MemberState newest(MemberKey member) {
    List<Version> history = versionsOf(member);
    return history.get(history.size() - 1).state;
  }

  void add(MemberKey member, MemberState state, long at) {
    versionsOf(member).add(new Version(state, at));
  }

  /** Adds an entry; gives the one that has the same key, and the one that has the same order. */
  List<Committed> add(Entry entry, long at) {
    entries.add(entry);
    if (entry.request() == null) {
      return List.of();
    }
    var committed = new Committed(entry, at);
    Committed sameRequest =
        byRequest.put(new RequestKey(entry.member().programId(), entry.request().key()), committed);
    OrderKey order = ModelPostgres.orderOf(entry);
    Committed sameOrder = order == null ? null : byOrder.put(order, committed);
    return Stream.of(Optional.ofNullable(sameRequest), Optional.ofNullable(sameOrder))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The entry of exactly this key. */
  @Nullable Committed ofKey(Command command) {
    return byRequest.get(RequestKey.of(command));
  }

  /**
   * The entry that answers a command: that of its key, else the one that the same content left when
   * a store's key was still the program's.
   */
  @Nullable Committed ofRequest(Command command) {
    Committed own = ofKey(command);
    return own == null ? ofSharedKey(command) : own;
  }

  /** What the same content left under the same key before stores had keys of their own. */
  @Nullable Committed ofSharedKey(Command command) {
    String key = command.request().key();
    if (!KeySpace.isOfStore(key)) {
      return null;
    }
    String sent = key.substring(key.indexOf(' ') + 1);
    Committed found = byRequest.get(new RequestKey(command.member().programId(), sent));
    return found != null
            && isSame(command, found.entry)
            && found.entry.recordedAt().isBefore(SimulatedPrograms.KEYS_SHARED_UNTIL)
        ? found
        : null;
  }

  @Nullable Committed ofOrder(Command command) {
    OrderKey order = OrderKey.of(command);
    return order == null ? null : byOrder.get(order);
  }

  /** The entry of this name in a program. */
  Optional<Entry> find(String programId, String transactionId) {
    return entries.stream()
        .filter(it -> it.member().programId().equals(programId))
        .filter(it -> it.transactionId().equals(transactionId))
        .findFirst();
  }

  /** The status of whoever a member goes on as; null when there is no such member. */
  @Nullable Status statusOf(MemberKey member) {
    MemberState state = newest(goesOnAs(member));
    return state == null ? null : state.status();
  }

  private MemberKey goesOnAs(MemberKey member) {
    MemberState state = newest(member);
    return state == null || state.mergedInto() == null
        ? member
        : goesOnAs(new MemberKey(member.programId(), String.valueOf(state.mergedInto())));
  }

  /** Whether a member has this id, or goes on for who had it. */
  boolean isOrWas(MemberKey member, String memberId) {
    return member.memberId().equals(memberId)
        || goesOnAs(new MemberKey(member.programId(), memberId)).equals(goesOnAs(member));
  }

  /** Whether an entry was neither reversed nor moved to another member. */
  boolean stands(Entry entry) {
    return entries.stream()
        .filter(it -> it.member().equals(entry.member()))
        .noneMatch(it -> isReversalOf(it, entry) || isMoveOf(it, entry));
  }

  private static boolean isReversalOf(Entry one, Entry other) {
    Long refersTo = one.refersTo();
    return one.kind() == Entry.Kind.REVERSAL && refersTo != null && refersTo == other.sequence();
  }

  private static boolean isMoveOf(Entry one, Entry other) {
    return one.kind() == Entry.Kind.MOVE_OUT && one.part().equals(other.transactionId());
  }

  static boolean isSame(Command command, Entry entry) {
    Request request = entry.request();
    return request != null && request.fingerprint().equals(command.request().fingerprint());
  }

  /**
   * What may be decided. The member's own entries are known exactly, by its sequence; what other
   * members did in the same order was seen up to some moment, which was before the decision.
   */
  List<Decision> decide(@Nullable MemberState state, Command command, Instant now) {
    Program rules = SimulatedPrograms.find(command.member().programId());
    Decision decision = CommandDecider.decide(state, command, rules, now);
    if (!(decision instanceof Decision.NeedsHistory undecided)) {
      return List.of(decision);
    }
    MemberKey member = command.member();
    long asOf = state == null ? -1 : state.sequence();
    Set<Entry> around =
        Set.copyOf(Around.history(member, undecided.needed(), asOf, entries).entries());
    List<Entry> own = entries.stream().filter(it -> it.member().equals(member)).toList();
    List<Entry> others =
        entries.stream().filter(it -> !it.member().equals(member) && around.contains(it)).toList();
    return IntStream.rangeClosed(0, others.size())
        .mapToObj(unseen -> others.subList(0, others.size() - unseen))
        .map(seen -> Stream.concat(own.stream(), seen.stream()).toList())
        .map(seen -> Around.history(member, undecided.needed(), asOf, seen))
        .map(history -> CommandDecider.decide(state, command, history, rules, now))
        .toList();
  }
}
