package points.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.contract.Contract;
import points.gateway.contract.ContractFile;
import points.gateway.contract.Exchange;

/** The documentation over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsRoutesTest {
  private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  /**
   * Sends a path as it is, where the JDK's client would tidy it. Held: a lost one closes itself.
   */
  private HttpClientAgent plainClient;

  @BeforeAll
  void start() {
    Router router = Router.router(vertx);
    new DocsRoutes().mount(router);
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
    plainClient = vertx.createHttpClient();
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  @Test
  void theContractIsServedAsItIs() throws Exception {
    HttpResponse<String> response = get("/openapi.yaml");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/yaml");
    try (var file = getClass().getClassLoader().getResourceAsStream("openapi.yaml")) {
      assertThat(file).isNotNull();
      assertThat(response.body())
          .isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void theServedContractAndPageAreInTheContract() throws Exception {
    Contract contract = Contract.load(vertx);
    for (String path : List.of("/openapi.yaml", "/rule-book.schema.json", "/docs")) {
      HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      contract.check(Exchange.of(request, null, response));
    }
  }

  @Test
  void everythingThatThePageNamesIsServedFromHere() throws Exception {
    HttpResponse<String> page = get("/docs");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    List<String> named = NAMED.matcher(page.body()).results().map(m -> m.group(1)).toList();
    assertThat(named).contains("docs/swagger-ui.css", "docs/swagger-ui-bundle.js", "docs/start.js");
    for (String name : named) {
      URI resolved = uri("/docs").resolve(name);
      assertThat(resolved.getHost()).as(name).isEqualTo("127.0.0.1");
      HttpResponse<String> asset = get(resolved.getPath());
      assertThat(asset.statusCode()).as(name).isEqualTo(200);
      assertThat(asset.body()).as(name).isNotEmpty();
    }
  }

  /** What the contract shows as a key is what the page replaces by one of its own. */
  @Test
  void thePageKnowsTheKeyOfTheExample() throws Exception {
    Object key =
        ContractFile.read()
            .getJsonObject("components")
            .getJsonObject("parameters")
            .getJsonObject("IdempotencyKey")
            .getValue("example");
    assertThat(get("/docs/start.js").body()).contains("'" + key + "'");
  }

  @Test
  void thePageMayOnlyLoadFromHere() throws Exception {
    HttpResponse<String> page = get("/docs");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("http:", "https:", "unsafe");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.body()).doesNotContain("http:", "https:", "//");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/docs", "/openapi.yaml", "/rule-book.schema.json", "/docs/swagger-ui-bundle.js"})
  void aCopyThatIsTheNewestIsNotSentAgain(String path) throws Exception {
    String tag = header(get(path), "ETag");
    for (String known : List.of(tag, "\"old\", W/" + tag, "*")) {
      HttpResponse<String> response = get(path, "If-None-Match", known);
      assertThat(response.statusCode()).as(known).isEqualTo(304);
      assertThat(response.body()).isEmpty();
      assertThat(header(response, "ETag")).isEqualTo(tag);
    }
    assertThat(get(path, "If-None-Match", "\"old\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/",
        "/docs/index.html",
        "/docs/swagger-initializer.js",
        "/docs/../openapi.yaml",
        "/docs/..%2f..%2f..%2fMETA-INF/MANIFEST.MF",
        "/docs/%2e%2e/%2e%2e/logback.xml",
        "/docs/..%5c..%5clogback.xml",
        "/docs//etc/passwd",
        "/docs/%00",
        "/docs/swagger-ui.css/",
        "/META-INF/resources/webjars/swagger-ui/"
      })
  void nothingElseCanBeReached(String path) {
    int status =
        plainClient
            .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
            .compose(request -> request.send())
            .map(response -> response.statusCode())
            .await();
    assertThat(status).isIn(400, 404);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
