package points.ledger.lane;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.domain.Entry;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal;
import points.ledger.store.CommittedStates;

/**
 * The states of the members that are hot on this node: in its memory, beside that in the cluster,
 * behind both in PostgreSQL. Each lane decides only on its own members; any thread reads.
 */
public final class States {

  private static final Logger LOG = LoggerFactory.getLogger(States.class);

  private static final int SETTLED_AT_ONCE = 1_000;

  /** Is older than the first doubt, so that none ends. */
  private static final long NO_DOUBT = 0;

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
    doubts.add(member);
    mine.invalidate(member);
  }

  /** Forgets all members, and has the cluster forget them; failed when it does not. */
  Future<Void> forgetAll() {
    mine.invalidateAll();
    // The database may have less than was published, and then never has it again.
    return forgetShared().onSuccess(forgotten -> doubts.nothingIsUnseen());
  }

  /** Has the cluster forget all members; failed when it does not. */
  public Future<Void> forgetShared() {
    return cluster.clear();
  }

  /**
   * Publishes again what the others cannot see, and reads the other members in doubt from the
   * database and publishes them, some at a time: one that nobody writes to would stay in doubt for
   * ever.
   *
   * @return completes when there are none, or when it does not help
   */
  public Future<Void> settleDoubts() {
    return publishUnseen().transform(done -> readDoubted());
  }

  private Future<Void> publishUnseen() {
    var known = new HashMap<MemberKey, MemberState>();
    doubts
        .someUnseen(SETTLED_AT_ONCE)
        .forEach(
            (member, sequence) -> {
              MemberState state = remembered(member);
              if (state != null && state.sequence() >= sequence) {
                known.put(member, state);
              }
            });
    return known.isEmpty() ? Future.succeededFuture() : correct(known, doubts.newest());
  }

  private Future<Void> readDoubted() {
    int before = doubts.size();
    if (before == 0 || !certainty.databaseAnswers()) {
      return Future.succeededFuture();
    }
    return reload(doubts.some(SETTLED_AT_ONCE))
        .compose(done -> doubts.size() < before ? readDoubted() : Future.succeededFuture());
  }

  /**
   * Has all nodes show these entries, of which callers are about to be told again: who wrote them
   * may be another node, and may be gone or not know of it yet. What this node remembers may be
   * older than what was told meanwhile, so it is not asked.
   *
   * @return failed when the database does not answer; completes as {@link #publish} does
   */
  public Future<Void> show(Collection<Outcome> outcomes) {
    Set<MemberKey> members =
        outcomes.stream()
            .flatMap(outcome -> Stream.ofNullable(told(outcome)))
            .map(Entry::member)
            .collect(Collectors.toSet());
    long newest = doubts.newest();
    return members.isEmpty()
        ? Future.succeededFuture()
        : database.states(members).compose(found -> publish(found, newest));
  }

  private static @Nullable Entry told(Outcome outcome) {
    if (outcome instanceof Outcome.Replayed replayed) {
      return replayed.entry();
    }
    return outcome instanceof Outcome.Refused refused
            && refused.refusal() instanceof Refusal.OrderAlreadyProcessed processed
        ? processed.first()
        : null;
  }

  /**
   * Loads these members, from the cluster where it has them, else from the database.
   *
   * @return failed when the database does not answer
   */
  Future<Void> load(Collection<MemberKey> members) {
    long newest = doubts.newest();
    return cluster
        .take(members)
        .compose(
            shared -> {
              List<MemberKey> missing =
                  members.stream().filter(m -> !keep(m, shared, newest)).toList();
              return missing.isEmpty() ? Future.succeededFuture() : reload(missing);
            });
  }

  /** Forgets members that another node is to decide on, and gives their leases up. */
  public Future<Void> release(Collection<MemberKey> members) {
    members.forEach(mine::invalidate);
    return members.isEmpty() ? Future.succeededFuture() : cluster.release(members);
  }

  /** The members in this node's memory, most of whose leases it holds. */
  public Set<MemberKey> remembered() {
    return Set.copyOf(mine.asMap().keySet());
  }

  /** Reads these members from the database, whatever is remembered of them. */
  Future<Void> reload(Collection<MemberKey> members) {
    long newest = doubts.newest();
    return database
        .states(members)
        .compose(
            found -> {
              var doubted = new HashMap<MemberKey, MemberState>();
              for (MemberKey member : members) {
                MemberState state = found.get(member);
                believe(member, Believed.of(state), newest);
                if (state == null) {
                  doubts.seen(member, Believed.ABSENT.sequence(), newest);
                } else if (doubts.has(member)) {
                  doubted.put(member, state);
                }
              }
              return doubted.isEmpty() ? Future.succeededFuture() : correct(doubted, newest);
            });
  }

  /** Puts right what the cluster believes; they are in doubt until it has it, however late. */
  private Future<Void> correct(Map<MemberKey, MemberState> states, long newest) {
    return limit.within(cluster.answerWait(), published(states, newest)).otherwiseEmpty();
  }

  /**
   * Has the cluster remember states, which ends the doubts about them.
   *
   * @param newest the newest doubt when they began to be read, or were committed
   */
  private Future<Void> published(Map<MemberKey, MemberState> states, long newest) {
    return cluster
        .publish(states)
        .onSuccess(
            done ->
                states.forEach((member, state) -> doubts.seen(member, state.sequence(), newest)));
  }

  /**
   * What was read before a commit may arrive after it: the higher sequence stays. What was read
   * before a doubt may be older than what the doubt is about, which is not here any more.
   *
   * @param newest the newest doubt when this began to be read, or was committed
   */
  private void believe(MemberKey member, Believed believed, long newest) {
    if (!doubts.hasSince(member, newest)) {
      mine.asMap().merge(member, believed, Believed::newer);
    }
  }

  private boolean keep(MemberKey member, Map<MemberKey, MemberState> shared, long newest) {
    MemberState state = doubts.has(member) ? null : shared.get(member);
    if (state == null) {
      return false;
    }
    believe(member, Believed.of(state), newest);
    return true;
  }

  /**
   * Publishes committed states: at once to this node's memory, then to the cluster. Completes when
   * no node shows anything older any more: the cluster has them, or no node is certain of it.
   */
  Future<Void> publish(Map<MemberKey, MemberState> committed) {
    return publish(committed, doubts.newest());
  }

  private Future<Void> publish(Map<MemberKey, MemberState> committed, long newest) {
    if (committed.isEmpty()) {
      return Future.succeededFuture();
    }
    committed.forEach((member, state) -> believe(member, Believed.of(state), newest));
    Future<Void> published = published(committed, newest);
    return limit
        .within(cluster.publishWait(), published)
        .recover(
            late -> {
              Future<Void> uncertain = notPublished(committed, late);
              return limit.within(UNCERTAIN_WITHIN, Future.any(published, uncertain).mapEmpty());
            })
        .otherwiseEmpty();
  }

  private Future<Void> notPublished(Map<MemberKey, MemberState> committed, Throwable cause) {
    LOG.debug("hot states of {} members not published: {}", committed.size(), cause.toString());
    var sequences = new HashMap<MemberKey, Long>();
    committed.forEach((member, state) -> sequences.put(member, state.sequence()));
    return doubts.addUnseen(sequences);
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
                correct(found, NO_DOUBT); // it is not in this node's memory, which comes first
              }
              return Optional.ofNullable(found.get(member));
            });
  }
}
