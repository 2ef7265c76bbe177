package points.ledger.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramQueueTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final List<Promise<String>> begun = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Future<String> submit(ProgramQueue turns, String program) {
    return turns.inTurn(
        program,
        () -> {
          Promise<String> work = Promise.promise();
          begun.add(work);
          return work.future();
        },
        "not begun");
  }

  @Test
  void work_of_a_program_is_begun_when_the_work_before_it_has_ended() {
    var turns = new ProgramQueue(vertx, 10, LONG);
    Future<String> first = submit(turns, "p");
    Future<String> second = submit(turns, "p");
    Future<String> other = submit(turns, "q");

    assertThat(begun).hasSize(2);
    begun.get(1).complete("of q");
    assertThat(other.result()).isEqualTo("of q");
    assertThat(begun).hasSize(2);
    begun.get(0).fail("broken");
    assertThat(first.failed()).isTrue();
    assertThat(begun).hasSize(3);
    begun.get(2).complete("second");
    assertThat(second.result()).isEqualTo("second");
  }

  @Test
  void work_that_waited_too_long_is_never_begun() throws Exception {
    var turns = new ProgramQueue(vertx, 10, Duration.ofMillis(20));
    submit(turns, "p");

    Future<String> late = submit(turns, "p");

    assertThat(late.await(10, TimeUnit.SECONDS)).isEqualTo("not begun");
    begun.get(0).complete("first");
    assertThat(begun).hasSize(1);
    Future<String> next = submit(turns, "p");
    begun.get(1).complete("next");
    assertThat(next.result()).isEqualTo("next");
  }

  @Test
  void more_work_than_may_wait_is_turned_away() {
    var turns = new ProgramQueue(vertx, 2, LONG);
    submit(turns, "p");
    Future<String> waits = submit(turns, "p");

    assertThat(submit(turns, "p").result()).isEqualTo("not begun");
    assertThat(submit(turns, "q").result()).isEqualTo("not begun");

    begun.get(0).complete("first");
    begun.get(1).complete("second");
    assertThat(waits.result()).isEqualTo("second");
    Future<String> after = submit(turns, "q");
    begun.get(2).complete("after");
    assertThat(after.result()).isEqualTo("after");
  }
}
