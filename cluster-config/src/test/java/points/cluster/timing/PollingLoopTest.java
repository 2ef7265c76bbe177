package points.cluster.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PollingLoopTest {

  private final Queue<Promise<Void>> pauses = new ArrayDeque<>();
  private final Queue<Promise<Boolean>> rounds = new ArrayDeque<>();
  private final PollingLoop loop = new PollingLoop(this::pause, "test");

  @Test
  void begins_the_next_round_after_a_pause() {
    loop.start(this::round);
    assertThat(rounds).isEmpty();
    endPause();
    endRound(false);
    assertThat(rounds).isEmpty();
    endPause();
    assertThat(rounds).hasSize(1);
  }

  @Test
  void begins_the_next_round_at_once_when_more_is_due() {
    loop.startNow(this::round);
    endRound(true);
    assertThat(rounds).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void goes_on_after_a_round_that_failed() {
    loop.startNow(this::round);
    Objects.requireNonNull(rounds.poll()).fail("no database");
    endPause();
    assertThat(rounds).hasSize(1);
  }

  @Test
  void begins_no_round_once_stopped_in_a_pause() {
    loop.start(this::round);
    Future<Void> stopped = loop.stop();
    endPause();
    assertThat(rounds).isEmpty();
    assertThat(stopped.succeeded()).isTrue();
  }

  @Test
  void ends_the_round_under_way_and_begins_no_other_once_stopped() {
    loop.startNow(this::round);
    Future<Void> stopped = loop.stop();
    assertThat(stopped.isComplete()).isFalse();
    endRound(true);
    assertThat(stopped.succeeded()).isTrue();
    assertThat(rounds).isEmpty();
    assertThat(pauses).isEmpty();
  }

  private Future<Void> pause() {
    Promise<Void> pause = Promise.promise();
    pauses.add(pause);
    return pause.future();
  }

  private Future<Boolean> round() {
    Promise<Boolean> round = Promise.promise();
    rounds.add(round);
    return round.future();
  }

  private void endPause() {
    Objects.requireNonNull(pauses.poll()).complete();
  }

  private void endRound(boolean more) {
    Objects.requireNonNull(rounds.poll()).complete(more);
  }
}
