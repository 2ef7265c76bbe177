package points.ledger.simulation;

import io.vertx.core.AsyncResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.cluster.cache.CachedState;
import points.ledger.Around;
import points.ledger.domain.Command;
import points.ledger.domain.Decision;
import points.ledger.domain.Entry;
import points.ledger.domain.Fold;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Outcome;
import points.ledger.domain.Program;
import points.ledger.domain.Reading;
import points.ledger.domain.Refusal;
import points.ledger.domain.Request;
import points.ledger.store.Batch;
import points.ledger.store.OrderKey;
import points.ledger.store.RequestKey;
import points.ledger.wire.StateCodec;

/**
 * Sees everything that happens in a history, and holds it against what the ledger promises, at the
 * moment it happens. It remembers the first promise that was broken.
 */
final class Auditor {

  /** A state that a member had, from that moment until the next of its states. */
  private record Version(@Nullable MemberState state, long since) {}

  /** An entry and when it was committed. */
  private record Committed(Entry entry, long at) {}

  private static final long SLACK = Events.SECOND / 2;

  private final Events events;
  private final Trace trace;
  private final long deadline;

  private final Map<MemberKey, List<Version>> versions = new HashMap<>();
  private final Map<RequestKey, Committed> byRequest = new HashMap<>();
  private final Map<OrderKey, Committed> byOrder = new HashMap<>();
  private final IdentityHashMap<Request, Attempt> byOwnRequest = new IdentityHashMap<>();
  private final Map<RequestKey, List<Attempt>> sent = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Attempt> submitted = new ArrayList<>();
  private final IdentityHashMap<Node, Map<MemberKey, Long>> acknowledged = new IdentityHashMap<>();
  private final Map<MemberKey, Long> told = new HashMap<>();
  private final Map<String, Integer> seen = new TreeMap<>();
  private @Nullable String broken;

  Auditor(Events events, Trace trace, long deadline) {
    this.events = events;
    this.trace = trace;
    this.deadline = deadline;
  }

  /** What was broken first; null when all is well. */
  @Nullable String broken() {
    return broken;
  }

  /** What came up, and how often. */
  Map<String, Integer> seen() {
    return seen;
  }

  void check(boolean holds, Supplier<String> otherwise) {
    if (!holds && broken == null) {
      broken = otherwise.get();
      trace.note("BROKEN", 0, otherwise);
    }
  }

  // What the database does.

  void enrolled(MemberKey member) {
    trace.note("enrolled", 0, member::toString);
    versionsOf(member).add(new Version(MemberState.ENROLLED, events.now()));
  }

  /** These results of a member become visible now. */
  void committed(Batch.Member member) {
    List<Version> history = versionsOf(member.key());
    for (Batch.Decided decided : member.decided()) {
      if (decided.entries().isEmpty()) {
        continue;
      }
      MemberState before = history.get(history.size() - 1).state;
      List<Decision> possible =
          decide(before, decided.command(), decided.entries().get(0).recordedAt());
      Decision again =
          possible.stream()
              .filter(it -> it.entries().equals(decided.entries()))
              .findFirst()
              .orElse(possible.get(0));
      check(
          again.entries().equals(decided.entries()),
          () ->
              "entries do not follow from the state before them, %s: written %s, folded again %s"
                  .formatted(before, decided.entries(), again.entries()));
      if (again instanceof Decision.Accepted accepted) {
        history.add(new Version(accepted.state(), events.now()));
      } else if (again instanceof Decision.Settled settled) {
        history.add(new Version(settled.state(), events.now()));
      }
      decided.entries().forEach(this::committed);
    }
    MemberState last = history.get(history.size() - 1).state;
    check(
        Objects.equals(last, member.after()),
        () -> "state written is %s, folded %s".formatted(member.after(), last));
  }

  private void committed(Entry entry) {
    trace.note("committed", entry.sequence(), () -> Words.of(entry));
    count("entry " + entry.kind());
    entries.add(entry);
    if (entry.request() == null) {
      return;
    }
    var committed = new Committed(entry, events.now());
    var request = new RequestKey(entry.member().programId(), entry.request().key());
    Committed sameRequest = byRequest.put(request, committed);
    check(sameRequest == null, () -> "two entries of one key: " + sameRequest + ", " + entry);
    OrderKey order = ModelPostgres.orderOf(entry);
    if (order != null) {
      Committed sameOrder = byOrder.put(order, committed);
      check(sameOrder == null, () -> "two entries of one order: " + sameOrder + ", " + entry);
    }
    Attempt attempt = byOwnRequest.get(entry.request());
    check(attempt != null, () -> "an entry of nobody: " + entry);
    if (attempt != null) {
      check(
          !attempt.leftNothing(),
          () -> attempt + " was told " + attempt.outcome + ", and left " + entry);
      sent.getOrDefault(request, List.of()).forEach(it -> checkNotDenied(attempt, it));
    }
  }

  /**
   * Who sends a request again to the same node, while it has not said what became of the first, is
   * not told that there is nothing of it: that is, if the lane took it on, for who is turned away
   * at the door is told of this attempt only.
   */
  private void checkNotDenied(Attempt applied, Attempt again) {
    boolean isDenied =
        again.outcome instanceof Outcome.NotApplied && again.answeredAt > again.submittedAt;
    boolean isUnderWay =
        applied.submittedAt <= again.submittedAt
            && (!applied.isAnswered() || applied.answeredAt > again.submittedAt);
    boolean isOfSameLife = again.node.no() == applied.node.no() && again.life == applied.life;
    check(
        !isDenied || !isOfSameLife || !isUnderWay || !isSame(again.command, applied),
        () -> applied + " left an entry, and " + again + " was told " + again.outcome);
  }

  private static boolean isSame(Command command, Attempt attempt) {
    return command.request().equals(attempt.command.request());
  }

  void looked(int known) {
    count("known commands found", known);
  }

  void stale(int members) {
    count("members decided from an old state", members);
  }

  void conflict() {
    count("unique keys violated");
  }

  void waited() {
    count("transactions that waited for another");
  }

  // What nodes do.

  void sent(Node node, Batch batch) {
    count("batches");
    trace.note(
        "sent",
        node.no() + 10L * batch.commands(),
        () -> "by node " + node.no() + ": " + Words.of(batch));
  }

  void submitted(Attempt attempt) {
    trace.note("submitted", attempt.no, attempt::toString);
    submitted.add(attempt);
    sent.computeIfAbsent(RequestKey.of(attempt.command), none -> new ArrayList<>()).add(attempt);
    byOwnRequest.put(Objects.requireNonNull(attempt.command.request()), attempt);
  }

  void answered(Attempt attempt, AsyncResult<Outcome> answer) {
    check(!attempt.isAnswered(), () -> "answered twice: " + attempt);
    attempt.outcome = answer.result();
    attempt.fault = answer.cause();
    attempt.answeredAt = events.now();
    trace.note(
        "answered",
        attempt.no,
        () ->
            "%s: %s"
                .formatted(
                    attempt, attempt.outcome == null ? answer.cause() : Words.of(attempt.outcome)));
    long took = events.now() - attempt.submittedAt - attempt.node.pausedSince(attempt);
    check(took <= deadline + SLACK, () -> "answered after " + took / 1e9 + " s: " + attempt);
    Outcome outcome = attempt.outcome;
    if (outcome == null) {
      count("failed");
      check(isNotStorable(attempt), () -> "a fault: " + attempt + ", " + attempt.fault);
    } else if (outcome instanceof Outcome.Accepted accepted) {
      count("accepted");
      accepted(attempt, accepted.entry());
    } else if (outcome instanceof Outcome.Replayed replayed) {
      count("replayed");
      replayed(attempt, replayed.entry());
    } else if (outcome instanceof Outcome.Refused refused) {
      count("refused " + refused.refusal().kind());
      refused(attempt, refused.refusal());
    } else {
      count(String.valueOf(outcome));
    }
    if (attempt.leftNothing()) {
      Committed own = byRequest.get(RequestKey.of(attempt.command));
      check(
          own == null || !isOf(own.entry, attempt),
          () -> attempt + " is told " + attempt.outcome + ", and left " + own);
      if (own != null && own.entry.request() != null) {
        Attempt applied = byOwnRequest.get(own.entry.request());
        if (applied != null) {
          checkNotDenied(applied, attempt);
        }
      }
    }
  }

  private static boolean isNotStorable(Attempt attempt) {
    return attempt.command.request().key().endsWith(Transaction.NOT_STORABLE);
  }

  @SuppressWarnings("ReferenceEquality") // every attempt has a request of its own
  private static boolean isOf(Entry entry, Attempt attempt) {
    return entry.request() == attempt.command.request();
  }

  private void accepted(Attempt attempt, Entry entry) {
    Committed own = byRequest.get(RequestKey.of(attempt.command));
    check(
        own != null && own.entry.equals(entry),
        () -> attempt + " is told " + entry + ", committed is " + own);
    if (own != null) {
      check(
          isOf(own.entry, attempt) && own.at >= attempt.submittedAt,
          () -> attempt + " is told it was accepted, and was it before: " + own);
      acknowledge(attempt, entry);
    }
  }

  private void replayed(Attempt attempt, Entry entry) {
    Committed first = byRequest.get(RequestKey.of(attempt.command));
    Committed ofOrder = ofOrder(attempt.command);
    boolean isOfKey = first != null && first.entry.equals(entry);
    boolean wasKeyFree = first == null || first.at >= attempt.submittedAt; // it is looked at first
    boolean isOfOrder = wasKeyFree && ofOrder != null && ofOrder.entry.equals(entry);
    check(
        (isOfKey || isOfOrder) && isSame(attempt.command, entry),
        () -> "%s is shown %s, committed is %s, %s".formatted(attempt, entry, first, ofOrder));
    acknowledge(attempt, entry);
  }

  private void acknowledge(Attempt attempt, Entry entry) {
    told.merge(entry.member(), entry.sequence(), Math::max);
    acknowledged
        .computeIfAbsent(attempt.node, none -> new HashMap<>())
        .merge(entry.member(), entry.sequence(), Math::max);
  }

  private void refused(Attempt attempt, Refusal refusal) {
    Committed ofRequest = byRequest.get(RequestKey.of(attempt.command));
    Committed ofOrder = ofOrder(attempt.command);
    if (refusal instanceof Refusal.KeyReused) {
      check(
          ofRequest != null && !isSame(attempt.command, ofRequest.entry),
          () -> attempt + " is told that its key was used for something else: " + ofRequest);
    } else if (refusal instanceof Refusal.OrderAlreadyProcessed processed) {
      check(
          ofOrder != null
              && ofOrder.entry.equals(processed.first())
              && (ofRequest == null || ofRequest.at >= attempt.submittedAt)
              && !isSame(attempt.command, ofOrder.entry),
          () -> attempt + " is told that its order was processed otherwise: " + ofOrder);
      acknowledge(attempt, processed.first());
    } else {
      check(
          wasTrue(attempt, refusal, ofRequest, ofOrder),
          () ->
              "%s is told %s, which was never true meanwhile: %s, %s, %s"
                  .formatted(
                      attempt, refusal, ofRequest, ofOrder, versionsOf(attempt.command.member())));
    }
  }

  /** Whether there was a moment, between question and answer, at which the rules said so. */
  private boolean wasTrue(
      Attempt attempt,
      Refusal refusal,
      @Nullable Committed ofRequest,
      @Nullable Committed ofOrder) {
    List<Version> history = versionsOf(attempt.command.member());
    var said = new Decision.Refused(refusal);
    for (int i = history.size() - 1; i >= 0; i--) {
      long from = Math.max(history.get(i).since, attempt.submittedAt);
      boolean isUnknown = wasFree(ofRequest, attempt, from) && wasFree(ofOrder, attempt, from);
      if (isUnknown
          && (decide(attempt, history.get(i), attempt.submittedAt).contains(said)
              || decide(attempt, history.get(i), events.now()).contains(said))) {
        return true;
      }
      if (history.get(i).since < attempt.submittedAt) {
        return false; // those before it were over by then
      }
    }
    return false;
  }

  /**
   * Whether a key or an order could be taken to be free for a state that began then. What was done
   * under it to another member is looked for a little before the own member's state is.
   */
  private static boolean wasFree(@Nullable Committed done, Attempt attempt, long from) {
    return done == null
        || done.at > from
        || (!done.entry.member().equals(attempt.command.member())
            && done.at >= attempt.submittedAt);
  }

  private List<Decision> decide(Attempt attempt, Version version, long at) {
    return decide(version.state, attempt.command, attempt.node.instantAt(at));
  }

  /**
   * What may be decided. The member's own entries are known exactly, by its sequence; what other
   * members did in the same order was seen up to some moment, which was before the decision.
   */
  private List<Decision> decide(@Nullable MemberState state, Command command, Instant now) {
    Program rules = Programs.find(command.member().programId());
    Decision decision = Fold.decide(state, command, rules, now);
    if (decision instanceof Decision.Undecided undecided) {
      MemberKey member = command.member();
      long asOf = state == null ? -1 : state.sequence();
      Set<Entry> around =
          Set.copyOf(Around.history(member, undecided.needed(), asOf, entries).entries());
      List<Entry> own = entries.stream().filter(it -> it.member().equals(member)).toList();
      List<Entry> others =
          entries.stream()
              .filter(it -> !it.member().equals(member) && around.contains(it))
              .toList();
      return IntStream.rangeClosed(0, others.size())
          .mapToObj(unseen -> others.subList(0, others.size() - unseen))
          .map(seen -> Stream.concat(own.stream(), seen.stream()).toList())
          .map(seen -> Around.history(member, undecided.needed(), asOf, seen))
          .map(history -> Fold.decide(state, command, history, rules, now))
          .toList();
    }
    return List.of(decision);
  }

  private @Nullable Committed ofOrder(Command command) {
    OrderKey order = OrderKey.of(command);
    return order == null ? null : byOrder.get(order);
  }

  private static boolean isSame(Command command, Entry entry) {
    return entry.request() != null
        && entry.request().fingerprint().equals(command.request().fingerprint());
  }

  /** A node hands these states to the cluster. */
  void published(Map<String, CachedState> newest) {
    newest.forEach(
        (name, hot) -> {
          String[] parts = name.split("/", 2);
          MemberState state = StateCodec.decode(hot.state());
          check(
              hot.sequence() == state.sequence()
                  && wasCommitted(new MemberKey(parts[0], parts[1]), state),
              () -> "published and never committed: " + name + " " + state);
        });
  }

  private boolean wasCommitted(MemberKey member, MemberState state) {
    return versionsOf(member).stream().anyMatch(it -> state.equals(it.state));
  }

  /** The newest entry of a member that this node, in this life, has told somebody of. */
  long acknowledgedBy(Node node, MemberKey member) {
    return acknowledged.getOrDefault(node, Map.of()).getOrDefault(member, -1L);
  }

  /** The newest entry of a member that any node has told somebody of. */
  long acknowledged(MemberKey member) {
    return told.getOrDefault(member, -1L);
  }

  /** It forgets whom it told what. */
  void died(Node node) {
    trace.note("died", node.no(), () -> "node " + node.no());
    acknowledged.remove(node);
  }

  void read(
      Node node,
      MemberKey member,
      long startedAt,
      long atLeast,
      AsyncResult<Optional<Reading>> answer) {
    if (answer.failed()) {
      count("reads failed");
      return;
    }
    count("reads");
    Reading reading = answer.result().orElse(null);
    MemberState state = reading == null ? null : reading.state();
    if (state != null) {
      check(wasCommitted(member, state), () -> "read and never committed: " + member + " " + state);
    } else {
      check(
          versionsOf(member).size() == 1 || versionsOf(member).get(1).since >= startedAt,
          () -> "not found although it is enrolled: " + member);
    }
    long sequence = state == null ? -1 : state.sequence();
    boolean saysItIsOld = reading != null && reading.stale();
    check(
        saysItIsOld || sequence >= atLeast,
        () ->
            "somebody was told of entry %d of %s, and node %d shows %d later"
                .formatted(atLeast, member, node.no(), sequence));
  }

  /** A node says that it has answered everybody. */
  void drained(Node node) {
    noneIsLeft(node);
  }

  /** At the end of a history. */
  void nobodyIsLeft(List<Node> nodes) {
    nodes.forEach(this::noneIsLeft);
  }

  private void noneIsLeft(Node node) {
    for (Attempt attempt : submitted) {
      boolean isOfNode = attempt.node.no() == node.no() && attempt.life == node.life();
      check(!isOfNode || attempt.isAnswered(), () -> "never answered: " + attempt);
    }
  }

  private List<Version> versionsOf(MemberKey member) {
    return versions.computeIfAbsent(
        member, none -> new ArrayList<>(List.of(new Version(null, Long.MIN_VALUE))));
  }

  private void count(String what) {
    count(what, 1);
  }

  private void count(String what, int times) {
    if (times > 0) {
      seen.merge(what, times, Integer::sum);
    }
  }
}
