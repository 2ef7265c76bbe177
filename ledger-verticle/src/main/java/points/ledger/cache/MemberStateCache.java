package points.ledger.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.commit.CommittedStates;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;

/**
 * The states of members that are busy on this node.
 *
 * <p>They are in its own memory, behind that in the cluster's shared cache, behind both in
 * PostgreSQL. A lane decides only on its own members; any thread reads.
 *
 * <p>Example: a lane commits sequence 8 of member M. {@link #publish} keeps the state in memory and
 * publishes it to the cluster. If that takes longer than a second, M is <em>unpublished</em>: all
 * nodes are asked to read from PostgreSQL, and only then is the caller answered. If the lane does
 * not know whether its batch was committed, M is <em>suspect</em> until it was read from
 * PostgreSQL.
 */
public final class MemberStateCache {

  private static final int RESOLVED_AT_ONCE = 1_000;

  private final Cache<MemberKey, KnownState> memory;

  private final SharedMemberStates cluster;
  private final ReadConsistency consistency;
  private final CommittedStates database;
  private final SuspectMembers suspects;
  private final StatePublisher publisher;

  /**
   * @param timeouts ends waits for the cluster
   * @param membersMax states kept in this node's memory; a member with three lots takes about 500
   *     bytes
   */
  public MemberStateCache(
      ClusterCache cluster, CommittedStates database, Timeouts timeouts, int membersMax) {
    this.memory = Caffeine.newBuilder().maximumSize(membersMax).executor(Runnable::run).build();
    this.cluster = new SharedMemberStates(cluster, timeouts);
    this.consistency = cluster.consistency();
    this.database = database;
    this.suspects = new SuspectMembers(consistency);
    this.publisher = new StatePublisher(this.cluster, suspects, timeouts);
  }

  /** The state in this node's memory; null when it has none. */
  public @Nullable KnownState find(MemberKey member) {
    return memory.getIfPresent(member);
  }

  /**
   * Drops a state that is outdated, or may be, from memory; the shared cache may hold the same one.
   */
  public void suspect(MemberKey member) {
    suspects.suspect(member);
    memory.invalidate(member);
  }

  /** Drops all states here and in the shared cache; fails when the cluster does not answer. */
  public Future<Void> clear() {
    memory.invalidateAll();
    // After a failover PostgreSQL may lack commits that were published; none is to be waited for.
    return clearShared().onSuccess(forgotten -> suspects.clearUnpublished());
  }

  /** Drops all states in the shared cache; fails when the cluster does not answer. */
  public Future<Void> clearShared() {
    return cluster.clear();
  }

  /**
   * Publishes unpublished members again; reads suspect ones from PostgreSQL and publishes them,
   * some at a time. Without this, a member that nobody writes to would stay suspect for ever.
   *
   * @return completes when none is left, or when a round made no progress
   */
  public Future<Void> resolveSuspects() {
    return publishUnpublished().transform(done -> readSuspects());
  }

  private Future<Void> publishUnpublished() {
    var known = new HashMap<MemberKey, MemberState>();
    suspects
        .someUnpublished(RESOLVED_AT_ONCE)
        .forEach(
            (member, sequence) -> {
              MemberState state = remembered(member);
              if (state != null && state.sequence() >= sequence) {
                known.put(member, state);
              }
            });
    return known.isEmpty() ? Future.succeededFuture() : publisher.correct(known, suspects.mark());
  }

  private Future<Void> readSuspects() {
    int before = suspects.size();
    if (before == 0 || !consistency.isDatabaseResponsive()) {
      return Future.succeededFuture();
    }
    return reload(suspects.some(RESOLVED_AT_ONCE))
        .compose(done -> suspects.size() < before ? readSuspects() : Future.succeededFuture());
  }

  /**
   * Publishes the members of replayed answers, before these answers are given again. The node that
   * wrote an entry may be gone, or may not know that it was committed. PostgreSQL is read, because
   * this node's memory may be older than an answer that another node gave.
   *
   * @return fails when PostgreSQL does not answer; completes as {@link #publish} does
   */
  public Future<Void> republish(Collection<Outcome> outcomes) {
    Set<MemberKey> members =
        outcomes.stream()
            .flatMap(outcome -> Stream.ofNullable(replayedEntry(outcome)))
            .map(Entry::member)
            .collect(Collectors.toSet());
    SuspicionMark begun = suspects.mark();
    return members.isEmpty()
        ? Future.succeededFuture()
        : database.states(members).compose(found -> publish(found, begun));
  }

  private static @Nullable Entry replayedEntry(Outcome outcome) {
    if (outcome instanceof Outcome.Replayed replayed) {
      return replayed.entry();
    }
    return outcome instanceof Outcome.Refused refused
            && refused.refusal() instanceof Refusal.OrderAlreadyProcessed processed
        ? processed.first()
        : null;
  }

  /**
   * Loads these members from the shared cache where it has them, else from PostgreSQL, and acquires
   * their leases.
   *
   * @return fails when PostgreSQL does not answer
   */
  public Future<Void> load(Collection<MemberKey> members) {
    SuspicionMark begun = suspects.mark();
    return cluster
        .acquire(members)
        .compose(
            shared -> {
              List<MemberKey> missing =
                  members.stream().filter(m -> !keep(m, shared, begun)).toList();
              return missing.isEmpty() ? Future.succeededFuture() : reload(missing);
            });
  }

  /** Drops members that another node owns now, and releases their leases. */
  public Future<Void> release(Collection<MemberKey> members) {
    members.forEach(memory::invalidate);
    return members.isEmpty() ? Future.succeededFuture() : cluster.release(members);
  }

  /** The members in this node's memory; it holds the leases of most of them. */
  public Set<MemberKey> remembered() {
    return Set.copyOf(memory.asMap().keySet());
  }

  /** Reads these members from PostgreSQL, whatever any cache holds. */
  public Future<Void> reload(Collection<MemberKey> members) {
    SuspicionMark begun = suspects.mark();
    return database.states(members).compose(found -> onRead(members, found, begun));
  }

  /**
   * Reads a member from PostgreSQL, together with what else the query reads. Acquires the member's
   * lease if this node has no state of it yet.
   *
   * @param query runs after the lease was requested
   * @param stateOf returns the state in the query's result; null when the member is not enrolled
   * @return the query's result, after its state is in memory; fails when PostgreSQL does not answer
   */
  public <T> Future<T> reloadWith(
      MemberKey member, Supplier<Future<T>> query, Function<T, @Nullable MemberState> stateOf) {
    List<MemberKey> one = List.of(member);
    Future<?> leased = find(member) == null ? cluster.acquire(one) : Future.succeededFuture();
    return leased.compose(
        done -> {
          SuspicionMark begun = suspects.mark();
          return query
              .get()
              .compose(
                  found -> {
                    MemberState state = stateOf.apply(found);
                    return onRead(one, state == null ? Map.of() : Map.of(member, state), begun)
                        .map(found);
                  });
        });
  }

  /** Keeps states that were read from PostgreSQL; corrects those of suspect members elsewhere. */
  private Future<Void> onRead(
      Collection<MemberKey> members, Map<MemberKey, MemberState> found, SuspicionMark begun) {
    var suspect = new HashMap<MemberKey, MemberState>();
    for (MemberKey member : members) {
      MemberState state = found.get(member);
      remember(member, KnownState.of(state), begun);
      if (state == null) {
        suspects.resolve(member, KnownState.ABSENT.sequence(), begun);
      } else if (suspects.has(member)) {
        suspect.put(member, state);
      }
    }
    return suspect.isEmpty() ? Future.succeededFuture() : publisher.correct(suspect, begun);
  }

  /**
   * Keeps a state in memory. A state that was read before a commit may arrive after it, so the
   * higher sequence stays. A state that was read before its member became suspect is dropped.
   *
   * @param begun the mark of the suspicions when it began to be read, or was committed
   */
  private void remember(MemberKey member, KnownState known, SuspicionMark begun) {
    if (!suspects.hasSince(member, begun)) {
      memory.asMap().merge(member, known, KnownState::newer);
    }
  }

  private boolean keep(MemberKey member, Map<MemberKey, MemberState> shared, SuspicionMark begun) {
    MemberState state = suspects.has(member) ? null : shared.get(member);
    if (state == null) {
      return false;
    }
    remember(member, KnownState.of(state), begun);
    return true;
  }

  /**
   * Publishes committed states: at once to this node's memory, then to the cluster. Completes when
   * no node serves an older state any more: the cluster has these, or no node serves cached states.
   */
  public Future<Void> publish(Map<MemberKey, MemberState> committed) {
    return publish(committed, suspects.mark());
  }

  private Future<Void> publish(Map<MemberKey, MemberState> committed, SuspicionMark begun) {
    if (committed.isEmpty()) {
      return Future.succeededFuture();
    }
    committed.forEach((member, state) -> remember(member, KnownState.of(state), begun));
    return publisher.publish(committed, begun);
  }

  /** The state of an enrolled member in this node's memory; null when it has none. */
  public @Nullable MemberState remembered(MemberKey member) {
    KnownState known = memory.getIfPresent(member);
    return known == null ? null : known.state();
  }

  boolean isSuspect(MemberKey member) {
    return suspects.has(member);
  }

  /** The state in the shared cache; empty also when the cluster does not answer. */
  Future<Optional<MemberState>> fromCluster(MemberKey member) {
    return cluster.read(member);
  }

  /** The committed state, which is then published; empty when the member is not enrolled. */
  Future<Optional<MemberState>> fromDatabase(MemberKey member) {
    return database
        .states(List.of(member))
        .map(
            found -> {
              if (!found.isEmpty()) {
                // The state is not kept in this node's memory, so it ends no suspicion.
                publisher.correct(found, SuspicionMark.BEFORE_ALL);
              }
              return Optional.ofNullable(found.get(member));
            });
  }
}
