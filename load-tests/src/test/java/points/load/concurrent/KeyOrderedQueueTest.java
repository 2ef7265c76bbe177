package points.load.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyOrderedQueueTest {
  private final Map<String, Promise<Void>> begun = new LinkedHashMap<>();

  @Test
  void the_second_of_a_key_waits_for_the_first() {
    Future<Void> end = run(10, "a1", "a2", "b1");
    assertThat(begun.keySet()).containsExactly("a1", "b1");
    finish("a1");
    assertThat(begun.keySet()).containsExactly("a1", "b1", "a2");
    finish("a2");
    assertThat(end.isComplete()).isFalse();
    finish("b1");
    assertThat(end.succeeded()).isTrue();
  }

  @Test
  void no_more_than_the_limit_are_in_flight_and_the_earliest_goes_first() {
    Future<Void> end = run(2, "a1", "b1", "c1", "a2", "d1");
    assertThat(begun.keySet()).containsExactly("a1", "b1");
    finish("b1");
    assertThat(begun.keySet()).containsExactly("a1", "b1", "c1");
    finish("a1");
    assertThat(begun.keySet()).containsExactly("a1", "b1", "c1", "a2");
    finish("c1");
    finish("a2");
    finish("d1");
    assertThat(end.succeeded()).isTrue();
  }

  @Test
  void after_a_failure_nothing_new_begins_and_the_end_waits_for_calls_in_flight() {
    Future<Void> end = run(2, "a1", "b1", "c1");
    promise("a1").fail("gone");
    assertThat(begun.keySet()).containsExactly("a1", "b1");
    assertThat(end.isComplete()).isFalse();
    finish("b1");
    assertThat(end.failed()).isTrue();
    assertThat(end.cause()).hasMessage("gone");
  }

  @Test
  void nothing_to_do_ends_at_once() {
    assertThat(run(1).succeeded()).isTrue();
  }

  @Test
  void work_that_is_done_at_once_does_not_exhaust_the_stack() {
    List<Integer> done = new ArrayList<>();
    List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
    Future<Void> end =
        KeyOrderedQueue.run(
            items,
            item -> "one key",
            4,
            item -> {
              done.add(item);
              return Future.succeededFuture();
            });
    assertThat(end.succeeded()).isTrue();
    assertThat(done).isEqualTo(items);
  }

  private Future<Void> run(int inFlight, String... items) {
    return KeyOrderedQueue.run(
        List.of(items),
        item -> item.substring(0, 1),
        inFlight,
        item -> begun.computeIfAbsent(item, it -> Promise.promise()).future());
  }

  private void finish(String item) {
    promise(item).complete();
  }

  private Promise<Void> promise(String item) {
    Promise<Void> promise = begun.get(item);
    assertThat(promise).as(item + " was begun").isNotNull();
    return Objects.requireNonNull(promise);
  }
}
