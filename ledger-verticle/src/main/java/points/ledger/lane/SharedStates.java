package points.ledger.lane;

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
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.wire.MemberName;
import points.ledger.wire.StateCodec;

/** What the nodes remember together, as members and their states; every wait for it has an end. */
final class SharedStates {

  private static final Logger LOG = LoggerFactory.getLogger(SharedStates.class);

  /** Longer than any healthy cluster takes; past it the database is asked. */
  private static final Duration WAIT = Duration.ofMillis(500);

  /** Longer than any healthy cluster takes; past it, nobody is to rely on what is remembered. */
  private static final Duration PUBLISH_WAIT = Duration.ofSeconds(1);

  /** The same on a node that is not certain anyway, and may be waiting for one that is silent. */
  private static final Duration UNCERTAIN_PUBLISH_WAIT = Duration.ofMillis(250);

  /** How long it may take to have all nodes forget; whoever wants that waits for it. */
  private static final Duration CLEAR_WAIT = Duration.ofSeconds(3);

  /** When a node says nothing, what the cluster remembers is of little use. */
  private static final Duration UNCERTAIN_WAIT = Duration.ofMillis(100);

  private final StateCache members;
  private final Certainty certainty;
  private final HandOver handOver;
  private final TimeLimit limit;

  SharedStates(HotCluster cluster, TimeLimit limit) {
    this.members = cluster.members();
    this.certainty = cluster.certainty();
    this.handOver = cluster.handOver();
    this.limit = limit;
  }

  /**
   * Takes leases, after those who hold them have had a chance to give them up.
   *
   * @return the states that are remembered of these members; empty when the cluster does not answer
   */
  Future<Map<MemberKey, MemberState>> take(Collection<MemberKey> wanted) {
    return inTime(members.acquire(names(wanted)))
        .compose(this::takeOver)
        .map(taken -> states(wanted, taken))
        .otherwise(Map.of());
  }

  private Future<Map<String, LeaseResult>> takeOver(Map<String, LeaseResult> taken) {
    var held = new HashMap<String, List<String>>();
    taken.forEach(
        (name, answer) -> {
          if (!answer.granted()) {
            held.computeIfAbsent(answer.holder(), holder -> new ArrayList<>()).add(name);
          }
        });
    if (held.isEmpty()) {
      return Future.succeededFuture(taken);
    }
    var asked = new ArrayList<Future<Void>>();
    held.forEach((holder, names) -> asked.add(handOver.ask(holder, names)));
    return Future.join(asked)
        .transform(
            done -> inTime(members.acquire(held.values().stream().flatMap(List::stream).toList())))
        .map(
            again -> {
              var all = new HashMap<>(taken);
              all.putAll(again);
              return all;
            });
  }

  private static Map<MemberKey, MemberState> states(
      Collection<MemberKey> wanted, Map<String, LeaseResult> taken) {
    var states = new HashMap<MemberKey, MemberState>();
    for (MemberKey member : wanted) {
      LeaseResult answer = taken.get(MemberName.of(member));
      MemberState state = answer == null ? null : decode(answer.cached());
      if (state != null) {
        states.put(member, state);
      }
    }
    return states;
  }

  Future<Void> release(Collection<MemberKey> leased) {
    return inTime(members.release(names(leased)));
  }

  /** Has the other nodes remember these states; completes when they do, however late. */
  Future<Void> publish(Map<MemberKey, MemberState> committed) {
    return members.publish(hot(committed));
  }

  /** How long a commit waits for the other nodes to remember it before they are warned. */
  Duration publishWait() {
    return certainty.isCertain() ? PUBLISH_WAIT : UNCERTAIN_PUBLISH_WAIT;
  }

  /** How long anything else waits for them. */
  Duration answerWait() {
    return certainty.isCertain() ? WAIT : UNCERTAIN_WAIT;
  }

  /** Empty also when the cluster does not answer. */
  Future<Optional<MemberState>> read(MemberKey member) {
    return inTime(members.read(MemberName.of(member)))
        .otherwise(Optional.empty())
        .map(hot -> Optional.ofNullable(decode(hot.orElse(null))));
  }

  Future<Void> clear() {
    return limit.within(CLEAR_WAIT, members.clear());
  }

  private <T extends @Nullable Object> Future<T> inTime(Future<T> answer) {
    return limit.within(answerWait(), answer);
  }

  private static List<String> names(Collection<MemberKey> members) {
    return members.stream().map(MemberName::of).toList();
  }

  private static Map<String, CachedState> hot(Map<MemberKey, MemberState> states) {
    var hot = new HashMap<String, CachedState>(states.size() * 2);
    states.forEach(
        (member, state) ->
            hot.put(
                MemberName.of(member),
                new CachedState(state.sequence(), StateCodec.encode(state))));
    return hot;
  }

  /** Null also when a node of another version wrote it: the database then has it all the same. */
  private static @Nullable MemberState decode(@Nullable CachedState cached) {
    try {
      return cached == null ? null : StateCodec.decode(cached.state());
    } catch (IllegalArgumentException e) {
      LOG.warn("hot state not read: {}", e.getMessage());
      return null;
    }
  }
}
