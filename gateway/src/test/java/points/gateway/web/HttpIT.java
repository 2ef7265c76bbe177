package points.gateway.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.RawConnection;
import points.gateway.fixture.RawConnection.Raw;
import points.gateway.fixture.WithGateway;

/** Requests byte by byte: each gets an answer at once, and what is wrong a problem document. */
@WithGateway
class HttpIT {

  private static final String POST = "POST /v1/accruals HTTP/1.1\nHost: x\n";

  private final LocalGateway gateway;
  private final Chain chain;

  HttpIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  private String key() {
    return "Authorization: Bearer " + LocalGateway.OPERATOR_KEY + "\n";
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "GET /v1/program HTTP/1.1                      | 400 | malformed_request",
        "GET /v1/program HTTP/1.1;Host: x;Host: y      | 400 | malformed_request",
        "OPTIONS * HTTP/1.1;Host: x                    | 404 | not_found",
        "GET v1/program HTTP/1.1;Host: x               | 404 | not_found",
        "GET /v1/program?%=1 HTTP/1.1;Host: x          | 401 | unauthorized",
        "GET /v1/%zz HTTP/1.1;Host: x              | 400 | invalid_query",
        "GET /v1/program HTTP/1.2;Host: x              | 400 | malformed_request",
        "GET /v1/program HTTP/3.0;Host: x              | 400 | malformed_request",
        "GET /v1/program;Host: x                       | 400 | malformed_request",
        "G@T /v1/program HTTP/1.1;Host: x              | 400 | malformed_request",
        "BREW /v1/program HTTP/1.1;Host: x             | 405 | method_not_allowed",
        "nonsense                                      | 400 | malformed_request",
        "GET /v1/program HTTP/1.1;Host x               | 400 | malformed_request",
        "GET /v1/program HTTP/1.1;Host: x;Content-Length: 5;Content-Length: 6 | 400 |"
            + " malformed_request",
        "GET /v1/program HTTP/1.1;Host: x;Content-Length: -5 | 400 | malformed_request",
      })
  void answers_an_unreadable_request_with_a_problem(String head, int status, String code)
      throws IOException {
    try (var connection = RawConnection.open(gateway.uri())) {
      Raw raw = connection.send(head.replace(";", "\n") + "\n\n").read();
      isProblem(raw, status, code);
    }
  }

  @Test
  void refuses_an_address_and_headers_that_are_too_long() throws IOException {
    String long_ = "x".repeat(20_000);
    try (var connection = RawConnection.open(gateway.uri())) {
      isProblem(
          connection.send("GET /" + long_ + " HTTP/1.1\nHost: x\n\n").read(), 414, "uri_too_long");
    }
    try (var connection = RawConnection.open(gateway.uri())) {
      isProblem(
          connection.send("GET / HTTP/1.1\nHost: x\nX: " + long_ + "\n\n").read(),
          431,
          "headers_too_large");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
      })
  void takes_no_form_for_anything_else_than_another_type(String type) throws IOException {
    String head = "POST /v1/accruals%s HTTP/1.1\nHost: x\nIdempotency-Key: f\n" + key();
    String body = "Content-Type: " + type + "\nContent-Length: 3\n\na=%";
    try (var connection = RawConnection.open(gateway.uri())) {
      isProblem(connection.send(head.formatted("?%=1") + body).read(), 400, "invalid_query");
      isProblem(connection.send(head.formatted("") + body).read(), 415, "unsupported_media_type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\n{}\n0\n\n", "2\n{}xx\n0\n\n", "-1\n\n", "fffffffffffffffff\n{}\n"})
  void answers_malformed_chunks_and_closes(String chunks) throws IOException {
    String head = POST + key() + "Transfer-Encoding: chunked\nContent-Type: application/json\n\n";
    try (var connection = RawConnection.open(gateway.uri())) {
      isProblem(connection.send(head + chunks).read(), 400, "malformed_request");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void answers_expect_100_continue_and_no_other_expectation() throws IOException {
    String head = POST + key() + "Content-Type: application/json\nContent-Length: 2\n";
    try (var connection = RawConnection.open(gateway.uri())) {
      Raw raw = connection.send(head + "Expect: 100-continue\n\n").read();
      assertThat(raw.status()).isEqualTo(100);
      isProblem(connection.send("{}").read(), 400, "idempotency_key_missing");
      isProblem(connection.send(head + "Expect: miracles\n\n").read(), 417, "expectation_failed");
    }
    try (var connection = RawConnection.open(gateway.uri())) {
      String much = head.replace("Length: 2", "Length: 999999");
      isProblem(connection.send(much + "Expect: 100-continue\n\n").read(), 413, "body_too_large");
    }
    String batch =
        "POST /v1/batches HTTP/1.1\nHost: x\nContent-Type: application/x-ndjson\n" + key();
    try (var connection = RawConnection.open(gateway.uri())) {
      isProblem(
          connection.send(batch + "Content-Length: 2\nExpect: miracles\n\n").read(),
          417,
          "expectation_failed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/program", "/v1/stores", "/openapi.yaml", "/docs", "/v1/members/none"})
  void answers_head_as_get_without_the_body(String path) throws IOException {
    try (var connection = RawConnection.open(gateway.uri())) {
      Raw get = connection.send("GET " + path + " HTTP/1.1\nHost: x\n" + key() + "\n").read();
      Raw head =
          connection.send("HEAD " + path + " HTTP/1.1\nHost: x\n" + key() + "\n").read(false);
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
      // Nothing of a body came before the next answer.
      assertThat(connection.send("GET /none HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(404);
    }
  }

  @Test
  void compresses_large_answers_for_callers_that_accept_it() throws IOException {
    String get = "GET /openapi.yaml HTTP/1.1\nHost: x\n";
    try (var connection = RawConnection.open(gateway.uri())) {
      Raw plain = connection.send(get + "\n").read();
      Raw small = connection.send(get + "Accept-Encoding: gzip\n\n").read();
      assertThat(plain.header("Content-Encoding")).isNull();
      assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(small.header("Vary")).isEqualTo("Accept-Encoding");
      assertThat(small.body().length).isLessThan(plain.body().length / 4);
      var unpacked = new GZIPInputStream(new ByteArrayInputStream(small.body()));
      assertThat(new String(unpacked.readAllBytes(), UTF_8)).isEqualTo(plain.text());

      Raw tiny = connection.send("GET /v1/x HTTP/1.1\nHost: x\nAccept-Encoding: gzip\n\n").read();
      assertThat(tiny.header("Content-Encoding")).isNull();
      isProblem(tiny, 404, "not_found");
    }
  }

  @Test
  void refuses_a_body_that_is_compressed() throws IOException {
    String head = POST + key() + "Idempotency-Key: z\nContent-Type: application/json\n";
    try (var connection = RawConnection.open(gateway.uri())) {
      isProblem(
          connection.send(head + "Content-Encoding: gzip\nContent-Length: 2\n\n{}").read(),
          415,
          "unsupported_media_type");
    }
  }

  @Test
  void answers_records_of_a_batch_at_once_also_for_callers_that_accept_gzip() throws IOException {
    String head =
        """
        POST /v1/batches HTTP/1.1
        Host: x
        Content-Type: application/x-ndjson
        Accept-Encoding: gzip
        Transfer-Encoding: chunked
        """;
    try (var connection = RawConnection.open(gateway.uri())) {
      connection.send(head + key() + "\n4\n{}\n\n");
      connection.send("4\n{}\n\n0\n\n");
      Raw raw = connection.read();
      assertThat(raw.header("Content-Encoding")).isNull();
      assertThat(raw.text().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"line\":"));
    }
  }

  @Test
  void ends_a_batch_of_http_1_0_with_its_connection() throws IOException {
    for (String connected : new String[] {"", "Connection: keep-alive\n"}) {
      try (var connection = RawConnection.open(gateway.uri())) {
        Raw raw =
            connection
                .send(
                    "POST /v1/batches HTTP/1.0\nContent-Type: application/x-ndjson\n"
                        + connected
                        + key()
                        + "Content-Length: 6\n\n{}\n{}\n")
                .read();
        assertThat(raw.status()).isEqualTo(200);
        assertThat(raw.header("Transfer-Encoding")).isNull();
        assertThat(raw.text().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"line\":"));
      }
    }
  }

  @Test
  void takes_a_call_without_fields_without_a_body() {
    JsonObject order = chain.order("m", 1000).put("pending", new JsonObject());
    for (String end : new String[] {"activate", "cancel"}) {
      order.put("orderId", chain.newId("o"));
      String id = chain.admin().post("/v1/accruals", order).json(201).getString("transactionId");
      assertThat(bare("/v1/pending/" + id + "/" + end).status()).isEqualTo(200);
    }
    for (String end : new String[] {"release", "capture"}) {
      JsonObject hold =
          new JsonObject().put("memberId", "m").put("storeId", Chain.STORE).put("points", 1);
      String id = chain.admin().post("/v1/holds", hold).json(201).getString("holdId");
      assertThat(bare("/v1/holds/" + id + "/" + end).status()).isEqualTo(200);
    }
    bare("/v1/accruals").isProblem(415, "unsupported_media_type");
  }

  private Answer bare(String path) {
    Caller caller = path.endsWith("accruals") ? chain.admin().breaking() : chain.admin();
    return caller.with("Idempotency-Key", Caller.newKey()).send("POST", path, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{/* none */}",
        "{} // none",
        "# none\n{}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":+1}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":Infinity}",
        "{\"a\":-INF}",
        "{\"a\":\"tab\there\"}",
        "{\"a\":\"\\q\"}",
        "{}{}",
        "{} {}",
        "\uFEFF{}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
      })
  void refuses_lenient_json_alone_and_as_a_record(String text) throws IOException {
    refusesJson(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void refuses_json_in_another_encoding(String charset) throws IOException {
    refusesJson("{\"memberId\":\"长\"}".getBytes(Charset.forName(charset)));
  }

  @Test
  void refuses_bytes_that_are_no_utf8() throws IOException {
    refusesJson("{\"a\":\"ÿ\"}".getBytes(ISO_8859_1));
  }

  private void refusesJson(byte[] json) throws IOException {
    String head = "HTTP/1.1\nHost: x\nIdempotency-Key: j\n" + key() + "Content-Length: ";
    try (var connection = RawConnection.open(gateway.uri())) {
      connection.send(
          "POST /v1/accruals " + head + json.length + "\nContent-Type: application/json\n\n");
      isProblem(connection.send(json).read(), 400, "invalid_json");
      if (new String(json, UTF_8).indexOf('\n') >= 0) {
        return; // two lines
      }
      connection.send(
          "POST /v1/batches " + head + json.length + "\nContent-Type: application/x-ndjson\n\n");
      JsonObject line = new JsonObject(connection.send(json).read().text().lines().toList().get(0));
      assertThat(line.getInteger("status")).isEqualTo(400);
      assertThat(line.getJsonObject("body").getString("code")).isEqualTo("invalid_json");
    }
  }

  private static void isProblem(Raw raw, int status, String code) {
    assertThat(raw.status()).as(raw.head() + raw.text()).isEqualTo(status);
    assertThat(raw.header("Content-Type")).isEqualTo("application/problem+json");
    var problem = new JsonObject(raw.text());
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("requestId"))
        .isEqualTo(raw.header("X-Request-Id"))
        .isNotEqualTo("null");
  }
}
