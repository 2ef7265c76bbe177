package points.cluster.timing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {

  private final Vertx vertx = Vertx.vertx();
  private final Timers timers = new Timers(vertx);
  private final AtomicInteger ran = new AtomicInteger();

  @AfterEach
  void close() throws InterruptedException {
    var closed = new CountDownLatch(1);
    vertx.close().onComplete(done -> closed.countDown());
    assertThat(closed.await(10, SECONDS)).isTrue();
  }

  @Test
  void runs_in_each_period_until_stopped() throws InterruptedException {
    var thrice = new CountDownLatch(3);
    timers.every(1, thrice::countDown);
    assertThat(thrice.await(10, SECONDS)).isTrue();
  }

  @Test
  void runs_nothing_once_stopped() throws InterruptedException {
    timers.every(1, ran::incrementAndGet);
    timers.every(0, 1, ran::incrementAndGet);
    timers.stop();
    int before = ran.get();
    awaitTimer(30);
    assertThat(ran).hasValueBetween(before, before + 2); // each may have been under way
    int settled = ran.get();
    awaitTimer(30);
    assertThat(ran).hasValue(settled);
  }

  @Test
  void starts_nothing_once_stopped() throws InterruptedException {
    timers.stop();
    timers.every(1, ran::incrementAndGet);
    awaitTimer(30);
    assertThat(ran).hasValue(0);
  }

  @Test
  void drops_work_that_was_due_and_waited_for_its_thread() throws InterruptedException {
    Context worker = ((VertxInternal) vertx).createWorkerContext();
    var busy = new CountDownLatch(1);
    var isStopped = new CountDownLatch(1);
    worker.runOnContext(
        nothing -> {
          timers.every(1, ran::incrementAndGet);
          worker.runOnContext(
              behind -> {
                busy.countDown();
                awaitLatch(isStopped);
              });
        });
    assertThat(busy.await(10, SECONDS)).isTrue();
    int before = ran.get();
    awaitTimer(30); // by now the timer's work waits behind that of the worker
    timers.stop();
    isStopped.countDown();
    var after = new CountDownLatch(1);
    worker.runOnContext(nothing -> after.countDown());
    assertThat(after.await(10, SECONDS)).isTrue();
    assertThat(ran).hasValue(before);
  }

  private void awaitTimer(long ms) throws InterruptedException {
    var fired = new CountDownLatch(1);
    vertx.timer(ms).onComplete(done -> fired.countDown());
    assertThat(fired.await(10, SECONDS)).isTrue();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
