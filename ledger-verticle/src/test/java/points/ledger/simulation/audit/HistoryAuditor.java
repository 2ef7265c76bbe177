package points.ledger.simulation.audit;

import io.vertx.core.AsyncResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.cluster.cache.CachedState;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.commit.Batch;
import points.ledger.decide.Decision;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;
import points.ledger.simulation.audit.Past.Version;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.postgres.EffectRows;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Trace;
import points.ledger.simulation.world.Words;
import points.ledger.wire.WireFormat;

/**
 * Sees everything that happens in a history, and holds it against what the ledger promises, at the
 * moment it happens. It remembers the first promise that was broken.
 */
public final class HistoryAuditor {

  private final Events events;
  private final Trace trace;
  private final Past past = new Past();
  private final Answers answers;
  private final MoveAudit moves;
  private final ShareAudit shares;
  private final PaymentAudit payments;
  private final ParkedAudit parked;
  private final Map<String, Integer> seen = new TreeMap<>();
  private int attempts;
  private @Nullable String broken;

  public HistoryAuditor(Events events, Trace trace, long deadline) {
    this.events = events;
    this.trace = trace;
    this.answers = new Answers(this, events, past, deadline);
    this.moves = new MoveAudit(this);
    this.shares = new ShareAudit(this);
    this.payments = new PaymentAudit(this);
    this.parked = new ParkedAudit(this);
  }

  /** What was broken first; null when all is well. */
  public @Nullable String broken() {
    return broken;
  }

  /** What came up, and how often. */
  public Map<String, Integer> seen() {
    return seen;
  }

  public Past past() {
    return past;
  }

  /** Follows parked refunds and what is said of them. */
  public ParkedAudit parked() {
    return parked;
  }

  public void check(boolean holds, Supplier<String> otherwise) {
    if (!holds && broken == null) {
      broken = otherwise.get();
      trace.note("BROKEN", 0, otherwise);
    }
  }

  void note(String what, Supplier<String> words) {
    trace.note(what, 0, words);
  }

  // What the database does.

  public void enrolled(MemberKey member) {
    trace.note("enrolled", 0, member::toString);
    past.add(member, MemberState.ENROLLED, events.now());
  }

  /** These results of a member become visible now. */
  public void committed(Batch.Member member) {
    for (Batch.Decided decided : member.decided()) {
      if (decided.entries().isEmpty()) {
        continue;
      }
      MemberState before = past.newest(member.key());
      Instant at = decided.entries().get(0).recordedAt();
      List<Decision> possible = past.decide(before, decided.command(), at);
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
        past.add(member.key(), accepted.state(), events.now());
      } else if (again instanceof Decision.TimeApplied settled) {
        past.add(member.key(), settled.state(), events.now());
      }
      decided.entries().forEach(this::committed);
      payments.committed(decided, before, past.newest(member.key()));
    }
    MemberState last = past.newest(member.key());
    check(
        Objects.equals(last, member.after()),
        () -> "state written is %s, folded %s".formatted(member.after(), last));
  }

  private void committed(Entry entry) {
    trace.note("committed", entry.sequence(), () -> Words.of(entry));
    count("entry " + entry.kind());
    moves.committed(entry);
    shares.committed(entry);
    parked.committed(entry);
    past.add(entry, events.now())
        .forEach(
            other ->
                check(false, () -> "two entries of one key or order: " + other + ", " + entry));
    if (entry.request() != null) {
      answers.committed(entry);
    }
  }

  public void looked(int known) {
    count("known commands found", known);
  }

  public void outdated(int members) {
    count("members decided from an old state", members);
  }

  public void conflict() {
    count("unique keys violated");
  }

  public void waited() {
    count("transactions that waited for another");
  }

  // What nodes do.

  /** An attempt at a command, with a number of its own. */
  public Attempt attempt(Command command, Node node) {
    return new Attempt(++attempts, command, node);
  }

  public void sent(Node node, Batch batch) {
    count("batches");
    trace.note(
        "sent",
        node.no() + 10L * batch.commands(),
        () -> "by node " + node.no() + ": " + Words.of(batch));
  }

  public void submitted(Attempt attempt) {
    trace.note("submitted", attempt.no, attempt::toString);
    answers.submitted(attempt);
  }

  public void answered(Attempt attempt, AsyncResult<Outcome> answer) {
    Outcome outcome = answer.result();
    trace.note(
        "answered",
        attempt.no,
        () -> attempt + ": " + (outcome == null ? answer.cause() : Words.of(outcome)));
    answers.answered(attempt, answer);
  }

  /** A node hands these states to the cluster. */
  public void published(Map<String, CachedState> newest) {
    newest.forEach(
        (name, hot) -> {
          String[] parts = name.split("/", 2);
          MemberState state = WireFormat.STATE.decode(hot.state());
          check(
              hot.sequence() == state.sequence()
                  && past.hadState(new MemberKey(parts[0], parts[1]), state),
              () -> "published and never committed: " + name + " " + state);
        });
  }

  /** Whether a member may be sending to another what may come back. */
  public boolean isSending(MemberKey member) {
    return answers.isSending(member);
  }

  /** The newest entry of a member that this node, in this life, has told somebody of. */
  public long acknowledgedBy(Node node, MemberKey member) {
    return answers.acknowledgedBy(node, member);
  }

  /** The newest entry of a member that any node has told somebody of. */
  public long acknowledged(MemberKey member) {
    return answers.acknowledged(member);
  }

  public void died(Node node) {
    trace.note("died", node.no(), () -> "node " + node.no());
    answers.died(node);
  }

  public void read(
      Node node,
      MemberKey member,
      long startedAt,
      long atLeast,
      AsyncResult<Optional<StateSnapshot>> answer) {
    if (answer.failed()) {
      count("reads failed");
      return;
    }
    count("reads");
    StateSnapshot reading = answer.result().orElse(null);
    MemberState state = reading == null ? null : reading.state();
    if (state != null) {
      check(
          past.hadState(member, state), () -> "read and never committed: " + member + " " + state);
    } else {
      List<Version> history = past.versionsOf(member);
      check(
          history.size() == 1 || history.get(1).since() >= startedAt,
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
  public void drained(Node node) {
    answers.noneIsLeft(node);
  }

  /** At the end of a history, when all has had its time. */
  public void ended(List<Node> nodes, EffectRows effects) {
    nodes.forEach(answers::noneIsLeft);
    List<Entry> open = effects.entries();
    open.forEach(
        it -> check(answers.waitsForRoom(it), () -> "an effect is never carried out: " + it));
    moves.ended(open);
    shares.ended(open);
    parked.ended();
  }

  void count(String what) {
    count(what, 1);
  }

  private void count(String what, int times) {
    if (times > 0) {
      seen.merge(what, times, Integer::sum);
    }
  }
}
