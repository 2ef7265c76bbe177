package points.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import points.gateway.contract.Contract;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** Callers that are bound to store S1 call every operation, about store S2. */
@WithGateway
class BondsIT {

  private static final String OTHER = "S2";
  private static final String PRODUCT = "P-1";

  private final LocalGateway gateway;
  private final Chain chain;
  private final String member;
  private final String entry;
  private final String pending;
  private final String hold;
  private final String rating;
  private final String book;
  private final String orderId;

  BondsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    if (chain.admin().get("/v1/stores/" + OTHER).status() == 404) {
      chain.store(OTHER);
    }
    chain.admin().put("/v1/products/" + PRODUCT, new JsonObject().put("name", "Milk"));
    this.member = chain.newId("member-");
    JsonObject order = chain.order(member, 10_000).put("storeId", OTHER);
    this.orderId = order.getString("orderId");
    this.entry = chain.admin().post("/v1/accruals", order).json(201).getString("transactionId");
    JsonObject later =
        chain.order(member, 100).put("storeId", OTHER).put("pending", new JsonObject());
    this.pending = chain.admin().post("/v1/accruals", later).json(201).getString("transactionId");
    JsonObject held =
        new JsonObject().put("memberId", member).put("storeId", OTHER).put("points", 1);
    this.rating =
        chain.admin().post("/v1/ratings", ratingOf(order)).json(201).getString("ratingId");
    this.book = chain.newId("book-");
    JsonObject base = new JsonObject().put("points", 1).put("perAmount", 100);
    chain
        .admin()
        .post("/v1/rule-books", new JsonObject().put("ruleBookId", book).put("base", base))
        .json(201);
    this.hold = chain.admin().post("/v1/holds", held).json(201).getString("holdId");
  }

  private static JsonObject ratingOf(JsonObject order) {
    return new JsonObject()
        .put("memberId", order.getString("memberId"))
        .put("storeId", order.getString("storeId"))
        .put("orderId", order.getString("orderId"))
        .put("stars", 5);
  }

  private Map<String, Caller> bound() {
    Map<String, Caller> bound = new LinkedHashMap<>();
    bound.put("store", chain.key("store", Chain.STORE));
    bound.put("reader", chain.key("reader", Chain.STORE));
    bound.put(
        "storeManager", Person.of(gateway, chain, List.of("storeManager"), Chain.STORE).signIn());
    return bound;
  }

  @Test
  void every_operation_says_what_a_bond_means_and_keeps_to_it() {
    Map<String, String> table = BondTable.read();
    Map<String, Set<String>> roles = RoleTable.read();
    Map<String, Operation> operations = operations();
    Map<String, Caller> bound = bound();
    List<String> faults = new ArrayList<>();
    table.forEach(
        (name, meaning) -> {
          String operation = name.equals("listMembers") ? "findMembers" : name;
          bound.forEach(
              (role, caller) -> {
                boolean may =
                    roles.getOrDefault(operation, Set.of()).contains(role)
                        && !(name.equals("listMembers") && !role.equals("reader"));
                if (meaning.equals("never")
                    ? may
                    : may && !keeps(meaning, name, operations, caller)) {
                  faults.add(name + " as " + role + ": " + call(name, operations, caller));
                }
              });
        });

    assertThat(faults).isEmpty();
    table.remove("listMembers");
    assertThat(table.keySet()).isEqualTo(operations.keySet());
  }

  private boolean keeps(
      String meaning, String name, Map<String, Operation> operations, Caller caller) {
    if (Set.of("own", "line", "part").contains(meaning)) {
      return true; // tested below, and in SessionsIT
    }
    Answer answer = call(name, operations, caller);
    boolean isOutOfScope =
        answer.status() == 403 && answer.body().contains("\"code\":\"store_out_of_scope\"");
    return Set.of("member", "chain").contains(meaning) ? answer.status() < 403 : isOutOfScope;
  }

  private Answer call(String name, Map<String, Operation> operations, Caller caller) {
    boolean isList = name.equals("listMembers");
    Operation operation = operations.get(isList ? "findMembers" : name);
    if (operation == null) {
      throw new AssertionError("no operation " + name);
    }
    String path =
        operation
            .getOpenAPIPath()
            .replace("{storeId}", OTHER)
            .replace("{productId}", PRODUCT)
            .replace("{holdId}", hold)
            .replace("{transactionId}", name.endsWith("Pending") ? pending : entry)
            .replace("{ratingId}", rating)
            .replace("{ruleBookId}", book)
            .replace("{budgetId}", "none")
            .replace("{simulationId}", "none")
            .replace("{poolId}", pool(name))
            .replace("{memberId}", member);
    path +=
        switch (name) {
          case "findMembers" -> "?phone=13800000000";
          case "findTransactions" -> "?storeId=" + OTHER + "&orderId=" + orderId;
          case "listClaims", "getFigures", "listRatings" ->
              "?storeId=" + OTHER + (name.equals("getFigures") ? "&by=day" : "");
          default -> "";
        };
    Caller with = caller.with("Idempotency-Key", Caller.newKey());
    return with.send(
        operation.getHttpMethod().name(),
        path,
        operation.getRequestBody() == null ? null : body(name).encode());
  }

  /** A new pool of the member, for the calls that need one. */
  private String pool(String name) {
    if (!Set.of("getPool", "joinPool", "leavePool", "contribute", "withdraw").contains(name)) {
      return "p";
    }
    String pool = chain.newId("pool-");
    chain.admin().post("/v1/pools", poolOf(pool)).json(201);
    chain
        .admin()
        .post(
            "/v1/pools/" + pool + "/contributions",
            new JsonObject().put("memberId", member).put("points", 2))
        .json(201);
    return pool;
  }

  private JsonObject poolOf(String pool) {
    return new JsonObject()
        .put("poolId", pool)
        .put("name", "Family")
        .put("memberIds", new io.vertx.core.json.JsonArray().add(member));
  }

  private JsonObject body(String name) {
    JsonObject at = new JsonObject().put("memberId", member).put("storeId", OTHER);
    return switch (name) {
      case "accrue", "previewAccrual", "topUp" -> chain.order(member, 100).put("storeId", OTHER);
      case "payStoredValue" -> at.put("orderId", chain.newId("order-")).put("amount", 1);
      case "giveRating" -> at.put("orderId", orderId).put("stars", 5);
      case "deduct" -> at.put("points", 1).put("reason", "r");
      case "buyTier" -> new JsonObject().put("tier", "gold").put("storeId", OTHER);
      case "placeHold" -> at.put("points", 1);
      case "adjust" -> Chain.adjustment(member, 1).put("storeId", OTHER);
      case "giveGift" ->
          new JsonObject()
              .put("points", 1)
              .put("reason", "r")
              .put("operator", "o")
              .put("storeId", OTHER);
      case "exchangePoints" -> at.put("from", "points").put("to", "miles").put("points", 1);
      case "transfer" ->
          new JsonObject()
              .put("from", member)
              .put("to", "m2")
              .put("points", 1)
              .put("reason", "r")
              .put("storeId", OTHER);
      case "refund", "previewRefund", "withdrawParkedRefund" ->
          new JsonObject()
              .put("storeId", OTHER)
              .put("orderId", orderId)
              .put("refundId", chain.newId("refund-"));
      case "moveSale" -> new JsonObject().put("memberId", "m2");
      case "captureHold" -> new JsonObject().put("orderId", chain.newId("order-"));
      case "enrolMember" -> new JsonObject().put("memberId", chain.newId("new-"));
      case "changeMember" -> new JsonObject().put("name", "Li");
      case "createPool" -> poolOf(chain.newId("pool-"));
      case "contribute", "withdraw" -> new JsonObject().put("memberId", member).put("points", 1);
      default -> new JsonObject();
    };
  }

  @Test
  void events_and_lists_have_nothing_of_other_stores() {
    Await.until(
        "the event", () -> chain.admin().get("/v1/events?limit=200").body().contains(orderId));
    bound()
        .forEach(
            (role, caller) ->
                assertThat(caller.get("/v1/events?limit=200").body())
                    .as(role)
                    .doesNotContain(orderId));
  }

  @Test
  void points_that_a_manager_gives_are_of_one_of_the_managers_stores() throws Exception {
    Caller one = Person.of(gateway, chain, List.of("storeManager"), Chain.STORE).signIn();
    String given =
        one.post("/v1/adjustments", Chain.adjustment(member, 5))
            .json(201)
            .getString("transactionId");
    assertThat(chain.admin().get("/v1/transactions/" + given).json(200).getString("storeId"))
        .isEqualTo(Chain.STORE);

    Caller two = Person.of(gateway, chain, List.of("storeManager"), Chain.STORE, OTHER).signIn();
    JsonObject gift = new JsonObject().put("points", 5).put("reason", "r").put("operator", "o");
    String gifts = "/v1/members/" + member + "/gifts";
    two.post(gifts, gift).isInvalid("/storeId");
    two.post("/v1/adjustments", Chain.adjustment(member, 5)).isInvalid("/storeId");
    String made = two.post(gifts, gift.put("storeId", OTHER)).json(201).getString("transactionId");
    assertThat(chain.admin().get("/v1/transactions/" + made).json(200).getString("storeId"))
        .isEqualTo(OTHER);

    for (String account : List.of("storedValue", "growth")) {
      one.post("/v1/adjustments", Chain.adjustment(member, 5).put("currency", account))
          .isInvalid("/currency");
    }
    chain
        .admin()
        .post("/v1/adjustments", Chain.adjustment(member, 5).put("storeId", "nowhere"))
        .isProblem(422, "unknown_store");
    chain
        .admin()
        .post("/v1/adjustments", Chain.adjustment(member, 5).put("currency", "storedValue"))
        .json(201);
  }

  @Test
  void a_persons_key_is_none_that_an_api_key_used() {
    Person office = Person.of(gateway, chain, List.of("headOffice"));
    String key = Caller.newKey();
    JsonObject wanted = new JsonObject().put("memberId", chain.newId("new-"));
    chain.admin().post("/v1/members", key, wanted).json(201);

    Answer answer =
        office
            .signIn()
            .post("/v1/members", key, new JsonObject().put("memberId", chain.newId("new-")));

    answer.json(201);
  }

  private static Map<String, Operation> operations() {
    Vertx vertx = Vertx.vertx();
    try {
      Map<String, Operation> operations = new TreeMap<>();
      Contract.load(vertx).openApi().operations().stream()
          .filter(it -> !it.getSecurityRequirements().isEmpty())
          .forEach(it -> operations.put(it.getOperationId(), it));
      return operations;
    } finally {
      vertx.close().await();
    }
  }
}
