package points.cluster.hot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a lone node collects, against a cluster that counts what it is given. */
final class CollectingHotMembersTest {

  private final Vertx vertx = Vertx.vertx();
  private final Counting cluster = new Counting();
  private final CollectingHotMembers members = new CollectingHotMembers(vertx, cluster);

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void its_own_node_sees_a_state_before_the_cluster_has_it() throws Exception {
    await(members.publish(Map.of("m", hot(7))));

    assertThat(await(members.read("m"))).contains(hot(7));
    assertThat(await(members.take(List.of("m"))).values())
        .extracting(Taken::hot)
        .containsExactly(hot(7));
  }

  @Test
  void many_batches_are_handed_on_as_one() throws Exception {
    for (int sequence = 1; sequence <= 1_000; sequence++) {
      await(members.publish(Map.of("m" + sequence % 10, hot(sequence))));
    }
    awaitHeld("m0", 1_000);
    for (int member = 1; member < 10; member++) {
      awaitHeld("m" + member, 990 + member);
    }
    assertThat(cluster.publications.get()).isLessThan(100);
  }

  @Test
  void an_older_state_never_takes_the_place_of_a_newer_one() throws Exception {
    await(members.publish(Map.of("m", hot(9))));
    await(members.publish(Map.of("m", hot(8))));

    assertThat(await(members.read("m"))).contains(hot(9));
  }

  @Test
  void what_the_cluster_did_not_take_is_handed_on_again() throws Exception {
    cluster.failures.set(2);
    await(members.publish(Map.of("m", hot(5))));
    assertThat(await(members.read("m"))).contains(hot(5));

    awaitHeld("m", 5);
  }

  @Test
  void a_lease_is_given_up_only_when_the_cluster_has_all_that_was_published_before()
      throws Exception {
    Promise<Void> gate = Promise.promise();
    cluster.gate = gate.future();
    await(members.publish(Map.of("m", hot(1))));
    awaitPublications(1);
    await(members.publish(Map.of("m", hot(2))));
    Future<Void> givenUp = members.giveUp(List.of("m"));

    assertThat(cluster.givenUp).isEmpty();
    gate.complete();
    await(givenUp);
    assertThat(cluster.givenUp).containsEntry("m", hot(2));
  }

  @Test
  void a_lease_is_kept_while_the_cluster_does_not_take_the_state() throws Exception {
    cluster.failures.set(Integer.MAX_VALUE);
    await(members.publish(Map.of("m", hot(1))));

    assertThat(members.giveUp(List.of("m")).toCompletionStage().toCompletableFuture())
        .failsWithin(10, SECONDS);
    assertThat(cluster.givenUp).isEmpty();
  }

  private void awaitPublications(int count) throws InterruptedException {
    long until = System.nanoTime() + SECONDS.toNanos(10);
    while (cluster.publications.get() < count) {
      assertThat(System.nanoTime()).as("not handed on").isLessThan(until);
      Thread.sleep(10);
    }
  }

  private void awaitHeld(String key, long sequence) throws InterruptedException {
    long until = System.nanoTime() + SECONDS.toNanos(10);
    while (System.nanoTime() < until) {
      Hot held = cluster.held.get(key);
      if (held != null && held.sequence() == sequence) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(key + " did not come to " + sequence + ": " + cluster.held.get(key));
  }

  private static Hot hot(long sequence) {
    return new Hot(sequence, new byte[] {(byte) sequence});
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  /**
   * Keeps what it is given once its gate is open, except that it first fails as often as it is told
   * to.
   */
  private static final class Counting implements HotMembers {
    private final Map<String, Hot> held = new ConcurrentHashMap<>();
    private final Map<String, Hot> givenUp = new ConcurrentHashMap<>();
    private volatile Future<Void> gate = Future.succeededFuture();
    private final AtomicInteger publications = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public Future<Map<String, Taken>> take(Collection<String> keys) {
      return Future.succeededFuture(
          keys.stream()
              .collect(
                  Collectors.toMap(
                      key -> key, key -> new Taken(true, "me", Instant.MAX, held.get(key)))));
    }

    @Override
    public Future<Void> publish(Map<String, Hot> newest) {
      publications.incrementAndGet();
      if (failures.getAndDecrement() > 0) {
        return Future.failedFuture("not now");
      }
      return gate.onSuccess(open -> held.putAll(newest));
    }

    @Override
    public Future<Optional<Hot>> read(String key) {
      return Future.succeededFuture(Optional.ofNullable(held.get(key)));
    }

    @Override
    public Future<Void> giveUp(Collection<String> keys) {
      keys.forEach(key -> givenUp.put(key, held.get(key)));
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> forget(String key) {
      held.remove(key);
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> clear() {
      held.clear();
      return Future.succeededFuture();
    }
  }
}
