package points.ledger.lane;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import points.ledger.domain.Entry;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.store.CommittedStates;

/**
 * The states of the members that are hot on this node: in its memory, beside that in the cluster,
 * behind both in PostgreSQL. Each lane writes only its own members; any thread reads.
 */
public final class States {

  private static final Logger LOG = LoggerFactory.getLogger(States.class);

  private static final int SETTLED_AT_ONCE = 1_000;

  /** Longer than it takes until no node is certain. */
  private static final Duration UNCERTAIN_WITHIN = Duration.ofSeconds(2);

  private final Cache<MemberKey, Believed> mine;

  private final SharedStates cluster;
  private final Certainty certainty;
  private final CommittedStates database;
  private final TimeLimit limit;
  private final Doubts doubts;

  /**
   * @param limit what ends the wait for the cluster
   * @param membersMax states kept in this node's memory; a member with three lots takes about 500
   *     bytes
   */
  public States(HotCluster cluster, CommittedStates database, TimeLimit limit, int membersMax) {
    this.mine = Caffeine.newBuilder().maximumSize(membersMax).executor(Runnable::run).build();
    this.cluster = new SharedStates(cluster, limit);
    this.certainty = cluster.certainty();
    this.database = database;
    this.limit = limit;
    this.doubts = new Doubts(certainty);
  }

  /** What this node's memory holds; null when nothing. */
  @Nullable Believed find(MemberKey member) {
    return mine.getIfPresent(member);
  }

  /** Forgets what turned out to be old, or may be; what the cluster holds may be no newer. */
  void doubt(MemberKey member) {
    mine.invalidate(member); // first, or published() might still find it
    doubts.add(member);
  }

  /** Forgets all members, and has the cluster forget them; failed when it does not. */
  Future<Void> forgetAll() {
    mine.invalidateAll();
    return forgetShared();
  }

  /** Has the cluster forget all members; failed when it does not. */
  public Future<Void> forgetShared() {
    return cluster.clear();
  }

  /**
   * Reads members in doubt from the database and publishes them, some at a time: one that nobody
   * writes to would stay in doubt for ever, and the other nodes would show what is old.
   *
   * @return completes when there are none, or when it does not help
   */
  public Future<Void> settleDoubts() {
    int before = doubts.size();
    if (before == 0 || !certainty.databaseAnswers()) {
      return Future.succeededFuture();
    }
    return reload(doubts.some(SETTLED_AT_ONCE))
        .compose(done -> doubts.size() < before ? settleDoubts() : Future.succeededFuture());
  }

  /**
   * Has all nodes show these entries, of which callers are about to be told again: who wrote them
   * may be another node, and may be gone or not know of it yet.
   *
   * @return failed when the database does not answer; completes as {@link #publish} does
   */
  Future<Void> show(Collection<Entry> entries) {
    var shown = new HashMap<MemberKey, MemberState>();
    var older = new HashSet<MemberKey>();
    for (Entry entry : entries) {
      MemberState state = remembered(entry.member());
      if (state == null || state.sequence() < entry.sequence()) {
        older.add(entry.member());
      } else {
        shown.put(entry.member(), state);
      }
    }
    Future<Map<MemberKey, MemberState>> read =
        older.isEmpty() ? Future.succeededFuture(Map.of()) : database.states(older);
    return read.compose(
        found -> {
          shown.putAll(found);
          return publish(shown);
        });
  }

  /**
   * Loads these members, from the cluster where it has them, else from the database.
   *
   * @return failed when the database does not answer
   */
  Future<Void> load(Collection<MemberKey> members) {
    return cluster
        .take(members)
        .compose(
            shared -> {
              List<MemberKey> missing = members.stream().filter(m -> !keep(m, shared)).toList();
              return missing.isEmpty() ? Future.succeededFuture() : reload(missing);
            });
  }

  /** Forgets members that another node is to decide on, and gives their leases up. */
  public Future<Void> release(Collection<MemberKey> members) {
    members.forEach(mine::invalidate);
    return members.isEmpty() ? Future.succeededFuture() : cluster.giveUp(members);
  }

  /** The members in this node's memory, most of whose leases it holds. */
  public Set<MemberKey> remembered() {
    return Set.copyOf(mine.asMap().keySet());
  }

  /** Reads these members from the database, whatever is remembered of them. */
  Future<Void> reload(Collection<MemberKey> members) {
    return database
        .states(members)
        .compose(
            found -> {
              members.forEach(member -> believe(member, Believed.of(found.get(member))));
              return correct(members.stream().filter(doubts::has).toList(), found);
            });
  }

  /** Puts right what the cluster believes of doubted members; they are in doubt until it has it. */
  private Future<Void> correct(List<MemberKey> members, Map<MemberKey, MemberState> found) {
    if (members.isEmpty()) {
      return Future.succeededFuture();
    }
    var known = new HashMap<>(found);
    known.keySet().retainAll(members);
    return cluster
        .correct(known)
        .onSuccess(done -> members.forEach(member -> published(member, found.get(member))))
        .otherwiseEmpty();
  }

  /** What was read before a commit may arrive after it: the higher sequence stays. */
  private void believe(MemberKey member, Believed believed) {
    mine.asMap().merge(member, believed, Believed::newer);
  }

  private boolean keep(MemberKey member, Map<MemberKey, MemberState> shared) {
    MemberState state = doubts.has(member) ? null : shared.get(member);
    if (state == null) {
      return false;
    }
    believe(member, new Believed(state));
    return true;
  }

  /**
   * Publishes committed states: at once to this node's memory, then to the cluster. Completes when
   * no node shows anything older any more: the cluster has them, or no node is certain of it.
   */
  Future<Void> publish(Map<MemberKey, MemberState> committed) {
    if (committed.isEmpty()) {
      return Future.succeededFuture();
    }
    committed.forEach((member, state) -> believe(member, new Believed(state)));
    Future<Void> published =
        cluster.publish(committed).onSuccess(done -> committed.forEach(this::published));
    return limit
        .within(cluster.publishWait(), published)
        .recover(
            late -> {
              Future<Void> uncertain = notPublished(committed.keySet(), late);
              return limit.within(UNCERTAIN_WITHIN, Future.any(published, uncertain).mapEmpty());
            })
        .otherwiseEmpty();
  }

  /** There is no doubt any more, unless it came up, or something newer did, in the meantime. */
  private void published(MemberKey member, @Nullable MemberState state) {
    doubts.remove(
        member,
        () -> {
          Believed believed = find(member);
          return believed != null && believed.sequence() <= Believed.of(state).sequence();
        });
  }

  private Future<Void> notPublished(Set<MemberKey> members, Throwable cause) {
    // While a node says nothing this is what one expects, batch after batch.
    LOG.atLevel(certainty.isCertain() ? Level.WARN : Level.DEBUG)
        .log("hot states of {} members not published: {}", members.size(), cause.toString());
    return doubts.addUnseen(members);
  }

  /** What this node's memory holds of an enrolled member; null when nothing. */
  @Nullable MemberState remembered(MemberKey member) {
    Believed believed = mine.getIfPresent(member);
    return believed == null ? null : believed.state();
  }

  boolean isDoubted(MemberKey member) {
    return doubts.has(member);
  }

  /** What the cluster remembers; empty also when it does not answer. */
  Future<Optional<MemberState>> ofCluster(MemberKey member) {
    return cluster.read(member);
  }

  /** The committed state, which the cluster then remembers; empty when it is not enrolled. */
  Future<Optional<MemberState>> ofDatabase(MemberKey member) {
    return database
        .states(List.of(member))
        .map(
            found -> {
              if (!found.isEmpty()) {
                cluster.correct(found);
              }
              return Optional.ofNullable(found.get(member));
            });
  }
}
