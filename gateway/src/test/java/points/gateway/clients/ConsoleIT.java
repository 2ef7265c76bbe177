package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** The console as people have it: a real browser against a real gateway. */
@WithGateway
@Tag("system")
class ConsoleIT {

  private static final Path PICTURES = Path.of("target/console").toAbsolutePath();

  /** The most that the first page may load, compressed. */
  private static final int FIRST_PAINT_BYTES_MAX = 450_000;

  /** Files below this size are sent as they are. */
  private static final int SMALL_BYTES = 1_024;

  private static final Pattern LOADED =
      Pattern.compile("(?:src|href)=\"(/console/[^\"]+\\.(?:js|css))\"");

  private final LocalGateway gateway;
  private final Chain chain;

  ConsoleIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip"})
  void loads_little_before_it_shows_something(String coding) throws Exception {
    HttpResponse<byte[]> page = get("/console/", "identity");
    assertThat(page.statusCode()).as("built by Maven: see console.sh").isEqualTo(200);
    int bytes = page.body().length;
    List<String> loaded =
        LOADED
            .matcher(new String(page.body(), StandardCharsets.UTF_8))
            .results()
            .map(it -> it.group(1))
            .toList();
    assertThat(loaded).hasSizeGreaterThan(1);
    for (String path : loaded) {
      HttpResponse<byte[]> file = get(path, coding);
      assertThat(file.statusCode()).isEqualTo(200);
      boolean coded =
          file.headers().firstValue("Content-Encoding").filter(coding::equals).isPresent();
      assertThat(coded || file.body().length < SMALL_BYTES).as(path).isTrue();
      bytes += file.body().length;
    }
    assertThat(bytes).isLessThan(FIRST_PAINT_BYTES_MAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void a_store_manager_finds_a_member_by_phone_and_gives_points(String language) {
    String memberId = memberWithPhone(language);
    JsonObject seen = run("gift", language, manager(), gift(memberId, 50));

    assertThat(seen.getJsonArray("faults")).isEmpty();
    assertThat(seen.getString("startedAt")).isEqualTo("/console/");
    assertThat(seen.getString("member")).isEqualTo(memberId);
    assertThat(seen.getString("effect")).contains("100 → 150");
    assertThat(seen.getString("history")).contains("+50", "150", "生日 birthday");
    assertThat(seen.getJsonObject("pages").getJsonArray("gift-done")).isEmpty();
    assertThat(seen.getJsonArray("calls")).as("a double click sends once").hasSize(1);
    assertThat(chain.entries(memberId)).isEqualTo(2);
  }

  @Test
  void a_lost_answer_and_a_reload_book_nothing_twice() {
    String memberId = memberWithPhone("lost");
    JsonObject seen = run("gift", "en", manager(), gift(memberId, 50).put("loseAnswer", true));

    JsonArray calls = seen.getJsonArray("calls");
    assertThat(calls).hasSize(2);
    assertThat(calls.getJsonObject(1)).isEqualTo(calls.getJsonObject(0));
    assertThat(seen.getString("history")).contains("+50", "150");
    assertThat(chain.entries(memberId)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "headOffice   | today members orders stores reviews held-orders parked-refunds program"
            + " rule-books budgets products keys staff audit-trail system | nowhere",
        "marketing    | today members orders stores program rule-books budgets products | staff"
            + " keys",
        "storeManager | today members orders stores program rule-books products | staff reviews"
            + " held-orders budgets",
        "support      | today members orders stores reviews held-orders parked-refunds program"
            + " rule-books budgets products | staff keys",
        "auditor      | today members orders stores reviews held-orders parked-refunds program"
            + " rule-books budgets products keys staff audit-trail system | nowhere"
      })
  void people_see_what_their_role_may_do(String role, String pages, String refused) {
    Person person =
        role.equals("storeManager") ? manager() : Person.of(gateway, chain, List.of(role));
    JsonObject seen =
        run("menu", "en", person, new JsonObject().put("refused", list(refused.split(" ", -1))));

    assertThat(seen.getJsonArray("faults")).isEmpty();
    assertThat(seen.getString("first")).isEqualTo(seen.getJsonArray("menu").getString(0));
    assertThat(seen.getJsonArray("menu").stream().map(String::valueOf))
        .containsExactlyInAnyOrder(pages.split(" ", -1));
    Map<String, Object> empty = new TreeMap<>();
    for (String page : refused.split(" ", -1)) {
      empty.put(page, 0);
    }
    assertThat(new TreeMap<>(seen.getJsonObject("refused").getMap())).isEqualTo(empty);
  }

  @ParameterizedTest
  @CsvSource({"en, 1280, 720", "zh, 1024, 768"})
  void every_page_can_be_read_by_everybody(String language, int width, int height)
      throws IOException {
    chain.earn("page-member", 12_850);
    var pages =
        new JsonObject()
            .put("today", "today")
            .put("members", "members")
            .put("member", "members/page-member")
            .put("lots", "members/page-member?tab=lots")
            .put("orders", "orders")
            .put("stores", "stores")
            .put("store", "stores/" + Chain.STORE)
            .put("reviews", "reviews")
            .put("held", "held-orders")
            .put("parked", "parked-refunds")
            .put("program", "program")
            .put("keys", "keys")
            .put("staff", "staff")
            .put("audit-trail", "audit-trail")
            .put("system", "system");
    Person head = Person.of(gateway, chain, List.of("headOffice"));
    JsonObject seen =
        run(
            "pages",
            language,
            head,
            new JsonObject().put("pages", pages).put("width", width).put("height", height));

    assertThat(seen.getJsonArray("faults")).isEmpty();
    List<String> findings = new ArrayList<>();
    seen.getJsonObject("pages")
        .forEach(
            it -> ((JsonArray) it.getValue()).forEach(f -> findings.add(it.getKey() + ' ' + f)));
    assertThat(findings).as("serious findings of axe").isEmpty();
    for (String page : pages.fieldNames()) {
      assertThat(Files.size(PICTURES.resolve(language + "-" + width + "-" + page + ".png")))
          .isGreaterThan(5_000);
    }
  }

  private Person manager() {
    return Person.of(gateway, chain, List.of("storeManager"), Chain.STORE);
  }

  private String memberWithPhone(String name) {
    String memberId = chain.memberWith(100);
    var phone = new JsonObject().put("phone", chain.newPhone()).put("name", name);
    chain.admin().patch("/v1/members/" + memberId, phone).json(200);
    return memberId;
  }

  private JsonObject gift(String memberId, int points) {
    String phone = chain.admin().get("/v1/members/" + memberId).json(200).getString("phone");
    return new JsonObject().put("phone", phone).put("points", points).put("reason", "生日 birthday");
  }

  private JsonObject run(String task, String language, Person person, JsonObject more) {
    var wanted =
        new JsonObject()
            .put("address", gateway.uri())
            .put("programId", chain.programId())
            .put("name", person.name())
            .put("password", person.password())
            .put("language", language)
            .put("pictures", PICTURES.toString())
            .put("task", task)
            .mergeIn(more);
    return Browser.run("console.js", wanted.encode());
  }

  private HttpResponse<byte[]> get(String path, String coding) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(gateway.uri() + path))
            .header("Accept-Encoding", coding)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private static JsonArray list(String... items) {
    return new JsonArray(List.of(items));
  }
}
