package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** What all calls have in common. */
@WithGateway
class ConventionsIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private final LocalGateway gateway;
  private final Caller admin;
  private final Caller nobody;
  private final Chain chain;

  ConventionsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
    this.nobody = chain.admin().without("Authorization");
  }

  @Test
  void serves_the_contract_and_its_page_to_anybody() {
    assertThat(nobody.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    assertThat(nobody.get("/docs").body()).contains("docs/start.js");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v2/program",
        "/v1/program/",
        "/v1/members/m/unknown",
        "/docs/",
        "/docs/x.js"
      })
  void knows_no_other_address(String path) {
    nobody.breaking().get(path).isProblem(404, "not_found");
    nobody.breaking().delete(path).isProblem(404, "not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /v1/accruals,           POST",
    "PUT,    /v1/members,            'GET, HEAD, POST'",
    "DELETE, /v1/members/m,          'GET, HEAD, PATCH'",
    "POST,   /v1/members/m/balance,  'GET, HEAD'",
    "PATCH,  /v1/program,            'GET, HEAD, PUT'",
    "PUT,    /v1/api-keys/key_aaaaaaaaaaaaaaaa, DELETE",
    "POST,   /v1/transactions/m-1,   'GET, HEAD'",
    "DELETE, /openapi.yaml,          'GET, HEAD'",
    "POST,   /docs,                  'GET, HEAD'",
  })
  void names_the_methods_that_an_address_has(String method, String path, String allowed) {
    Answer answer = nobody.breaking().send(method, path, method.equals("GET") ? null : "{}");

    answer.isProblem(405, "method_not_allowed");
    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }

  /** No client of Java's sends such an address. */
  @Test
  void refuses_an_address_that_cannot_be_decoded() throws Exception {
    String key = LocalGateway.OPERATOR_KEY;
    assertThat(
            answerTo(
                "GET /v1/stores?cursor=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + ("Authorization: Bearer " + key + "\r\n\r\n")))
        .startsWith("HTTP/1.1 400")
        .contains("invalid_query");
  }

  @Test
  void explains_why_it_does_not_read_a_request() throws Exception {
    isLast(answerTo("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n"), 414, "uri_too_long");
    isLast(
        answerTo("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(17_000) + "\r\n\r\n"),
        431,
        "headers_too_large");
    isLast(answerTo("GET / HTTP/9.7x\r\n\r\n"), 400, "malformed_request");
  }

  private static void isLast(String answer, int status, String code) {
    String[] headAndBody = answer.split("\r\n\r\n", 2);
    assertThat(headAndBody[0])
        .startsWith("HTTP/1.")
        .contains(" " + status + " ")
        .containsIgnoringCase("content-type: application/problem+json")
        .containsIgnoringCase("x-request-id: ");
    var problem = new JsonObject(headAndBody[1]);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getInteger("status")).isEqualTo(status);
  }

  /** All that comes until the gateway ends the connection. */
  private String answerTo(String request) throws IOException {
    URI uri = URI.create(gateway.uri());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void gives_up_a_body_that_does_not_come_and_does_nothing_of_it() throws Exception {
    var wanted = new JsonObject().put("name", "test").put("role", "admin");
    String key = admin.post("/v1/api-keys", wanted).json(201).getString("key");
    String body = chain.order("slow", 100).encode();
    try (Socket socket = send(key, body.length() + 1, body)) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 408")
          .contains("request_timeout", "\"retryable\":true");
    }
    assertThat(chain.entries("slow")).isZero();
  }

  @Test
  void does_not_wait_for_the_body_of_a_caller_without_a_key() throws Exception {
    try (Socket socket = send("pk_nobodys", 100_000, "{")) {
      socket.setSoTimeout(3_000);
      byte[] start = socket.getInputStream().readNBytes(12);

      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
    }
  }

  /** A request whose body stays behind its length. */
  private Socket send(String key, int length, String body) throws IOException {
    URI uri = URI.create(gateway.uri());
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    String request =
        """
        POST /v1/accruals HTTP/1.1
        Host: x
        Authorization: Bearer %s
        Idempotency-Key: slow
        Content-Type: application/json
        Content-Length: %d

        """
            .formatted(key, length)
            .replace("\n", "\r\n");
    socket.getOutputStream().write((request + body).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void gives_the_callers_request_id_back() {
    Answer answer = admin.with("X-Request-Id", "till-7/42").get("/v1/members/stranger");

    assertThat(answer.header("X-Request-Id")).isEqualTo("till-7/42");
    assertThat(answer.isProblem(404, "member_not_found").getString("requestId"))
        .isEqualTo("till-7/42");
  }

  @Test
  void makes_a_request_id_where_there_is_none_to_use() {
    String first = admin.get("/v1/program").header("X-Request-Id");
    String second = admin.get("/v1/program").header("X-Request-Id");
    String third =
        admin.with("X-Request-Id", "x".repeat(129)).get("/v1/program").header("X-Request-Id");

    assertThat(first).isNotEmpty().isNotEqualTo(second);
    assertThat(third).isNotEmpty().hasSizeLessThan(129);
  }

  @Test
  void names_a_request_by_its_trace() {
    Caller traced = admin.with("traceparent", "00-" + TRACE + "-" + PARENT + "-01");

    assertThat(traced.get("/v1/program").header("X-Request-Id")).isEqualTo(TRACE + "-" + PARENT);
    assertThat(traced.with("X-Request-Id", "own").get("/v1/program").header("X-Request-Id"))
        .isEqualTo("own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "00-00000000000000000000000000000000-" + PARENT + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "ff-" + TRACE + "-" + PARENT + "-01",
        "00-" + TRACE + "-" + PARENT + "-01-more",
      })
  void ignores_a_trace_that_is_malformed(String traceparent) {
    assertThat(admin.with("traceparent", traceparent).get("/v1/program").header("X-Request-Id"))
        .isNotEmpty()
        .doesNotContain(TRACE);
  }

  @Test
  void explains_every_problem_in_the_same_form() {
    JsonObject problem = nobody.get("/v1/program").isProblem(401, "unauthorized");

    assertThat(problem.getString("type")).isEqualTo("urn:points:problem:unauthorized");
    assertThat(problem.getString("title")).isNotEmpty();
    assertThat(problem.getString("detail")).isNotEmpty();
    assertThat(problem.getInteger("status")).isEqualTo(401);
    assertThat(problem.getBoolean("retryable")).isFalse();
  }

  @Test
  void serves_health_and_metrics_on_a_port_of_their_own() throws Exception {
    admin.get("/v1/program").json(200);

    assertThat(manage("/health/live").statusCode()).isEqualTo(200);
    assertThat(manage("/health/ready").body()).contains("UP");
    assertThat(manage("/metrics").body())
        .contains(
            "points_http_requests_seconds", "route=\"/v1/program\"", "points_loop_lag", "jvm_");
    nobody.breaking().get("/metrics").isProblem(404, "not_found");
  }

  private HttpResponse<String> manage(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.managementUri() + path)).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
