package points.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console over real HTTP, with a few files in place of a build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleRoutesTest {

  private static final String SCRIPT = "export const much = 1;".repeat(200);

  private static final Map<String, String> FILES =
      Map.of(
          "files.txt",
          """
          index.html
          index.html.br
          assets/a-1.js
          assets/a-1.js.br
          assets/a-1.js.gz
          icon.svg
          """,
          "index.html",
          "<p>the page</p>",
          "index.html.br",
          "the page in brotli",
          "assets/a-1.js",
          SCRIPT,
          "assets/a-1.js.br",
          "the script in brotli",
          "assets/a-1.js.gz",
          "the script in gzip",
          "icon.svg",
          "<svg/>",
          "secret.txt",
          "not in the list");

  private final Vertx vertx = Vertx.vertx();
  private int port;
  private int emptyPort;

  /** Sends a path as it is, where the JDK's client would tidy it. */
  private HttpClientAgent client;

  private record Seen(int status, Function<String, @Nullable String> header, String body) {}

  @BeforeAll
  void start() {
    port =
        serve(
            name ->
                FILES.containsKey(name) ? FILES.get(name).getBytes(StandardCharsets.UTF_8) : null);
    emptyPort = serve(name -> null);
    client = vertx.createHttpClient();
  }

  private int serve(ConsoleFiles.Source source) {
    Router router = Router.router(vertx);
    new ConsoleRoutes(ConsoleFiles.read(source)).mount(router);
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setCompressionSupported(true))
            .requestHandler(router);
    return server.listen(0, "127.0.0.1").await().actualPort();
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/",
        "/console/index.html",
        "/console/members",
        "/console/members/a.b:1@+~-x",
        "/console/orders/S1/"
      })
  void every_address_of_the_console_serves_its_page_uncached(String path) {
    Seen seen = get(path);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.body()).isEqualTo("<p>the page</p>");
    assertThat(seen.header().apply("Cache-Control")).isEqualTo("no-cache");
    assertThat(seen.header().apply("Content-Type")).isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void a_page_that_the_browser_has_is_not_sent_again_unless_it_changed() {
    String tag = get("/console/").header().apply("ETag");
    assertThat(get("/console/", "If-None-Match", "\"old\", W/" + tag).status()).isEqualTo(304);
    assertThat(get("/console/", "If-None-Match", "\"old\"").status()).isEqualTo(200);
  }

  @Test
  void a_file_with_its_hash_in_its_name_is_kept_for_ever() {
    Seen seen = get("/console/assets/a-1.js");
    assertThat(seen.body()).isEqualTo(SCRIPT);
    assertThat(seen.header().apply("Cache-Control")).contains("immutable", "max-age=31536000");
    assertThat(seen.header().apply("Content-Type")).startsWith("text/javascript");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | br   | the script in brotli",
        "gzip;q=1.0, br;q=0      | gzip | the script in gzip",
        "GZIP                    | gzip | the script in gzip",
        "br ; q = 0.000, gzip;q=0 |      | ",
        "identity                |      | ",
      })
  void the_smallest_coding_that_the_browser_accepts_is_sent(
      String accepted, @Nullable String coding, @Nullable String body) {
    Seen seen = get("/console/assets/a-1.js", "Accept-Encoding", accepted);
    assertThat(seen.header().apply("Content-Encoding")).isEqualTo(coding);
    assertThat(seen.body()).isEqualTo(body == null ? SCRIPT : body);
    assertThat(seen.header().apply("Vary")).containsIgnoringCase("Accept-Encoding");
  }

  @Test
  void a_coding_that_the_build_did_not_make_is_not_invented() {
    Seen seen = get("/console/", "Accept-Encoding", "gzip");
    assertThat(seen.header().apply("Content-Encoding")).isNull();
    assertThat(seen.body()).isEqualTo("<p>the page</p>");
  }

  @Test
  void copies_in_different_codings_have_different_tags() {
    String plain = get("/console/").header().apply("ETag");
    String brotli = get("/console/", "Accept-Encoding", "br").header().apply("ETag");
    assertThat(brotli).isNotNull().isNotEqualTo(plain);
    assertThat(get("/console/", "If-None-Match", String.valueOf(brotli)).status()).isEqualTo(200);
  }

  @Test
  void head_answers_like_get_without_the_content() {
    Seen seen = call(HttpMethod.HEAD, port, "/console/assets/a-1.js");
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.body()).isEmpty();
    assertThat(seen.header().apply("Content-Length")).isEqualTo(Integer.toString(SCRIPT.length()));
    assertThat(seen.header().apply("ETag"))
        .isEqualTo(get("/console/assets/a-1.js").header().apply("ETag"));
  }

  @Test
  void a_part_that_is_asked_for_comes_as_the_whole() {
    Seen seen = get("/console/assets/a-1.js", "Range", "bytes=0-9");
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.body()).isEqualTo(SCRIPT);
    assertThat(seen.header().apply("Accept-Ranges")).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/assets/a-2.js",
        "/console/assets/",
        "/console/assets/../index.html",
        "/console/secret.txt/..",
        "/console/..%2f..%2flogback.xml",
        "/console/%2e%2e/logback.xml",
        "/console/..%5clogback.xml",
        "/console/a\\b",
        "/console//etc/passwd",
        "/console/%00",
        "/console/.env",
        "/x/../console/",
        "/consoles"
      })
  void nothing_else_can_be_reached(String path) {
    assertThat(get(path).status()).isIn(400, 404);
  }

  @Test
  void an_address_of_many_parts_is_read_without_a_deep_stack() {
    assertThat(get("/console/" + "a/".repeat(1_900)).status()).isEqualTo(200);
  }

  @Test
  void a_file_that_the_list_does_not_name_is_no_file() {
    assertThat(get("/console/secret.txt").body()).isEqualTo("<p>the page</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console/", "/console/assets/a-1.js", "/console/icon.svg"})
  void the_page_may_load_from_this_gateway_only_and_run_nothing_inline(String path) {
    Seen seen = get(path);
    assertThat(seen.header().apply("Content-Security-Policy"))
        .contains(
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(seen.header().apply("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(seen.header().apply("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @Test
  void the_bare_addresses_lead_to_the_console() {
    assertThat(get("/").header().apply("Location")).isEqualTo("console/");
    assertThat(get("/console").header().apply("Location")).isEqualTo("console/");
    assertThat(get("/console").status()).isEqualTo(302);
  }

  @Test
  void a_gateway_without_its_console_says_how_to_get_it() {
    Seen seen = call(HttpMethod.GET, emptyPort, "/console/members");
    assertThat(seen.status()).isEqualTo(404);
    assertThat(seen.body()).contains("Node.js 20.19", "gateway/run");
    assertThat(seen.header().apply("Cache-Control")).isEqualTo("no-store");
  }

  private Seen get(String path, String... headers) {
    return call(HttpMethod.GET, port, path, headers);
  }

  private Seen call(HttpMethod method, int at, String path, String... headers) {
    return client
        .request(method, at, "127.0.0.1", path)
        .compose(
            request -> {
              for (int i = 0; i < headers.length; i += 2) {
                request.putHeader(headers[i], headers[i + 1]);
              }
              // Before it is sent: a response that has ended when its body is asked for has none.
              Future<Seen> seen =
                  request
                      .response()
                      .compose(response -> response.body().map(body -> seen(response, body)));
              return request.end().compose(sent -> seen);
            })
        .await();
  }

  private static Seen seen(HttpClientResponse response, Buffer body) {
    Map<String, String> headers =
        response.headers().entries().stream()
            .collect(
                Collectors.toMap(
                    it -> it.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue,
                    (a, b) -> a + ", " + b));
    return new Seen(
        response.statusCode(), name -> headers.get(name.toLowerCase(Locale.ROOT)), body.toString());
  }
}
