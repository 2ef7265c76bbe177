package points.ledger.cache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.cluster.cache.CachedState;
import points.cluster.cache.LeaseResult;
import points.cluster.cache.StateCache;
import points.ledger.account.Lots;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.database.Database;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.StateSnapshot;
import points.ledger.model.Status;
import points.ledger.store.PgMemberReader;
import points.ledger.wire.WireFormat;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A member of whom the cluster believes less than the database knows. */
@WithPostgres
class MemberStateCacheIT {

  private static final MemberKey MEMBER = new MemberKey("default", "M-1");
  private static final String NAME = "default/M-1";

  private final Database database;
  private final Vertx vertx = Vertx.vertx();
  private final Believing cluster = new Believing();
  private Pool pool;
  private MemberStateCache states;
  private StateReader readings;

  MemberStateCacheIT(TestDatabase database) {
    this.database = new Database(database.uri());
  }

  @BeforeEach
  void aMemberAtFive() throws Exception {
    database.migrate();
    pool = database.pool(vertx, 2);
    states =
        new MemberStateCache(
            AlwaysConsistent.of(cluster), new PgMemberReader(pool), Timeouts.ofVertx(), 10);
    readings =
        new StateReader(
            states,
            new AlwaysConsistent(),
            InstantSource.system(),
            true,
            new ReadMetrics(new SimpleMeterRegistry()));
    await(
        pool.query(
                """
                INSERT INTO program VALUES
                  ('default', 'n', 'CNY', 'UTC', 1, 1, 'FLOOR', 'never', NULL, NULL, NULL, true)
                    ON CONFLICT DO NOTHING
                """)
            .execute());
    await(
        pool.query(
                """
                INSERT INTO member VALUES ('default', 'M-1', 5, -1, 'ACTIVE', 0, 0, 0, '{}', '{}')
                    ON CONFLICT DO NOTHING
                """)
            .execute());
    cluster.held.put(NAME, hot(4));
  }

  @AfterEach
  void close() throws Exception {
    await(pool.close());
    await(vertx.close());
  }

  @Test
  void a_state_of_the_shared_cache_is_kept() throws Exception {
    assertThat(await(readings.read(MEMBER)).map(StateSnapshot::state)).contains(at(4));
  }

  @Test
  void a_suspect_member_is_read_from_postgresql() throws Exception {
    states.suspect(MEMBER);

    assertThat(await(readings.read(MEMBER)).map(StateSnapshot::state)).contains(at(5));
    assertThat(await(readings.read(MEMBER)).map(StateSnapshot::state)).contains(at(5));
  }

  @Test
  void a_suspect_member_is_published_when_it_is_loaded() throws Exception {
    states.suspect(MEMBER);
    await(states.load(List.of(MEMBER)));

    assertThat(states.find(MEMBER)).isEqualTo(new KnownState(at(5)));
    assertThat(cluster.held).containsEntry(NAME, hot(5));
  }

  @Test
  void a_replayed_entry_is_published_to_all_nodes() throws Exception {
    await(states.republish(List.of(new Outcome.Replayed(entry(5)))));

    assertThat(states.find(MEMBER)).isEqualTo(new KnownState(at(5)));
    assertThat(cluster.held).containsEntry(NAME, hot(5));
  }

  @Test
  void the_entry_that_a_refused_order_was_booked_by_is_published() throws Exception {
    await(
        states.republish(
            List.of(new Outcome.Refused(new Refusal.OrderAlreadyProcessed(entry(5))))));

    assertThat(cluster.held).containsEntry(NAME, hot(5));
  }

  /** What this node remembers may be older than what another has told of since. */
  @Test
  void an_older_state_is_not_published() throws Exception {
    await(states.load(List.of(MEMBER)));
    assertThat(states.find(MEMBER)).isEqualTo(new KnownState(at(4)));
    cluster.held.clear();

    await(states.republish(List.of(new Outcome.Replayed(entry(3)))));

    assertThat(cluster.held).containsEntry(NAME, hot(5));
  }

  @Test
  void no_answer_is_replayed_before_it_is_published() throws Exception {
    await(pool.close());

    assertThatThrownBy(() -> await(states.republish(List.of(new Outcome.Replayed(entry(5))))))
        .isNotNull();
    assertThat(cluster.held).containsEntry(NAME, hot(4));
  }

  private static Entry entry(long sequence) {
    return new Entry(
        MEMBER,
        sequence,
        Entry.Kind.ADJUSTMENT,
        1,
        sequence,
        List.of(),
        Collections.emptySortedMap(),
        null,
        Origin.NONE,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static MemberState at(long sequence) {
    return new MemberState(Status.ACTIVE, sequence, 0, 0, Lots.NONE);
  }

  private static CachedState hot(long sequence) {
    return new CachedState(sequence, WireFormat.STATE.encode(at(sequence)));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
  }

  /** Believes what it was last told. */
  private static final class Believing implements StateCache {
    private final Map<String, CachedState> held = new ConcurrentHashMap<>();

    @Override
    public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
      var taken = new HashMap<String, LeaseResult>();
      keys.forEach(key -> taken.put(key, new LeaseResult(true, "me", Instant.MAX, held.get(key))));
      return Future.succeededFuture(taken);
    }

    @Override
    public Future<Void> publish(Map<String, CachedState> newest) {
      held.putAll(newest);
      return Future.succeededFuture();
    }

    @Override
    public Future<Optional<CachedState>> read(String key) {
      return Future.succeededFuture(Optional.ofNullable(held.get(key)));
    }

    @Override
    public Future<Void> release(Collection<String> keys) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> clear() {
      return Future.succeededFuture();
    }
  }
}
