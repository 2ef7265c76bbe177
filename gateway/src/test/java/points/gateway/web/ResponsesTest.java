package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A call of ours that goes wrong is answered, and at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponsesTest {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<Boolean> secondAnswer = new CompletableFuture<>();
  private HttpServer server;

  @BeforeAll
  void start() {
    Router router = Router.router(vertx);
    router
        .get("/fails")
        .handler(ctx -> Responses.when(ctx, failure(), done -> Responses.noContent(ctx)));
    router.get("/throws").handler(ctx -> Responses.when(ctx, later(), done -> fail()));
    router
        .get("/throws-behind")
        .handler(ctx -> Responses.when(ctx, later(), done -> answerLater(ctx)));
    router.get("/late").handler(this::answerTwice);
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  @Test
  void answers_a_call_that_fails() throws Exception {
    isInternalError(get("/fails"));
  }

  @Test
  void answers_a_call_with_500_when_its_answer_cannot_be_made() throws Exception {
    isInternalError(get("/throws"));
    isInternalError(get("/throws-behind"));
  }

  @Test
  void an_answer_that_comes_after_the_deadline_is_no_fault_and_no_answer() throws Exception {
    assertThat(get("/late").statusCode()).isEqualTo(504);
    assertThat(secondAnswer.get(20, TimeUnit.SECONDS)).isFalse();
  }

  private static void isInternalError(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("internal_error");
  }

  private Future<Void> later() {
    return vertx.timer(1).mapEmpty();
  }

  private Future<Void> failure() {
    return later().compose(done -> Future.failedFuture(new IllegalStateException("as it should")));
  }

  private void answerLater(RoutingContext ctx) {
    Responses.when(ctx, later(), done -> fail());
  }

  private void answerTwice(RoutingContext ctx) {
    Responses.problem(ctx, Responses.IN_DOUBT);
    AtomicBoolean answers = new AtomicBoolean();
    Future<Void> late = later();
    Responses.when(ctx, late, done -> answers.set(true));
    late.onSuccess(done -> secondAnswer.complete(answers.get()));
  }

  private static void fail() {
    throw new IllegalStateException("as it should");
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
