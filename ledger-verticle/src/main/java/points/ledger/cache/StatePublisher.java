package points.ledger.cache;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;

/**
 * Publishes states to the cluster's shared cache. While a commit cannot be published, no node
 * serves cached states.
 */
final class StatePublisher {

  private static final Logger LOG = LoggerFactory.getLogger(StatePublisher.class);

  /** Longer than it takes until no node serves cached states. */
  private static final Duration ANNOUNCE_WITHIN = Duration.ofSeconds(2);

  private final SharedMemberStates cluster;
  private final SuspectMembers suspects;
  private final Timeouts timeouts;

  StatePublisher(SharedMemberStates cluster, SuspectMembers suspects, Timeouts timeouts) {
    this.cluster = cluster;
    this.suspects = suspects;
    this.timeouts = timeouts;
  }

  /**
   * Publishes committed states. Completes when no node serves an older state any more: the cluster
   * has these, or no node serves cached states. Never fails.
   *
   * @param begun the mark of the suspicions when the states began to be read, or were committed
   */
  Future<Void> publish(Map<MemberKey, MemberState> committed, SuspicionMark begun) {
    Future<Void> published = send(committed, begun);
    return timeouts
        .within(cluster.publishWait(), published)
        .recover(
            late -> {
              Future<Void> announced = announceUnpublished(committed, late);
              return timeouts.within(ANNOUNCE_WITHIN, Future.any(published, announced).mapEmpty());
            })
        .otherwiseEmpty();
  }

  /**
   * Publishes states that were read from PostgreSQL. A suspect or unpublished member stays so until
   * the cluster has its state.
   *
   * <p>That may be late. Never fails, and waits a short time only.
   */
  Future<Void> correct(Map<MemberKey, MemberState> states, SuspicionMark begun) {
    return timeouts.within(cluster.answerWait(), send(states, begun)).otherwiseEmpty();
  }

  private Future<Void> send(Map<MemberKey, MemberState> states, SuspicionMark begun) {
    return cluster
        .publish(states)
        .onSuccess(
            done ->
                states.forEach(
                    (member, state) -> suspects.resolve(member, state.sequence(), begun)));
  }

  private Future<Void> announceUnpublished(Map<MemberKey, MemberState> committed, Throwable cause) {
    LOG.debug(
        "states of {} members not published to the cluster: {}",
        committed.size(),
        cause.toString());
    var sequences = new HashMap<MemberKey, Long>();
    committed.forEach((member, state) -> sequences.put(member, state.sequence()));
    return suspects.addUnpublished(sequences);
  }
}
