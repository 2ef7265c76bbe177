package points.ledger.book.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.book.json.RuleBookReader;
import points.ledger.form.FieldErrors;

class BookFindingsTest {

  private static final Instant DECEMBER = Instant.parse("2026-11-30T16:00:00Z");

  /** The promotions of cases, each of which is put in the place of the example's. */
  private static final String CASES =
      """
      # in the calendar's days, but not in the dates
      WINDOW_EMPTY | {"from": "2026-12-07T00:00:00+08:00", "to": "2026-12-12T00:00:00+08:00", "weekdays": ["sat"]}
      - | {"from": "2026-12-07T00:00:00+08:00", "to": "2026-12-12T00:00:01+08:00", "weekdays": ["sat"]}
      WINDOW_EMPTY | {"from": "2026-12-07T22:00:00+08:00", "to": "2026-12-08T02:00:00+08:00", "hours": [{"from": "10:00", "to": "22:00"}]}
      - | {"from": "2026-12-07T21:59:59+08:00", "to": "2026-12-08T02:00:00+08:00", "hours": [{"from": "10:00", "to": "22:00"}]}
      - | {"from": "2026-12-06T01:00:00+08:00", "to": "2026-12-06T02:00:00+08:00", "weekdays": ["sat"], "hours": [{"from": "22:00", "to": "03:00"}]}
      WINDOW_EMPTY | {"days": {"from": "2027-01-04", "to": "2027-01-09"}, "weekdays": ["sun"]}
      WINDOW_EMPTY | {"from": "2027-02-01T00:00:00+08:00", "calendar": {"in": "cn", "days": ["holiday"]}}
      - | {"from": "2026-12-31T00:00:00+08:00", "calendar": {"in": "cn", "days": ["holiday"]}}
      WINDOW_EMPTY | {"weekdays": ["mon"], "calendar": {"in": "cn", "days": ["weekend"]}}
      WINDOW_EMPTY | {"weekdays": ["sat"], "calendar": {"in": "cn", "days": ["workday"]}}
      - | {"weekdays": ["sun"], "calendar": {"in": "cn", "days": ["workday"]}}
      WINDOW_OVER | {"to": "2026-12-01T00:00:00+08:00"}
      - | {"to": "2026-12-01T00:00:01+08:00"}
      WINDOW_OVER | {"days": {"to": "2026-11-20"}}
      - | {"days": {"to": "2026-12-01"}}
      STORES_EXCLUDED | {"stores": {"storeIds": ["S1"]}, "not": {"stores": {"storeIds": ["S1", "S2"]}}}
      - | {"stores": {"storeIds": ["S1", "S3"]}, "not": {"stores": {"storeIds": ["S1", "S2"]}}}
      - | {"stores": {"storeIds": ["S1"]}, "not": {"stores": {"storeTags": ["S1"]}}}
      CHANNELS_EXCLUDED | {"channels": ["web"], "not": {"channels": ["web", "till"]}}
      CHANNELS_EXCLUDED | {"not": {"channels": ["web", "till", "miniProgram", "other"]}}
      - | {"not": {"channels": ["web", "till", "miniProgram"]}}
      TIERS_EXCLUDED | {"tiers": ["gold"], "not": {"tiers": ["gold"]}}
      - | {"not": {"tiers": ["silver", "gold", "black"]}}
      GROUPS_EXCLUDED | {"groups": ["lapsing"], "not": {"groups": ["lapsing"]}}
      - | {"groups": ["lapsing", "young"], "not": {"groups": ["lapsing"]}}
      """;

  @Test
  void the_example_of_the_documentation_says_nothing_twice_and_nothing_in_vain()
      throws IOException {
    assertThat(find(example()))
        .extracting(Finding::kind)
        .containsExactly(FindingKind.GROUP_OF_ONE, FindingKind.GROUP_OF_ONE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = CASES)
  void a_promotion_that_can_never_count_is_found(String kind, String when) throws IOException {
    JsonObject json = example();
    put(json, "/promotions/2/when", when);

    assertThat(kinds(json)).isEqualTo(kind.equals("-") ? Set.of() : Set.of(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GOODS_EXCLUDED | {"categories": ["deposit"]}
          GOODS_EXCLUDED | {"categories": ["deposit/glass", "promo"], "products": ["P9"]}
          - | {"categories": ["deposit", "food"]}
          - | {"categories": ["depositary"]}
          - | {"tags": ["deposit"]}
          """)
  void a_promotion_for_goods_that_are_all_excluded_is_found(String kind, String goods)
      throws IOException {
    JsonObject json = example();
    put(
        json,
        "/promotions/2",
        "{\"id\": \"first\", \"fixed\": 5, \"when\": {\"not\": {\"goods\": \"leaders\"}}}");
    put(json, "/promotions/2/for", goods);

    assertThat(kinds(json)).isEqualTo(kind.equals("-") ? Set.of() : Set.of(kind));
  }

  @ParameterizedTest
  @CsvSource({
    "10, none, BUDGET_UNUSED",
    "0, spare, BUDGET_ZERO",
    "10, spare, -",
    "0, none, BUDGET_UNUSED",
  })
  void a_budget_that_pays_for_nothing_is_found(long limit, String budget, String kind)
      throws IOException {
    JsonObject json = example();
    var budgets = new JsonArray().add(new JsonObject().put("id", "spare").put("limit", limit));
    json.put("budgets", budgets);
    json.getJsonArray("promotions").stream().forEach(it -> ((JsonObject) it).remove("budget"));
    if (budget.equals("spare")) {
      json.getJsonArray("promotions").getJsonObject(1).put("budget", budget);
    }

    Set<String> found = kinds(json);

    if (kind.equals("-")) {
      assertThat(found).noneMatch(it -> it.startsWith("BUDGET"));
    } else {
      assertThat(found).contains(kind);
      assertThat(find(json)).extracting(Finding::pointer).contains("/budgets/0");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /ratios/2/for | {"products": ["P1", "P9"]} | RATIO_TWICE | /ratios/2/for
          /ratios/2/for | {"tags": ["P9"]} | - | -
          /ratios/2/for | {"categories": ["deposit/glass"]} | RATIO_EXCLUDED | /ratios/2/for
          /brackets/steps/1/points | 2 | STEP_SAME | /brackets/steps/1
          /brackets/steps/1/points | 1 | - | -
          /promotions/0/cap/perOrder | 0 | CAP_ZERO | /promotions/0/cap/perOrder
          /promotions/0/cap/perOrder | 1001 | CAP_IDLE | /promotions/0/cap/perOrder
          /promotions/0/cap/perMember | {"day": 600, "month": 500} | CAP_IDLE | /promotions/0/cap/perMember/day
          /promotions/0/cap/perMember | {"week": 600, "month": 500} | - | -
          /promotions/3/cap/perMember/year | 0 | CAP_ZERO | /promotions/3/cap/perMember/year
          /caps/perMember/day | 60000 | CAP_IDLE | /caps/perMember/day
          /sets/spare | {"products": ["P5"]} | SET_UNUSED | /sets/spare
          /sets/a~1b | {"products": ["P5"]} | - | -
          """)
  void a_rule_that_changes_nothing_is_found(String field, String value, String kind, String pointer)
      throws IOException {
    JsonObject json = example();
    if (field.contains("~")) {
      json.getJsonObject("sets").put("a~b", new JsonObject(value));
      assertThat(find(json)).extracting(Finding::pointer).contains("/sets/a~0b");
      return;
    }
    put(json, field, value);
    if (field.startsWith("/brackets")) {
      put(json, "/brackets/steps/1/perAmount", "200");
    }
    if (kind.equals("STEP_SAME")) {
      put(json, "/brackets/steps/0", "{\"upTo\": 100000, \"points\": 2, \"perAmount\": 200}");
    }

    List<Finding> found = find(json).stream().filter(it -> !isOfOne(it)).toList();

    assertThat(found.stream().map(it -> it.kind().name()).toList())
        .isEqualTo(kind.equals("-") ? List.of() : List.of(kind));
    assertThat(found.stream().map(Finding::pointer).toList())
        .isEqualTo(kind.equals("-") ? List.of() : List.of(pointer));
  }

  /** The example has 5 caps of its own for a member. */
  @Test
  void more_caps_for_a_member_than_its_state_keeps_are_found_at_the_first_too_many()
      throws IOException {
    JsonObject json = example();
    JsonArray promotions = json.getJsonArray("promotions");
    for (int i = 0; i < 98; i++) {
      promotions.add(capped("p" + i, "{\"day\": 1, \"week\": 2, \"month\": 3, \"year\": 4}"));
    }
    promotions.add(capped("last", "{\"day\": 1, \"week\": 2, \"month\": 3}"));
    assertThat(kinds(json)).isEmpty();

    promotions.add(capped("over", "{\"day\": 1, \"month\": 3}"));

    List<Finding> found = find(json).stream().filter(it -> !isOfOne(it)).toList();
    assertThat(found).extracting(Finding::kind).containsExactly(FindingKind.CAPS_MAX);
    assertThat(found)
        .extracting(Finding::pointer)
        .containsExactly("/promotions/104/cap/perMember/day");
    assertThat(found.get(0).stopsPublishing()).isTrue();
    assertThat(found.get(0).words().zh()).contains("over", "400");
    assertThat(found.get(0).words().en()).contains("over", "400");
  }

  @Test
  void a_finding_that_stops_publishing_is_not_hidden_by_many_that_do_not() throws IOException {
    JsonObject json = example();
    JsonObject sets = json.getJsonObject("sets");
    for (int i = 0; i < 190; i++) {
      sets.put("spare" + i, new JsonObject("{\"tags\": [\"x\"]}"));
    }
    JsonArray promotions = json.getJsonArray("promotions");
    for (int i = 0; i < 110; i++) {
      promotions.add(capped("p" + i, "{\"day\": 0, \"week\": 0, \"month\": 0, \"year\": 0}"));
    }

    List<Finding> found = find(json);

    assertThat(found).hasSize(Findings.MAX);
    assertThat(found).extracting(Finding::kind).contains(FindingKind.CAPS_MAX);
  }

  private static JsonObject capped(String id, String perMember) {
    return new JsonObject()
        .put("id", id)
        .put("fixed", 1)
        .put("cap", new JsonObject().put("perMember", new JsonObject(perMember)));
  }

  @Test
  void a_step_that_takes_points_away_from_the_whole_order_is_found() throws IOException {
    JsonObject json = example();
    put(json, "/brackets/steps/2/points", "1");
    assertThat(kinds(json)).isEmpty(); // marginal: only what is beyond earns less

    put(json, "/brackets/mode", "\"whole\"");
    assertThat(kinds(json)).containsExactly("STEP_FALLS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          priority | {"priority": 9} | {} | y
          priority | {} | {"priority": 9} | x
          priority | {} | {"when": {"tiers": ["gold"]}} | y
          priority | {"when": {"tiers": ["gold"]}} | {} | -
          priority | {"when": {"weekdays": ["sat"]}} | {"when": {"weekdays": ["sat"], "hours": [{"from": "10:00", "to": "12:00"}]}} | y
          priority | {"when": {"weekdays": ["sat"]}} | {"when": {"weekdays": ["sat"], "hours": [{"from": "22:00", "to": "02:00"}]}} | -
          priority | {"for": {"categories": ["food"]}} | {"for": {"categories": ["food/milk"]}} | y
          priority | {"for": {"categories": ["food/milk"]}} | {"for": {"categories": ["food"]}} | -
          priority | {"when": {"holdOut": "1%"}} | {} | -
          priority | {"cap": {"perMember": {"day": 1}, "unit": "uses"}} | {} | -
          priority | {"cap": {"perMember": {"day": 1}}} | {} | y
          priority | {"when": {"minimum": {"amount": 5}}} | {"when": {"minimum": {"amount": 6}}} | y
          priority | {"when": {"minimum": {"amount": 6}}} | {"when": {"minimum": {"amount": 5}}} | -
          priority | {"when": {"linesAtLeast": 1}} | {} | y
          priority | {"when": {"not": {"channels": ["web"]}}} | {} | -
          priority | {"when": {"not": {"channels": ["web"]}}} | {"when": {"not": {"channels": ["web", "till"]}}} | y
          best | {"multiply": "3"} | {"priority": 9} | y
          best | {"multiply": "2"} | {"priority": 9} | x
          best | {"multiply": "2"} | {"multiply": "3", "when": {"tiers": ["gold"]}} | -
          """)
  void a_promotion_that_another_of_its_group_always_beats_is_found(
      String choose, String x, String y, String loser) throws IOException {
    JsonObject json = example();
    put(
        json,
        "/stacking/groups",
        "[{\"id\": \"g\", \"choose\": \"" + choose + "\", \"scope\": \"order\"}]");
    json.put("promotions", new JsonArray().add(inGroup("x", x)).add(inGroup("y", y)));
    json.remove("examples");

    assertThat(find(json).stream().filter(it -> it.kind() == FindingKind.ALWAYS_LOSES).toList())
        .extracting(Finding::pointer)
        .isEqualTo(
            loser.equals("-") ? List.of() : List.of("/promotions/" + (loser.equals("x") ? 0 : 1)));
  }

  @Test
  void the_lower_of_two_multipliers_is_found_when_the_best_counts() throws IOException {
    JsonObject json = example();
    put(json, "/stacking", "{\"combine\": \"best\"}");
    put(
        json,
        "/promotions",
        "[{\"id\": \"x\", \"multiply\": \"2\"}, {\"id\": \"y\", \"multiply\": \"3\"}]");

    List<Finding> found = find(json);

    assertThat(found).extracting(Finding::pointer).contains("/promotions/0");
    assertThat(found)
        .extracting(Finding::words)
        .contains(new Words("活动「x」总是让位于 y", "Promotion x always loses to y"));
  }

  @Test
  void an_exclusive_group_without_promotions_is_found() throws IOException {
    JsonObject json = example();
    json.getJsonArray("promotions").getJsonObject(0).remove("group");

    assertThat(find(json)).extracting(Finding::kind).contains(FindingKind.GROUP_EMPTY);
  }

  @Test
  void only_contradictions_and_too_many_caps_keep_a_book_from_being_published() {
    assertThat(Arrays.stream(FindingKind.values()).filter(FindingKind::stopsPublishing))
        .containsExactly(
            FindingKind.WINDOW_EMPTY,
            FindingKind.STORES_EXCLUDED,
            FindingKind.CHANNELS_EXCLUDED,
            FindingKind.TIERS_EXCLUDED,
            FindingKind.GROUPS_EXCLUDED,
            FindingKind.GOODS_EXCLUDED,
            FindingKind.RATIO_TWICE,
            FindingKind.CAPS_MAX);
  }

  @Test
  void a_book_full_of_faults_has_a_bounded_list_of_findings() throws IOException {
    JsonObject json = example();
    var ratios = new JsonArray();
    for (int i = 0; i < 1_000; i++) {
      ratios.add(
          new JsonObject(
              "{\"id\": \"r%s\", \"for\": {\"tags\": [\"t\"]}, \"points\": 0}".formatted(i)));
    }
    json.put("ratios", ratios);

    assertThat(find(json)).hasSize(Findings.MAX);
  }

  private static JsonObject inGroup(String id, String fields) {
    var promotion = new JsonObject(fields).put("id", id).put("group", "g");
    return promotion.containsKey("multiply") ? promotion : promotion.put("multiply", "2");
  }

  private static Set<String> kinds(JsonObject json) {
    var kinds = new HashSet<String>();
    find(json).stream().filter(it -> !isOfOne(it)).forEach(it -> kinds.add(it.kind().name()));
    return kinds;
  }

  /** The example's groups have one promotion each. */
  private static boolean isOfOne(Finding finding) {
    return finding.kind() == FindingKind.GROUP_OF_ONE;
  }

  private static List<Finding> find(JsonObject json) {
    var errors = new FieldErrors();
    RuleBookDocument document = RuleBookReader.readDocument(json, ZoneId.of("UTC"), errors);
    assertThat(errors.all()).isEmpty();
    return BookFindings.of(document, DECEMBER);
  }

  /** Puts a value there, in the place of the one that is there. */
  private static void put(JsonObject json, String pointer, String value) {
    Object it = new JsonArray("[" + value + "]").getValue(0);
    int end = pointer.lastIndexOf('/');
    Object parent = JsonPointer.from(pointer.substring(0, end)).queryJson(json);
    if (parent instanceof JsonArray array) {
      array.set(Integer.parseInt(pointer.substring(end + 1)), it);
    } else {
      JsonPointer.from(pointer).writeJson(json, it, true);
    }
  }

  private static JsonObject example() throws IOException {
    return new JsonObject(Files.readString(Path.of("../docs/examples/rule-book.json")));
  }
}
