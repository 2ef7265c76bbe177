package points.cluster.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedPartsTest {

  private final StartedParts parts = new StartedParts();
  private final List<String> stopped = new ArrayList<>();

  @Test
  void a_failed_start_stops_its_begun_parts_in_reverse_order_and_then_fails() {
    Promise<Void> lastStops = Promise.promise();
    add("first");
    parts.add(
        () -> {
          stopped.add("last");
          return lastStops.future();
        });
    Future<String> start = parts.stopUnlessStarted(Future.failedFuture("port taken"));

    assertThat(stopped).containsExactly("last");
    assertThat(start.isComplete()).isFalse();
    lastStops.complete();
    assertThat(stopped).containsExactly("last", "first");
    assertThat(start.cause()).hasMessage("port taken");
  }

  @Test
  void a_start_that_succeeds_stops_nothing() {
    add("first");
    assertThat(parts.stopUnlessStarted(Future.succeededFuture("up")).result()).isEqualTo("up");
    assertThat(stopped).isEmpty();
  }

  @Test
  void a_part_that_does_not_stop_in_order_does_not_keep_the_others_from_it() {
    add("first");
    parts.add(() -> Future.failedFuture("away"));
    parts.add(
        () -> {
          throw new IllegalStateException("fault");
        });
    assertThat(parts.stop().succeeded()).isTrue();
    assertThat(stopped).containsExactly("first");
  }

  @Test
  void each_part_is_stopped_once() {
    add("first");
    assertThat(parts.stop().succeeded()).isTrue();
    assertThat(parts.stop().succeeded()).isTrue();
    assertThat(stopped).containsExactly("first");
  }

  private void add(String name) {
    parts.add(
        () -> {
          stopped.add(name);
          return Future.succeededFuture();
        });
  }
}
