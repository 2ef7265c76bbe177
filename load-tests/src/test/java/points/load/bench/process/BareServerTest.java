package points.load.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BareServerTest {
  private static final String BODY = "{\"points\":12}";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void whatever_is_asked_is_answered_with_status_headers_and_body_of_the_gateway()
      throws IOException, InterruptedException {
    HttpServer gateway =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .response()
                        .setStatusCode(203)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("X-Request-Id", "a:b")
                        .end(BODY))
            .listen(0, "127.0.0.1")
            .await();
    HttpResponse<String> answer = get(gateway.actualPort(), "/v1/members/1/balance");
    int port = BareServer.serve(vertx, 2, BareServer.json(answer)).await();

    HttpResponse<String> again = get(port, "/other");
    assertThat(again.statusCode()).isEqualTo(203);
    assertThat(again.headers()).isEqualTo(answer.headers());
    assertThat(again.headers().firstValue("X-Request-Id")).contains("a:b");
    assertThat(again.body()).isEqualTo(BODY);
  }

  @Test
  void the_length_of_an_answer_is_that_of_all_its_bytes() throws IOException, InterruptedException {
    HttpServer gateway =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().putHeader("A", "b").end(BODY))
            .listen(0, "127.0.0.1")
            .await();
    String onTheWire = "HTTP/1.1 200 OK\r\nA: b\r\ncontent-length: 13\r\n\r\n" + BODY;
    assertThat(BareServer.length(get(gateway.actualPort(), "/"))).isEqualTo(onTheWire.length());
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
