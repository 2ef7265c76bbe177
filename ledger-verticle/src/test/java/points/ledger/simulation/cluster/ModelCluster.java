package points.ledger.simulation.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.cluster.cache.CacheEntries;
import points.cluster.cache.CachedState;
import points.cluster.cache.LeaseResult;
import points.cluster.cache.StateCache;
import points.ledger.cache.AlwaysConsistent;
import points.ledger.cache.LeaseHandover;
import points.ledger.cache.ReadConsistency;
import points.ledger.model.MemberKey;
import points.ledger.simulation.audit.HistoryAuditor;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.simulation.world.Plant;
import points.ledger.simulation.world.Weather;
import points.ledger.wire.MemberName;

/** The nodes' hot entries, with the calls to them that are late, lost, or done twice. */
public final class ModelCluster {

  /** How its nodes rely on what they remember. */
  public enum Kind {
    /** Each as one that is alone: on its own memory. */
    ALONE,
    /** Never: they are never certain. They ask each other for leases. */
    UNSURE,
    /**
     * On what they remember together, of which they are certain. They ask each other for leases.
     */
    CERTAIN
  }

  private static final long HAND_OVER_NANOS = 300_000_000;

  /**
   * What leaves the cluster with old entries, or brings an old one where the newer has vanished: of
   * a split the nodes know, and are not certain then; the rest is what is left (ADR 14).
   */
  private static final Set<Fault> DOUBTFUL =
      EnumSet.of(Fault.HOT_TWICE, Fault.ENTRIES_DROPPED, Fault.ALL_DROPPED, Fault.CLUSTER_SPLIT);

  /** How long a node may rely on what another said of itself. */
  private static final long WHOLE_NANOS = 600 * Events.MILLI;

  /** How long a node that is gone without a word is waited for. */
  private static final long MISSED_NANOS = 3 * Events.SECOND;

  private final Events events;
  private final Weather weather;
  private final HistoryAuditor auditor;
  private final Plant plant;
  private final CacheEntries entries = new CacheEntries(Duration.ofSeconds(3));
  private final Kind kind;
  private final Map<UUID, Node> present = new LinkedHashMap<>();

  /** Nodes that have committed what the others cannot see, by when they began to say so. */
  private final Map<UUID, Long> unsettled = new HashMap<>();

  /** Goes up when all is forgotten; what was on its way before has no effect any more. */
  private int epoch;

  private @Nullable Node alone;
  private CacheEntries ofAlone = entries;

  public ModelCluster(Events events, Weather weather, HistoryAuditor auditor, Plant plant) {
    this.plant = plant;
    this.events = events;
    this.weather = weather;
    this.auditor = auditor;
    this.kind = Kind.values()[weather.choose(Kind.values().length)];
    if (kind == Kind.CERTAIN) {
      weather.rulesOut(DOUBTFUL);
    }
  }

  public Kind kind() {
    return kind;
  }

  void join(Node node) {
    present.put(node.id(), node);
  }

  void leave(UUID node) {
    present.remove(node);
    if (unsettled.containsKey(node)) {
      events.after(MISSED_NANOS, () -> forget(node));
    }
  }

  private void forget(UUID missed) {
    dropAll();
    epoch++;
    unsettled.remove(missed);
  }

  /** All that have started and not ended. */
  List<Node> nodes() {
    return List.copyOf(present.values());
  }

  ReadConsistency certaintyOf(Node node) {
    return new Word(node.id(), node.thread());
  }

  /** From now on this node has a copy of its own. */
  public void split(Node node) {
    if (alone == null) {
      alone = node;
      ofAlone = entries.split();
    }
  }

  public void heal() {
    if (alone != null) {
      entries.merge(ofAlone);
      ofAlone = entries;
      alone = null;
    }
  }

  public void drop(String key) {
    entries.forget(key);
  }

  public void dropAll() {
    entries.clear();
  }

  public void deleteLease(String key) {
    entries.deleteLease(key);
  }

  /** A node asks another for leases; the question or the answer may be lost, or late. */
  LeaseHandover handOverTo(Node asker) {
    Node.OwnThread thread = asker.thread();
    return (holder, names) -> {
      Promise<Void> answer = Promise.promise();
      Node asked = present.get(UUID.fromString(holder));
      List<MemberKey> members = names.stream().map(MemberName::parse).toList();
      if (asked != null && !weather.strikes(Fault.HAND_OVER_LOST)) {
        asked.post(
            weather.travel(),
            () ->
                asked
                    .release(members)
                    .onComplete(done -> thread.post(weather.travel(), () -> answer.tryComplete())));
      }
      thread.post(HAND_OVER_NANOS, () -> answer.tryFail("late"));
      return answer.future();
    };
  }

  StateCache as(Node node) {
    return new Calls(node);
  }

  /** A node is certain until it must have heard from another that it has something unseen. */
  private final class Word extends AlwaysConsistent {
    private final UUID id;
    private final Node.OwnThread thread;

    private Word(UUID id, Node.OwnThread thread) {
      this.id = id;
      this.thread = thread;
    }

    @Override
    public boolean mayServeCached() {
      return !unsettled.containsKey(id)
          && unsettled.values().stream().allMatch(since -> events.now() - since < WHOLE_NANOS);
    }

    @Override
    public Future<Void> announceUnpublished() {
      if (plant == Plant.NOBODY_WARNED) {
        return Future.succeededFuture();
      }
      unsettled.put(id, events.now());
      Promise<Void> heard = Promise.promise();
      thread.post(WHOLE_NANOS, heard::complete);
      return heard.future();
    }

    @Override
    public void announcePublished() {
      unsettled.remove(id);
    }
  }

  private final class Calls implements StateCache {
    private final Node node;
    private final UUID id;
    private final Node.OwnThread thread;

    private Calls(Node node) {
      this.node = node;
      this.id = node.id();
      this.thread = node.thread();
    }

    @Override
    public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
      var wanted = List.copyOf(keys);
      return call(mine -> mine.acquire(id, seen(), node.instant(), wanted));
    }

    @Override
    public Future<Void> publish(Map<String, CachedState> newest) {
      auditor.published(newest);
      var published = new HashMap<>(newest);
      int since = epoch;
      return tell(
          mine -> {
            if (since == epoch) {
              mine.publish(id, node.instant(), published);
            }
          });
    }

    @Override
    public Future<Optional<CachedState>> read(String key) {
      return call(mine -> Optional.ofNullable(mine.read(key)));
    }

    @Override
    public Future<Void> release(Collection<String> keys) {
      var given = List.copyOf(keys);
      return tell(mine -> mine.release(id, given));
    }

    @Override
    public Future<Void> clear() {
      return tell(mine -> mine.clear());
    }

    private Set<UUID> seen() {
      return isAlone() ? Set.of(id) : Set.copyOf(present.keySet());
    }

    @SuppressWarnings("ReferenceEquality") // this very node
    private boolean isAlone() {
      return alone == node;
    }

    private Future<Void> tell(Consumer<CacheEntries> step) {
      return call(mine -> {
            step.accept(mine);
            return mine;
          })
          .mapEmpty();
    }

    private <T> Future<T> call(Function<CacheEntries, T> step) {
      Promise<T> answer = Promise.promise();
      if (weather.strikes(Fault.HOT_FAILED)) {
        boolean done = weather.heads();
        if (done) {
          events.after(weather.travel(), () -> run(step));
        }
        thread.post(weather.travel(), () -> answer.tryFail("by the simulation"));
        return answer.future();
      }
      if (weather.strikes(Fault.HOT_SILENT)) {
        boolean done = weather.heads();
        if (done) {
          events.after(weather.travel(), () -> run(step));
        }
        return answer.future();
      }
      if (weather.strikes(Fault.HOT_TWICE)) {
        events.after(weather.seconds(), () -> run(step));
      }
      long travel = weather.strikes(Fault.HOT_LATE) ? weather.seconds() : weather.travel();
      events.after(
          travel,
          () -> {
            T result = run(step);
            thread.post(weather.travel(), () -> answer.tryComplete(result));
          });
      return answer.future();
    }

    private <T> T run(Function<CacheEntries, T> step) {
      return step.apply(isAlone() ? ofAlone : entries);
    }
  }
}
