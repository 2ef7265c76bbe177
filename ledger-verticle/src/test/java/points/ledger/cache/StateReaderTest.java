package points.ledger.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.cluster.cache.CachedState;
import points.cluster.cache.LeaseResult;
import points.cluster.cache.StateCache;
import points.ledger.account.Lots;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;
import points.ledger.model.Status;
import points.ledger.wire.MemberName;
import points.ledger.wire.WireFormat;

/** Where a state is read from, and what is said of its age. */
final class StateReaderTest {

  private static final MemberKey MEMBER = new MemberKey("default", "M-1");
  private static final Instant NOW = Instant.parse("2026-06-18T12:00:00Z");
  private static final Instant LAST_CERTAIN = Instant.parse("2026-06-18T11:59:58Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Remembered cluster = new Remembered();
  private final Map<MemberKey, MemberState> committed = new HashMap<>();
  private boolean certain = true;
  private boolean isDatabaseResponsive = true;
  private boolean failing;

  private final ReadConsistency consistency =
      new ReadConsistency() {
        @Override
        public boolean mayServeCached() {
          return certain;
        }

        @Override
        public Instant lastConsistentAt() {
          return LAST_CERTAIN;
        }

        @Override
        public boolean isDatabaseResponsive() {
          return isDatabaseResponsive;
        }

        @Override
        public Future<Void> announceUnpublished() {
          return Future.succeededFuture();
        }

        @Override
        public void announcePublished() {
          // nobody is to know
        }
      };

  private final MemberStateCache states =
      new MemberStateCache(
          new ClusterCache(cluster, consistency, (holder, members) -> Future.succeededFuture()),
          this::readCommitted,
          new Patient(),
          100);

  @Test
  void a_consistent_cluster_serves_the_shared_cache() {
    cluster.remember(7);
    committed.put(MEMBER, at(8)); // nobody asks

    assertThat(read(false)).isEqualTo(new StateSnapshot(at(7), false, NOW));
    assertThat(count("cluster")).isEqualTo(1);
  }

  @Test
  void a_node_of_a_cluster_does_not_serve_its_own_memory() {
    publish(6);
    cluster.remember(7);

    assertThat(read(false).state()).isEqualTo(at(7));
  }

  @Test
  void a_lone_node_serves_its_own_memory() {
    publish(6);

    assertThat(read(true).state()).isEqualTo(at(6));
    assertThat(count("memory")).isEqualTo(1);
  }

  @Test
  void a_member_without_a_cached_state_is_read_from_postgresql_and_published() {
    committed.put(MEMBER, at(8));

    assertThat(read(false)).isEqualTo(new StateSnapshot(at(8), false, NOW));
    assertThat(cluster.held).containsKey(MemberName.of(MEMBER));
  }

  @Test
  void a_member_that_is_not_enrolled_is_not_found() {
    assertThat(readings(false).read(MEMBER).result()).isEmpty();
  }

  @Test
  void an_inconsistent_cluster_reads_from_postgresql() {
    certain = false;
    publish(6);
    cluster.remember(7);
    committed.put(MEMBER, at(8));

    assertThat(read(true)).isEqualTo(new StateSnapshot(at(8), false, NOW));
    assertThat(count("database")).isEqualTo(1);
  }

  @Test
  void consistency_that_is_lost_during_the_read_sends_it_to_postgresql() {
    cluster.remember(7);
    cluster.whenRead = () -> certain = false;
    committed.put(MEMBER, at(8));

    assertThat(read(false).state()).isEqualTo(at(8));
  }

  @Test
  void a_suspect_member_is_read_from_postgresql() {
    cluster.remember(7);
    committed.put(MEMBER, at(8));
    states.suspect(MEMBER);

    assertThat(read(false).state()).isEqualTo(at(8));
  }

  @Test
  void without_postgresql_the_newest_cached_state_is_returned_as_stale() {
    certain = false;
    isDatabaseResponsive = false;
    publish(9);
    cluster.remember(7);

    assertThat(read(false)).isEqualTo(new StateSnapshot(at(9), true, LAST_CERTAIN));
    cluster.remember(10);
    assertThat(read(false)).isEqualTo(new StateSnapshot(at(10), true, LAST_CERTAIN));
    assertThat(count("stale")).isEqualTo(2);
  }

  @Test
  void a_failing_read_from_postgresql_returns_the_cached_state_as_stale() {
    certain = false;
    cluster.remember(7);
    committed.clear();
    failing = true;

    assertThat(read(false)).isEqualTo(new StateSnapshot(at(7), true, LAST_CERTAIN));
  }

  @Test
  void without_postgresql_and_a_cached_state_the_read_fails() {
    certain = false;
    failing = true;

    assertThat(readings(false).read(MEMBER).failed()).isTrue();
    isDatabaseResponsive = false;
    assertThat(readings(false).read(MEMBER).failed()).isTrue();
  }

  private Future<Map<MemberKey, MemberState>> readCommitted(Collection<MemberKey> members) {
    return failing
        ? Future.failedFuture("the database is away")
        : Future.succeededFuture(Map.copyOf(committed));
  }

  private StateSnapshot read(boolean alone) {
    return readings(alone).read(MEMBER).result().orElseThrow();
  }

  private StateReader readings(boolean alone) {
    return new StateReader(
        states, consistency, InstantSource.fixed(NOW), alone, new ReadMetrics(meters));
  }

  private void publish(long sequence) {
    states.publish(Map.of(MEMBER, at(sequence)));
  }

  private double count(String from) {
    return meters.counter("points.reads", "from", from).count();
  }

  private static MemberState at(long sequence) {
    return new MemberState(Status.ACTIVE, sequence, 0, 0, Lots.NONE);
  }

  private static final class Patient implements Timeouts {
    @Override
    public <T extends @Nullable Object> Future<T> within(Duration max, Future<T> answer) {
      return answer;
    }
  }

  private static final class Remembered implements StateCache {
    private final Map<String, CachedState> held = new HashMap<>();
    private Runnable whenRead = () -> {};

    private void remember(long sequence) {
      held.put(
          MemberName.of(MEMBER), new CachedState(sequence, WireFormat.STATE.encode(at(sequence))));
    }

    @Override
    public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
      throw new IllegalStateException("a read takes no lease");
    }

    @Override
    public Future<Void> publish(Map<String, CachedState> newest) {
      held.putAll(newest);
      return Future.succeededFuture();
    }

    @Override
    public Future<Optional<CachedState>> read(String key) {
      whenRead.run();
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
