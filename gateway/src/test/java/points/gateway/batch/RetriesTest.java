package points.gateway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import points.gateway.web.CallResult;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.ProblemCode;
import points.gateway.web.RefusalProblem;

class RetriesTest {

  private static final CallResult DONE = new CallResult.Success(201, false, new JsonObject());

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger counted = new AtomicInteger();
  private volatile boolean stopping;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private CallResult run(IntFunction<Future<CallResult>> work) throws Exception {
    var retries = new Retries(() -> stopping, counted::incrementAndGet);
    return retries
        .run(vertx, () -> work.apply(tries.incrementAndGet()), "test")
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static Future<CallResult> failure(ProblemCode code) {
    return CallResult.failure(Problem.of(code, "Not now."));
  }

  private static ProblemCode codeOf(CallResult told) {
    return ((CallResult.Failure) told).problem().code();
  }

  @Test
  void a_record_that_the_ledger_could_not_take_is_tried_until_it_is_done() throws Exception {
    CallResult told = run(n -> n < 4 ? failure(Code.OVERLOADED) : Future.succeededFuture(DONE));

    assertThat(told).isEqualTo(DONE);
    assertThat(tries).hasValue(4);
    assertThat(counted).hasValue(3);
  }

  @Test
  void the_tenth_try_is_the_last_and_the_pauses_are_bounded() throws Exception {
    long since = System.nanoTime();

    CallResult told = run(n -> failure(Code.OVERLOADED));

    assertThat(codeOf(told)).isEqualTo(Code.OVERLOADED);
    assertThat(tries).hasValue(10);
    assertThat(counted).hasValue(9);
    // 50 ms, doubled up to 2 s, of which at least half is waited.
    assertThat(Duration.ofNanos(System.nanoTime() - since))
        .isGreaterThan(Duration.ofMillis((50 + 100 + 200 + 400 + 800 + 1_600 + 3 * 2_000) / 2));
  }

  @Test
  void a_node_that_stops_tries_no_more() throws Exception {
    stopping = true;

    assertThat(codeOf(run(n -> failure(Code.OVERLOADED)))).isEqualTo(Code.OVERLOADED);
    assertThat(tries).hasValue(1);
  }

  static Stream<ProblemCode> lasting() {
    return Stream.of(
        Code.INTERNAL_ERROR,
        RefusalProblem.INSUFFICIENT_POINTS,
        Code.INVALID_REQUEST,
        RefusalProblem.MEMBER_NOT_FOUND);
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void a_final_result_is_not_tried_again(ProblemCode code) throws Exception {
    assertThat(codeOf(run(n -> failure(code)))).isEqualTo(code);
    assertThat(tries).hasValue(1);
    assertThat(counted).hasValue(0);
  }

  @Test
  void an_internal_error_is_returned_and_not_tried_again() throws Exception {
    CallResult told =
        run(
            n -> {
              throw new IllegalStateException("as planted");
            });

    assertThat(codeOf(told)).isEqualTo(Code.INTERNAL_ERROR);
    assertThat(tries).hasValue(1);
  }
}
