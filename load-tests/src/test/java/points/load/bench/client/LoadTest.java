package points.load.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;

class LoadTest {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int REFUSED_OF_TEN = 3;

  private final Vertx vertx = Vertx.vertx();
  private final Set<String> orders = ConcurrentHashMap.newKeySet();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger deductions = new AtomicInteger();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void every_write_is_new_and_every_answer_is_counted() {
    Measurement measurement = run(this::answer, new RequestMix("", 50, 30, 10));
    assertThat(orders).isNotEmpty();
    assertThat(keys).hasSameSizeAs(orders);
    assertThat(measurement.refused()).isPositive();
    assertThat(measurement.written() + measurement.refused()).isEqualTo(orders.size());
    assertThat(reads).hasPositiveValue();
    assertThat(measurement.rate()).isPositive();
    assertThat(measurement.latencyMs(50)).isPositive();
    assertThat(measurement.use().client()).isPositive();
  }

  @Test
  void a_wrong_answer_fails_the_load_and_is_shown() {
    Handler<HttpServerRequest> overloaded = r -> r.response().setStatusCode(503).end("overloaded");
    assertThatThrownBy(() -> run(overloaded, new RequestMix("", 100, 0, 1)))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(
            "GET /v1/members/run-m000000/balance HTTP/1.1 answered 503 overloaded");
  }

  @Test
  void a_lost_connection_fails_the_load() {
    assertThatThrownBy(() -> run(r -> r.connection().close(), new RequestMix("", 100, 0, 1)))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("broke off");
  }

  private Measurement run(Handler<HttpServerRequest> handler, RequestMix workload) {
    int port =
        vertx
            .createHttpServer()
            .requestHandler(handler)
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    long self = ProcessHandle.current().pid();
    Load load =
        new Load(
            List.of(address, address),
            () -> new ProcessorTime(0, 0, ProcessorTime.ofProcess(self)));
    Population population = new Population("localhost", "pk_test", "run", MemberShape.PLAIN);
    return load.run(8, workload.source(population), WINDOW);
  }

  private void answer(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET)) {
      reads.incrementAndGet();
      request.response().end("{}");
      return;
    }
    request
        .body()
        .onSuccess(
            body -> {
              orders.add(body.toJsonObject().getString("orderId"));
              keys.add(request.getHeader("Idempotency-Key"));
              boolean refused =
                  "/v1/deductions".equals(request.path())
                      && deductions.incrementAndGet() % 10 < REFUSED_OF_TEN;
              request
                  .response()
                  .setStatusCode(refused ? 409 : 201)
                  .end(refused ? "{\"code\":\"insufficient_points\"}" : "{}");
            });
  }
}
