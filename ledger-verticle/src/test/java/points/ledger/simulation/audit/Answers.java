package points.ledger.simulation.audit;

import io.vertx.core.AsyncResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.commit.RequestKey;
import points.ledger.decide.Decision;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Request;
import points.ledger.simulation.audit.Past.Committed;
import points.ledger.simulation.audit.Past.Version;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.postgres.Transaction;
import points.ledger.simulation.world.Events;

/** Holds what callers are told of their commands against what is committed, and when that was. */
final class Answers {
  private static final long SLACK = Events.SECOND / 2;

  /** Longer than a batch is on its way. */
  private static final long LONGEST = 20 * Events.SECOND;

  private final HistoryAuditor auditor;
  private final Events events;
  private final Past past;
  private final long deadline;

  private final IdentityHashMap<Request, Attempt> byOwnRequest = new IdentityHashMap<>();
  private final Map<RequestKey, List<Attempt>> sent = new HashMap<>();
  private final List<Attempt> submitted = new ArrayList<>();
  private final IdentityHashMap<Node, Map<MemberKey, Long>> acknowledged = new IdentityHashMap<>();
  private final Map<MemberKey, Long> told = new HashMap<>();

  Answers(HistoryAuditor auditor, Events events, Past past, long deadline) {
    this.auditor = auditor;
    this.events = events;
    this.past = past;
    this.deadline = deadline;
  }

  void submitted(Attempt attempt) {
    submitted.add(attempt);
    sent.computeIfAbsent(RequestKey.of(attempt.command), none -> new ArrayList<>()).add(attempt);
    byOwnRequest.put(Objects.requireNonNull(attempt.command.request()), attempt);
  }

  /** An entry that somebody asked for is committed now. */
  void committed(Entry entry) {
    Request request = Objects.requireNonNull(entry.request());
    Attempt attempt = byOwnRequest.get(request);
    auditor.check(attempt != null, () -> "an entry of nobody: " + entry);
    if (attempt == null) {
      return;
    }
    auditor.check(
        !attempt.leftNothing(),
        () -> attempt + " was told " + attempt.outcome + ", and left " + entry);
    Committed shared = past.ofSharedKey(attempt.command);
    auditor.check(
        shared == null || shared.at() >= attempt.submittedAt,
        () -> entry + " was promised to be a replay of " + shared);
    sent.getOrDefault(new RequestKey(entry.member().programId(), request.key()), List.of())
        .forEach(it -> checkNotDenied(attempt, it));
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
    auditor.check(
        !isDenied
            || !isOfSameLife
            || !isUnderWay
            || !again.command.request().equals(applied.command.request()),
        () -> applied + " left an entry, and " + again + " was told " + again.outcome);
  }

  void answered(Attempt attempt, AsyncResult<Outcome> answer) {
    auditor.check(!attempt.isAnswered(), () -> "answered twice: " + attempt);
    attempt.outcome = answer.result();
    attempt.fault = answer.cause();
    attempt.answeredAt = events.now();
    long took = events.now() - attempt.submittedAt - attempt.node.pausedSince(attempt);
    auditor.check(
        took <= deadline + SLACK, () -> "answered after " + took / 1e9 + " s: " + attempt);
    Outcome outcome = attempt.outcome;
    if (outcome == null) {
      auditor.count("failed");
      auditor.check(isNotStorable(attempt), () -> "a fault: " + attempt + ", " + attempt.fault);
    } else if (outcome instanceof Outcome.Accepted accepted) {
      auditor.count("accepted");
      accepted(attempt, accepted.entry());
    } else if (outcome instanceof Outcome.Replayed replayed) {
      auditor.count("replayed");
      replayed(attempt, replayed.entry());
    } else if (outcome instanceof Outcome.Refused refused) {
      auditor.count("refused " + refused.refusal().kind());
      refused(attempt, refused.refusal());
    } else {
      auditor.count(String.valueOf(outcome));
    }
    if (attempt.leftNothing()) {
      checkLeftNothing(attempt);
    }
  }

  private void checkLeftNothing(Attempt attempt) {
    Committed own = past.ofKey(attempt.command);
    auditor.check(
        own == null || !isOf(own.entry(), attempt),
        () -> attempt + " is told " + attempt.outcome + ", and left " + own);
    if (own != null && own.entry().request() != null) {
      Attempt applied = byOwnRequest.get(own.entry().request());
      if (applied != null) {
        checkNotDenied(applied, attempt);
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
    Committed own = past.ofKey(attempt.command);
    auditor.check(
        own != null && own.entry().equals(entry),
        () -> attempt + " is told " + entry + ", committed is " + own);
    if (own != null) {
      auditor.check(
          isOf(own.entry(), attempt) && own.at() >= attempt.submittedAt,
          () -> attempt + " is told it was accepted, and was it before: " + own);
      acknowledge(attempt, entry);
    }
  }

  private void replayed(Attempt attempt, Entry entry) {
    Committed first = past.ofRequest(attempt.command);
    Committed ofOrder = past.ofOrder(attempt.command);
    boolean isOfKey =
        (first != null && first.entry().equals(entry)) || isOfSharedKey(attempt, entry);
    boolean wasKeyFree = first == null || first.at() >= attempt.submittedAt; // looked at first
    boolean isOfOrder = wasKeyFree && ofOrder != null && ofOrder.entry().equals(entry);
    auditor.check(
        (isOfKey || isOfOrder) && Past.isSame(attempt.command, entry),
        () -> "%s is shown %s, committed is %s, %s".formatted(attempt, entry, first, ofOrder));
    if (isOfSharedKey(attempt, entry)) {
      auditor.count("replayed of a key that was shared");
    }
    acknowledge(attempt, entry);
  }

  /** As long as another content has not taken the store's own key. */
  private boolean isOfSharedKey(Attempt attempt, Entry entry) {
    Committed own = past.ofKey(attempt.command);
    Committed shared = past.ofSharedKey(attempt.command);
    return shared != null
        && shared.entry().equals(entry)
        && (own == null || own.at() >= attempt.submittedAt);
  }

  private void acknowledge(Attempt attempt, Entry entry) {
    told.merge(entry.member(), entry.sequence(), Math::max);
    acknowledged
        .computeIfAbsent(attempt.node, none -> new HashMap<>())
        .merge(entry.member(), entry.sequence(), Math::max);
  }

  private void refused(Attempt attempt, Refusal refusal) {
    Committed ofRequest = past.ofRequest(attempt.command);
    Committed ofOrder = past.ofOrder(attempt.command);
    if (refusal instanceof Refusal.KeyReused) {
      auditor.check(
          ofRequest != null && !Past.isSame(attempt.command, ofRequest.entry()),
          () -> attempt + " is told that its key was used for something else: " + ofRequest);
    } else if (refusal instanceof Refusal.OrderAlreadyProcessed processed) {
      auditor.check(
          ofOrder != null
              && ofOrder.entry().equals(processed.first())
              && (ofRequest == null || ofRequest.at() >= attempt.submittedAt)
              && !Past.isSame(attempt.command, ofOrder.entry()),
          () -> attempt + " is told that its order was processed otherwise: " + ofOrder);
      acknowledge(attempt, processed.first());
    } else {
      auditor.check(
          wasTrue(attempt, refusal, ofRequest, ofOrder),
          () ->
              "%s is told %s, which was never true meanwhile: %s, %s, %s"
                  .formatted(
                      attempt,
                      refusal,
                      ofRequest,
                      ofOrder,
                      past.versionsOf(attempt.command.member())));
    }
  }

  /** Whether there was a moment, between question and answer, at which the rules said so. */
  private boolean wasTrue(
      Attempt attempt,
      Refusal refusal,
      @Nullable Committed ofRequest,
      @Nullable Committed ofOrder) {
    List<Version> history = past.versionsOf(attempt.command.member());
    var said = new Decision.Refused(refusal);
    for (int i = history.size() - 1; i >= 0; i--) {
      Version version = history.get(i);
      long from = Math.max(version.since(), attempt.submittedAt);
      boolean isUnknown = wasFree(ofRequest, attempt, from) && wasFree(ofOrder, attempt, from);
      if (isUnknown
          && (decide(attempt, version, attempt.submittedAt).contains(said)
              || decide(attempt, version, events.now()).contains(said))) {
        return true;
      }
      if (version.since() < attempt.submittedAt) {
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
        || done.at() > from
        || (!done.entry().member().equals(attempt.command.member())
            && done.at() >= attempt.submittedAt);
  }

  private List<Decision> decide(Attempt attempt, Version version, long at) {
    Command command = attempt.command;
    return past.decide(version.state(), command, attempt.node.instantAt(at));
  }

  /** Whether a member is sending to another what may come back, as far as callers know. */
  boolean isSending(MemberKey member) {
    return submitted.stream()
        .filter(it -> it.command.member().equals(member) && !it.isAnswered())
        .filter(it -> it.submittedAt > events.now() - LONGEST)
        .map(it -> it.command.kind())
        .anyMatch(it -> it == Entry.Kind.TRANSFER_OUT || it == Entry.Kind.MOVE_OUT);
  }

  /**
   * Whether what follows from an entry cannot go in where it belongs, because that is at its limit:
   * it is tried until there is room.
   */
  boolean waitsForRoom(Entry out) {
    return submitted.stream()
        .filter(it -> isStepOf(out, it.command))
        .reduce((one, later) -> later)
        .filter(
            it ->
                it.outcome instanceof Outcome.Refused refused
                    && refused.refusal() instanceof Refusal.BalanceLimitExceeded)
        .isPresent();
  }

  private static boolean isStepOf(Entry out, Command command) {
    String step = command.request().key() + ' ';
    String of =
        out.detail() instanceof Detail.Refunded refunded
            ? " %s %s for ".formatted(out.origin().orderId(), refunded.refundId())
            : " of " + out.transactionId() + ' ';
    return command.member().programId().equals(out.member().programId()) && step.contains(of);
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
    acknowledged.remove(node);
  }

  /** All that this node took on, in this life, is answered. */
  void noneIsLeft(Node node) {
    for (Attempt attempt : submitted) {
      boolean isOfNode = attempt.node.no() == node.no() && attempt.life == node.life();
      auditor.check(!isOfNode || attempt.isAnswered(), () -> "never answered: " + attempt);
    }
  }
}
