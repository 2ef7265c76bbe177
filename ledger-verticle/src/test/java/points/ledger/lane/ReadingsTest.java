package points.ledger.lane;

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
import points.ledger.domain.Lots;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Reading;
import points.ledger.domain.Status;
import points.ledger.wire.MemberName;
import points.ledger.wire.StateCodec;

/** Where a state is read from, and what is said of its age. */
final class ReadingsTest {

  private static final MemberKey MEMBER = new MemberKey("default", "M-1");
  private static final Instant NOW = Instant.parse("2026-06-18T12:00:00Z");
  private static final Instant LAST_CERTAIN = Instant.parse("2026-06-18T11:59:58Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Remembered cluster = new Remembered();
  private final Map<MemberKey, MemberState> committed = new HashMap<>();
  private boolean certain = true;
  private boolean databaseAnswers = true;
  private boolean failing;

  private final Certainty certainty =
      new Certainty() {
        @Override
        public boolean isCertain() {
          return certain;
        }

        @Override
        public Instant lastCertain() {
          return LAST_CERTAIN;
        }

        @Override
        public boolean databaseAnswers() {
          return databaseAnswers;
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

  private final States states =
      new States(
          new HotCluster(cluster, certainty, (holder, members) -> Future.succeededFuture()),
          this::readCommitted,
          new Patient(),
          100);

  @Test
  void of_a_certain_cluster_what_the_nodes_remember_together() {
    cluster.remember(7);
    committed.put(MEMBER, at(8)); // nobody asks

    assertThat(read(false)).isEqualTo(new Reading(at(7), false, NOW));
    assertThat(count("cluster")).isEqualTo(1);
  }

  @Test
  void a_node_that_is_not_alone_does_not_trust_its_own_memory() {
    publish(6);
    cluster.remember(7);

    assertThat(read(false).state()).isEqualTo(at(7));
  }

  @Test
  void a_node_that_is_alone_reads_its_own_memory() {
    publish(6);

    assertThat(read(true).state()).isEqualTo(at(6));
    assertThat(count("memory")).isEqualTo(1);
  }

  @Test
  void what_nobody_remembers_is_read_from_the_database_and_remembered() {
    committed.put(MEMBER, at(8));

    assertThat(read(false)).isEqualTo(new Reading(at(8), false, NOW));
    assertThat(cluster.held).containsKey(MemberName.of(MEMBER));
  }

  @Test
  void nobody_is_nobody() {
    assertThat(readings(false).read(MEMBER).result()).isEmpty();
  }

  @Test
  void without_certainty_the_database_is_asked() {
    certain = false;
    publish(6);
    cluster.remember(7);
    committed.put(MEMBER, at(8));

    assertThat(read(true)).isEqualTo(new Reading(at(8), false, NOW));
    assertThat(count("database")).isEqualTo(1);
  }

  @Test
  void certainty_that_is_lost_while_the_cluster_is_asked_is_no_certainty() {
    cluster.remember(7);
    cluster.whenRead = () -> certain = false;
    committed.put(MEMBER, at(8));

    assertThat(read(false).state()).isEqualTo(at(8));
  }

  @Test
  void a_member_in_doubt_is_read_from_the_database() {
    cluster.remember(7);
    committed.put(MEMBER, at(8));
    states.doubt(MEMBER);

    assertThat(read(false).state()).isEqualTo(at(8));
  }

  @Test
  void with_the_database_away_the_newest_that_is_remembered_is_told_as_stale() {
    certain = false;
    databaseAnswers = false;
    publish(9);
    cluster.remember(7);

    assertThat(read(false)).isEqualTo(new Reading(at(9), true, LAST_CERTAIN));
    cluster.remember(10);
    assertThat(read(false)).isEqualTo(new Reading(at(10), true, LAST_CERTAIN));
    assertThat(count("stale")).isEqualTo(2);
  }

  @Test
  void a_database_that_fails_is_replaced_by_what_is_remembered() {
    certain = false;
    cluster.remember(7);
    committed.clear();
    failing = true;

    assertThat(read(false)).isEqualTo(new Reading(at(7), true, LAST_CERTAIN));
  }

  @Test
  void what_nobody_remembers_and_the_database_does_not_tell_cannot_be_read() {
    certain = false;
    failing = true;

    assertThat(readings(false).read(MEMBER).failed()).isTrue();
    databaseAnswers = false;
    assertThat(readings(false).read(MEMBER).failed()).isTrue();
  }

  private Future<Map<MemberKey, MemberState>> readCommitted(Collection<MemberKey> members) {
    return failing
        ? Future.failedFuture("the database is away")
        : Future.succeededFuture(Map.copyOf(committed));
  }

  private Reading read(boolean alone) {
    return readings(alone).read(MEMBER).result().orElseThrow();
  }

  private Readings readings(boolean alone) {
    return new Readings(
        states, certainty, InstantSource.fixed(NOW), alone, new ReadMetrics(meters));
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

  private static final class Patient implements TimeLimit {
    @Override
    public <T extends @Nullable Object> Future<T> within(Duration max, Future<T> answer) {
      return answer;
    }
  }

  private static final class Remembered implements StateCache {
    private final Map<String, CachedState> held = new HashMap<>();
    private Runnable whenRead = () -> {};

    private void remember(long sequence) {
      held.put(MemberName.of(MEMBER), new CachedState(sequence, StateCodec.encode(at(sequence))));
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
    public Future<Void> forget(String key) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> clear() {
      return Future.succeededFuture();
    }
  }
}
