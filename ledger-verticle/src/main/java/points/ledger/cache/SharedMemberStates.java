package points.ledger.cache;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.cache.CachedState;
import points.cluster.cache.LeaseResult;
import points.cluster.cache.StateCache;
import points.cluster.timing.CountedLog;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.wire.MemberName;
import points.ledger.wire.WireFormat;

/** Shared cache of the cluster in terms of members and states. Every wait for it has a limit. */
final class SharedMemberStates {

  private static final Logger LOG = LoggerFactory.getLogger(SharedMemberStates.class);

  /** Longest wait of a read or a lease; after it PostgreSQL is asked. */
  private static final Duration WAIT = Duration.ofMillis(500);

  /** Longest wait of a publication; after it no node may serve cached states. */
  private static final Duration PUBLISH_WAIT = Duration.ofSeconds(1);

  /** The same while cached states are not served anyway, for instance because a node is silent. */
  private static final Duration INCONSISTENT_PUBLISH_WAIT = Duration.ofMillis(250);

  /** Longest wait until all nodes have dropped their states. */
  private static final Duration CLEAR_WAIT = Duration.ofSeconds(3);

  /** Longest wait of a read or a lease while cached states are not served anyway. */
  private static final Duration INCONSISTENT_WAIT = Duration.ofMillis(100);

  private final StateCache states;
  private final ReadConsistency consistency;
  private final LeaseHandover handover;
  private final Timeouts timeouts;
  private final CountedLog notUnderstood = new CountedLog();

  SharedMemberStates(ClusterCache cluster, Timeouts timeouts) {
    this.states = cluster.states();
    this.consistency = cluster.consistency();
    this.handover = cluster.handover();
    this.timeouts = timeouts;
  }

  /**
   * Acquires leases. A node that holds one is asked to release it first.
   *
   * @return the cached states of these members; empty when the cluster does not answer
   */
  Future<Map<MemberKey, MemberState>> acquire(Collection<MemberKey> wanted) {
    return inTime(states.acquire(names(wanted)))
        .compose(this::requestHandover)
        .map(leases -> states(wanted, leases))
        .otherwise(Map.of());
  }

  private Future<Map<String, LeaseResult>> requestHandover(Map<String, LeaseResult> leases) {
    var held = new HashMap<String, List<String>>();
    leases.forEach(
        (name, answer) -> {
          if (!answer.granted()) {
            held.computeIfAbsent(answer.holder(), holder -> new ArrayList<>()).add(name);
          }
        });
    if (held.isEmpty()) {
      return Future.succeededFuture(leases);
    }
    var asked = new ArrayList<Future<Void>>();
    held.forEach((holder, names) -> asked.add(handover.request(holder, names)));
    return Future.join(asked)
        .transform(
            done -> inTime(states.acquire(held.values().stream().flatMap(List::stream).toList())))
        .map(
            again -> {
              var all = new HashMap<>(leases);
              all.putAll(again);
              return all;
            });
  }

  private Map<MemberKey, MemberState> states(
      Collection<MemberKey> wanted, Map<String, LeaseResult> leases) {
    var states = new HashMap<MemberKey, MemberState>();
    for (MemberKey member : wanted) {
      LeaseResult answer = leases.get(MemberName.of(member));
      MemberState state = answer == null ? null : decode(answer.cached());
      if (state != null) {
        states.put(member, state);
      }
    }
    return states;
  }

  Future<Void> release(Collection<MemberKey> leased) {
    return inTime(states.release(names(leased)));
  }

  /** Publishes states; completes when the cluster has them, however late. */
  Future<Void> publish(Map<MemberKey, MemberState> committed) {
    return states.publish(encode(committed));
  }

  /** Longest wait of a commit for its publication. */
  Duration publishWait() {
    return consistency.mayServeCached() ? PUBLISH_WAIT : INCONSISTENT_PUBLISH_WAIT;
  }

  /** Longest wait for any other answer of the cluster. */
  Duration answerWait() {
    return consistency.mayServeCached() ? WAIT : INCONSISTENT_WAIT;
  }

  /** Empty also when the cluster does not answer. */
  Future<Optional<MemberState>> read(MemberKey member) {
    return inTime(states.read(MemberName.of(member)))
        .otherwise(Optional.empty())
        .map(cached -> Optional.ofNullable(decode(cached.orElse(null))));
  }

  Future<Void> clear() {
    return timeouts.within(CLEAR_WAIT, states.clear());
  }

  private <T extends @Nullable Object> Future<T> inTime(Future<T> answer) {
    return timeouts.within(answerWait(), answer);
  }

  private static List<String> names(Collection<MemberKey> members) {
    return members.stream().map(MemberName::of).toList();
  }

  private static Map<String, CachedState> encode(Map<MemberKey, MemberState> states) {
    var encoded = new HashMap<String, CachedState>(states.size() * 2);
    states.forEach(
        (member, state) ->
            encoded.put(
                MemberName.of(member),
                new CachedState(state.sequence(), WireFormat.STATE.encode(state))));
    return encoded;
  }

  /** Null also when a node of another version encoded it: PostgreSQL is read then. */
  private @Nullable MemberState decode(@Nullable CachedState cached) {
    try {
      return cached == null ? null : WireFormat.STATE.decode(cached.state());
    } catch (IllegalArgumentException e) {
      notUnderstood.count(
          states ->
              LOG.warn(
                  "cached states of another version not understood, PostgreSQL is read instead;"
                      + " this is expected during an upgrade: {} since the last such line, {}",
                  states,
                  e.getMessage()));
      return null;
    }
  }
}
