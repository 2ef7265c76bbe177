package points.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

@WithGateway
class ProductsIT {

  private static final String PRODUCTS = "/v1/products";

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  ProductsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  private static JsonObject milk() {
    return new JsonObject()
        .put("name", "Milk 1 l")
        .put("category", "food/milk")
        .put("marginClass", "B")
        .put("tags", new JsonArray().add("fresh").add("east"))
        .put("price", 1_280);
  }

  private static String path(String productId) {
    return PRODUCTS + "/" + productId;
  }

  private static Answer put(Caller caller, String lines) {
    return caller.with("Content-Type", "application/x-ndjson").send("PUT", PRODUCTS, lines);
  }

  private static String lines(Stream<JsonObject> products) {
    return products.map(JsonObject::encode).collect(Collectors.joining("\n"));
  }

  private static JsonObject counted(JsonObject answer) {
    JsonObject counts = answer.copy();
    counts.remove("rejectedLines");
    return counts;
  }

  private static JsonObject counts(int created, int changed, int unchanged, int rejected) {
    return new JsonObject()
        .put("created", created)
        .put("changed", changed)
        .put("unchanged", unchanged)
        .put("rejected", rejected);
  }

  @Test
  void a_product_is_made_replaced_and_taken_out_of_sale() {
    String path = path(chain.newId("p-"));
    JsonObject made = admin.put(path, milk()).json(201);
    assertThat(made.getJsonArray("tags")).isEqualTo(new JsonArray().add("east").add("fresh"));
    assertThat(made.getBoolean("active")).isTrue();
    assertThat(admin.get(path).json(200)).isEqualTo(made);
    assertThat(admin.put(path, milk()).json(200)).isEqualTo(made);

    JsonObject bare = new JsonObject().put("name", "Milk").put("active", false);
    JsonObject now = admin.put(path, bare).json(200);

    assertThat(now.fieldNames()).containsExactly("productId", "name", "tags", "active");
    assertThat(now.getJsonArray("tags")).isEmpty();
    assertThat(now.getBoolean("active")).isFalse();
    assertThat(admin.get(path).json(200)).isEqualTo(now);
    admin.breaking().put(path, now).isInvalid("/productId");
    now.remove("productId");
    assertThat(admin.put(path, now).json(200).getString("name")).isEqualTo("Milk");
  }

  @Test
  void of_two_people_who_edit_a_product_the_second_reads_it_again() {
    String path = path(chain.newId("p-"));
    admin.with("If-Match", "*").put(path, milk()).isProblem(412, "changed_meanwhile");
    admin.get(path).isProblem(404, "not_found");
    String first = Objects.requireNonNull(admin.put(path, milk()).header("ETag"));
    Answer second = admin.with("If-Match", first).put(path, milk().put("price", 1));
    assertThat(second.status()).isEqualTo(200);
    admin
        .with("If-Match", first)
        .put(path, milk().put("price", 2))
        .isProblem(412, "changed_meanwhile");
    assertThat(admin.get(path).header("ETag")).isEqualTo(second.header("ETag"));
  }

  @ParameterizedTest
  @CsvSource({
    "category, food//milk, /category",
    "category, /food, /category",
    "category, food/, /category",
    "price, -1, /price",
    "active, yes, /active",
    "color, red, /color"
  })
  void a_field_that_is_wrong_is_named_and_changes_nothing(
      String field, String value, String pointer) {
    String path = path(chain.newId("p-"));
    Object sent = field.equals("price") ? (Object) Integer.valueOf(value) : value;
    admin.breaking().put(path, milk().put(field, sent)).isInvalid(pointer);
    admin.get(path).isProblem(404, "not_found");
  }

  @Test
  void many_products_come_as_lines_and_wrong_ones_are_named() {
    String first = chain.newId("p-");
    String second = chain.newId("p-");
    JsonObject one = milk().put("productId", first);
    JsonObject two = milk().put("productId", second);
    String body =
        String.join(
            "\n",
            one.encode(),
            "",
            two.copy().put("category", "/").encode(),
            "{\"productId\":",
            one.copy().put("name", "again").encode(),
            two.encode());

    JsonObject answer = put(admin, body).json(200);

    assertThat(counted(answer)).isEqualTo(counts(2, 0, 0, 3));
    assertThat(answer.getJsonArray("rejectedLines"))
        .extracting(it -> ((JsonObject) it).getInteger("line"))
        .containsExactly(3, 4, 5);
    assertThat(answer.getJsonArray("rejectedLines"))
        .extracting(it -> ((JsonObject) it).getJsonObject("problem").getString("code"))
        .containsExactly("invalid_request", "invalid_json", "invalid_request");
    assertThat(admin.get(path(first)).json(200).getString("name")).isEqualTo("Milk 1 l");
    String again = lines(Stream.of(one, two.put("price", 1_300)));
    assertThat(counted(put(admin, again).json(200))).isEqualTo(counts(0, 1, 1, 0));
    assertThat(counted(put(admin, again).json(200))).isEqualTo(counts(0, 0, 2, 0));
  }

  @Test
  void ten_thousand_products_take_ten_requests_and_are_listed_by_id_and_category() {
    List<String> bodies =
        IntStream.range(0, 10)
            .mapToObj(
                part ->
                    lines(
                        IntStream.range(0, 1_000)
                            .mapToObj(
                                i ->
                                    new JsonObject()
                                        .put("productId", "big-%d%03d".formatted(part, i))
                                        .put("name", "Product " + i)
                                        .put("category", "c" + part + "/" + i % 7)
                                        .put("marginClass", "A"))))
            .toList();
    for (String body : bodies) {
      assertThat(counted(put(admin, body).json(200))).isEqualTo(counts(1_000, 0, 0, 0));
    }
    for (String body : bodies) {
      assertThat(counted(put(admin, body).json(200))).isEqualTo(counts(0, 0, 1_000, 0));
    }
    JsonObject page = admin.get(PRODUCTS + "?prefix=big-3&limit=200").json(200);
    assertThat(page.getJsonArray("items")).hasSize(200);
    assertThat(page.getBoolean("hasMore")).isTrue();
    assertThat(ids("?category=c3&limit=2")).containsExactly("big-3000", "big-3001");
    assertThat(ids("?category=c3/6&limit=2")).containsExactly("big-3006", "big-3013");
    assertThat(ids("?category=c&limit=2")).isEmpty();
    assertThat(ids("?prefix=big-3&active=false")).isEmpty();
    String next = admin.get(PRODUCTS + "?prefix=big-39&limit=99").json(200).getString("nextCursor");
    assertThat(ids("?prefix=big-39&cursor=" + next)).containsExactly("big-3999");
  }

  private List<String> ids(String query) {
    return admin.get(PRODUCTS + query).items().stream()
        .map(it -> it.getString("productId"))
        .toList();
  }

  @Test
  void a_request_has_at_most_a_thousand_lines_of_the_right_type() {
    String line = milk().put("productId", "over").encode();
    put(admin, (line + "\n").repeat(1_001)).isProblem(413, "too_many_lines");
    admin.breaking().send("PUT", PRODUCTS, line).isProblem(415, "unsupported_media_type");
    admin.get(path("over")).isProblem(404, "not_found");
  }

  @Test
  void marketing_keeps_the_catalogue_and_tills_do_not_read_it() {
    String path = path(chain.newId("p-"));
    Caller marketing = Person.of(gateway, chain, List.of("marketing")).signIn();
    marketing.put(path, milk()).json(201);
    chain.key("reader").get(path).json(200);
    chain.key("reader").put(path, milk()).isProblem(403, "forbidden");
    chain.key("store", Chain.STORE).get(path).isProblem(403, "forbidden");
  }

  @Test
  void an_upload_leaves_one_row_of_the_trail_and_one_event() {
    String body =
        lines(
            IntStream.range(0, 101).mapToObj(i -> milk().put("productId", chain.newId("trail-"))));
    int events = events().size();
    put(admin, body).json(200);
    put(admin, body).json(200);

    JsonObject row = admin.get("/v1/audit-trail?limit=1").items().get(0);
    assertThat(row.getString("action")).isEqualTo("products.put");
    assertThat(row.getJsonObject("after")).isEqualTo(counts(101, 0, 0, 0));
    JsonObject event = event(events);
    assertThat(event.getInteger("created")).isEqualTo(101);
    assertThat(event.containsKey("productIds")).isFalse();
    admin.put(path("alone"), milk()).json(201);
    assertThat(event(events + 1).getJsonArray("productIds")).containsExactly("alone");
  }

  /** The data of the event after so many. */
  private JsonObject event(int before) {
    Await.until("an event", () -> events().size() > before);
    return events().get(before).getJsonObject("data");
  }

  private List<JsonObject> events() {
    return admin.get("/v1/events?types=products.changed&limit=200").items();
  }

  @Test
  void an_order_keeps_its_own_category_and_gets_the_others_from_the_catalogue()
      throws SQLException {
    String own = chain.newId("p-");
    String bare = chain.newId("p-");
    put(admin, lines(Stream.of(own, bare).map(it -> milk().put("productId", it)))).json(200);
    String member = chain.memberWith(1);
    JsonObject order =
        chain
            .order(member, 300)
            .put(
                "lines",
                new JsonArray()
                    .add(line("1", own, 100).put("category", "promo"))
                    .add(line("2", bare, 100))
                    .add(line("3", chain.newId("p-"), 100)));
    String key = Caller.newKey();
    Answer first = admin.post("/v1/accruals", key, order);
    assertThat(first.status()).isEqualTo(201);

    put(admin, milk().put("productId", bare).put("marginClass", "C").encode()).json(200);

    Answer again = admin.post("/v1/accruals", key, order);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(kept(first.json(201).getString("transactionId")))
        .containsExactly(
            "category=promo class=B tags=[\"east\", \"fresh\"]",
            "category=food/milk class=B tags=[\"east\", \"fresh\"]",
            "category=null class=null tags=null");
  }

  private List<String> kept(String transactionId) throws SQLException {
    int dash = transactionId.lastIndexOf('-');
    return gateway
        .database()
        .rows(
            """
            SELECT l ->> 'category' AS category, l ->> 'marginClass' AS class, l ->> 'tags' AS tags
              FROM entry, jsonb_array_elements(lines::jsonb) l
             WHERE program_id = '%s' AND member_id = '%s' AND sequence = %s
            """
                .formatted(
                    chain.programId(),
                    transactionId.substring(0, dash),
                    transactionId.substring(dash + 1)));
  }

  private static JsonObject line(String id, String productId, long amount) {
    return new JsonObject()
        .put("lineId", id)
        .put("productId", productId)
        .put("quantity", 1)
        .put("amount", amount);
  }

  @Test
  void a_store_has_tags_and_a_time_zone_of_its_own() {
    String storeId = chain.newId("store-");
    JsonObject wanted =
        new JsonObject()
            .put("storeId", storeId)
            .put("name", "Urumqi")
            .put("tags", new JsonArray().add("west").add("big"))
            .put("timeZone", "Asia/Urumqi");
    JsonObject made = admin.post("/v1/stores", wanted).json(201);
    assertThat(made.getJsonArray("tags")).isEqualTo(new JsonArray().add("big").add("west"));
    assertThat(made.getString("timeZone")).isEqualTo("Asia/Urumqi");

    String path = "/v1/stores/" + storeId;
    String tag = Objects.requireNonNull(admin.get(path).header("ETag"));
    JsonObject zone = new JsonObject().putNull("timeZone");
    JsonObject changed = admin.with("If-Match", tag).patch(path, zone).json(200);

    assertThat(changed.getValue("timeZone")).isNull();
    assertThat(changed.getString("name")).isEqualTo("Urumqi");
    assertThat(changed.getJsonArray("tags")).hasSize(2);
    admin.with("If-Match", tag).patch(path, zone).isProblem(412, "changed_meanwhile");
    admin.breaking().patch(path, new JsonObject()).isInvalid("/name");
    admin.patch(path, new JsonObject().put("timeZone", "Mars")).isInvalid("/timeZone");
    assertThat(admin.get("/v1/stores?limit=200").items())
        .filteredOn(it -> it.getString("storeId").equals(storeId))
        .containsExactly(changed);
  }
}
