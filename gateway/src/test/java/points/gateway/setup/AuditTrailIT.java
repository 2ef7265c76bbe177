package points.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.gateway.contract.ContractFile;
import points.gateway.fixture.Await;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** Each change by hand leaves one row in the audit trail, and no call of a till does. */
@WithGateway
class AuditTrailIT {

  private static final String TRAIL = "/v1/audit-trail?limit=200";

  /** The calls of people about their own session, which are tested below. */
  private static final Set<String> SESSIONS =
      Set.of(
          "signIn",
          "signOut",
          "signOutEverywhere",
          "changePassword",
          "offerSecondFactor",
          "confirmSecondFactor",
          "removeSecondFactor",
          "removeLostSecondFactor");

  /** The calls of tills, the enrolment of members, and previews, which are no changes by hand. */
  private static final Set<String> BUSINESS =
      Set.of(
          "accrue",
          "previewAccrual",
          "deduct",
          "buyTier",
          "placeHold",
          "captureHold",
          "releaseHold",
          "activatePending",
          "cancelPending",
          "topUp",
          "payStoredValue",
          "exchangePoints",
          "refund",
          "previewRefund",
          "contribute",
          "withdraw",
          "enrolMember",
          "openMember",
          "giveRating",
          "submitBatch",
          "previewRuleBook");

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;
  private final JsonObject by =
      new JsonObject().put("operator", "amy").put("reason", "for the test");

  AuditTrailIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void each_operation_that_changes_something_by_hand_leaves_one_row() {
    var audited = new LinkedHashMap<String, Runnable>();
    Map<String, String> actions = new LinkedHashMap<>();
    JsonObject key =
        admin
            .post("/v1/api-keys", new JsonObject().put("name", "a").put("role", "reader"))
            .json(201);
    String staff = "/v1/staff/" + admin.post("/v1/staff", account()).json(201).getString("staffId");
    String member = chain.memberWith(100);
    String sharer = chain.memberWith(1);
    String joins = chain.memberWith(1);
    String frozen = chain.memberWith(1);
    String left = chain.memberWith(1);
    String merged = chain.memberWith(1);
    String earned = chain.earn(member, 100).getString("transactionId");
    String rating = rating();
    String accepted = review();
    String rejected = review();
    admin.post("/v1/members/" + left + "/freeze", reason()).json(200);
    String pool = chain.newId("pool-");
    int scheduled = ruleBooks();
    String tier = "/v1/members/" + member + "/tier";

    Step step =
        (operation, action, call) -> {
          audited.put(operation, call);
          actions.put(operation, action);
        };
    step.add("replaceProgram", "program.change", () -> admin.put("/v1/program", rules()).json(200));
    step.add("createRuleBook", "rulebook.create", () -> draft("a", 201));
    step.add(
        "replaceRuleBook",
        "rulebook.change",
        () -> admin.put("/v1/rule-books/a", book("a")).json(200));
    step.add("deleteRuleBook", "rulebook.delete", () -> admin.delete("/v1/rule-books/b"));
    step.add("publishRuleBook", "rulebook.publish", () -> publish("c"));
    step.add(
        "withdrawRuleBook",
        "rulebook.withdraw",
        () ->
            admin
                .post("/v1/rule-books/d/withdraw", new JsonObject().put("number", scheduled))
                .json(200));
    step.add(
        "rollBackRuleBook",
        "rulebook.rollBack",
        () -> admin.post("/v1/rule-book-timeline/rollback", new JsonObject()).json(201));
    step.add(
        "simulateRuleBook",
        "rulebook.simulate",
        () -> admin.post("/v1/rule-books/d/simulations", period()).json(202));
    step.add("createStore", "store.create", () -> chain.store(chain.newId("store-")));
    step.add("createApiKey", "key.create", () -> chain.key("reader"));
    step.add("changeStore", "store.change", () -> rename(chain.newId("name-")));
    step.add("putProduct", "product.create", () -> admin.put(product(), goods()).json(201));
    step.add("putProducts", "products.put", this::putProducts);
    step.add(
        "revokeApiKey", "key.revoke", () -> admin.delete("/v1/api-keys/" + key.getString("keyId")));
    step.add("createStaff", "staff.create", () -> admin.post("/v1/staff", account()).json(201));
    step.add(
        "changeStaff",
        "staff.change",
        () -> admin.patch(staff, new JsonObject().put("language", "en")).json(200));
    step.add(
        "resetPassword",
        "staff.resetPassword",
        () -> admin.post(staff + "/password", new JsonObject()).json(201));
    step.add(
        "unlockStaff",
        "staff.unlock",
        () -> admin.post(staff + "/unlock", new JsonObject()).json(200));
    step.add(
        "changeMember",
        "member.change",
        () -> admin.patch("/v1/members/" + member, new JsonObject().put("name", "Li")).json(200));
    step.add("createPool", "pool.create", () -> admin.post("/v1/pools", pool(pool, sharer)));
    step.add(
        "joinPool",
        "pool.join",
        () -> admin.put("/v1/pools/" + pool + "/members/" + joins, new JsonObject()));
    step.add(
        "leavePool", "pool.leave", () -> admin.delete("/v1/pools/" + pool + "/members/" + joins));
    step.add(
        "acceptReview",
        "review.accept",
        () -> admin.post("/v1/reviews/" + accepted + "/accept", by).json(200));
    step.add(
        "rejectReview",
        "review.reject",
        () -> admin.post("/v1/reviews/" + rejected + "/reject", by).json(200));
    step.add("hideRating", "rating.hide", () -> admin.post(rating + "/hide", reason()).json(200));
    step.add(
        "showRating",
        "rating.show",
        () -> admin.post(rating + "/show", new JsonObject()).json(200));
    step.add(
        "adjust",
        "points.adjust",
        () -> admin.post("/v1/adjustments", Chain.adjustment(member, 5)).json(201));
    step.add(
        "giveGift",
        "points.give",
        () -> admin.post("/v1/members/" + member + "/gifts", by.copy().put("points", 5)).json(201));
    step.add(
        "grantTier",
        "tier.grant",
        () -> admin.post(tier, by.copy().put("tier", "gold").put("for", "P1M")).json(201));
    step.add(
        "withdrawTier",
        "tier.withdraw",
        () -> admin.post(tier + "/withdraw", by.copy().put("tier", "gold")).json(201));
    step.add(
        "transfer",
        "points.transfer",
        () ->
            admin
                .post(
                    "/v1/transfers",
                    by.copy().put("from", member).put("to", sharer).put("points", 1))
                .json(201));
    step.add(
        "reverse",
        "entry.reverse",
        () -> admin.post("/v1/reversals", by.copy().put("transactionId", earned)).json(201));
    JsonObject parked =
        new JsonObject()
            .put("storeId", Chain.STORE)
            .put("orderId", chain.newId("order-"))
            .put("refundId", "r1")
            .put("memberId", member);
    admin.post("/v1/refunds", parked).json(201);
    JsonObject named = parked.copy();
    named.remove("memberId");
    step.add(
        "withdrawParkedRefund",
        "refund.withdraw",
        () -> admin.post("/v1/refunds/parked/withdraw", named).json(200));
    String sold = chain.earn(sharer, 100).getString("transactionId");
    step.add(
        "moveSale",
        "sale.move",
        () ->
            admin
                .post("/v1/transactions/" + sold + "/move", by.copy().put("memberId", member))
                .json(201));
    step.add(
        "freezeMember",
        "member.freeze",
        () -> admin.post("/v1/members/" + frozen + "/freeze", reason()).json(200));
    step.add(
        "unfreezeMember",
        "member.unfreeze",
        () -> admin.post("/v1/members/" + frozen + "/unfreeze", reason()).json(200));
    step.add(
        "closeMember",
        "member.close",
        () -> admin.post("/v1/members/" + left + "/close", by).json(201));
    step.add(
        "mergeMember",
        "member.merge",
        () ->
            admin
                .post("/v1/members/" + merged + "/merge", by.copy().put("into", member))
                .json(201));

    var all = new TreeSet<>(BUSINESS);
    all.addAll(audited.keySet());
    all.addAll(SESSIONS);
    all.add("cancelSimulation"); // tested with simulations: one may be done before
    all.addAll(Set.of("acceptHeldOrder", "rejectHeldOrder")); // see HeldOrdersIT
    all.add("createProgram"); // tested below: its row is in the operator's program
    assertThat(all).as("every operation that changes something").isEqualTo(writes());

    Await.until("the entries", this::isQuiet);
    audited.forEach(
        (operation, call) -> {
          long before = rows();
          call.run();
          Await.until("the row", () -> rows() > before && isQuiet());
          assertThat(rows()).as(operation).isEqualTo(before + 1);
          JsonObject row = admin.get("/v1/audit-trail?limit=1").items().get(0);
          assertThat(row.getString("action")).as(operation).isEqualTo(actions.get(operation));
          assertThat(row.getJsonObject("actor").getString("kind")).isEqualTo("key");
          assertThat(row.getJsonObject("actor").getString("name")).isEqualTo("first admin");
          assertThat(row.getString("address")).isEqualTo("127.0.0.1");
        });
  }

  /** Adds an operation with the action of its row, and the call that makes it. */
  private interface Step {
    void add(String operation, String action, Runnable call);
  }

  @Test
  void a_new_program_is_in_the_trail_of_the_operator_that_made_it() {
    Chain made = Chain.open(gateway, "audited");
    List<JsonObject> rows =
        gateway
            .operator()
            .get(TRAIL + "&action=program.create&subject=program:" + made.programId())
            .items();
    assertThat(rows).hasSize(1);
  }

  @Test
  void a_call_that_is_refused_or_changes_nothing_or_comes_again_leaves_none() {
    String id = chain.newId("store-");
    String key = Caller.newKey();
    JsonObject store = new JsonObject().put("storeId", id).put("name", "n");
    admin.post("/v1/stores", key, store).json(201);
    String member = chain.memberWith(1);
    admin.patch("/v1/members/" + member, new JsonObject().put("name", "Li")).json(200);
    long before = rows();
    assertThat(admin.post("/v1/stores", key, store).isReplay()).isTrue();
    admin.post("/v1/stores", store).isProblem(409, "store_exists");
    admin.patch("/v1/members/" + member, new JsonObject().put("name", "Li")).json(200);
    admin.delete("/v1/api-keys/key_unknown").isProblem(404, "not_found");
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void personal_values_and_keys_are_not_in_it() {
    String phone = chain.newPhone();
    String member = chain.memberWith(1);
    admin.patch("/v1/members/" + member, new JsonObject().put("phone", phone)).json(200);
    String key =
        admin
            .post("/v1/api-keys", new JsonObject().put("name", "a").put("role", "reader"))
            .json(201)
            .getString("key");
    String trail = admin.get(TRAIL).body();
    assertThat(trail).contains("\"phone\":\"***\"").doesNotContain(phone).doesNotContain(key);
  }

  private void rename(String name) {
    admin.patch("/v1/stores/S1", new JsonObject().put("name", name)).json(200);
  }

  @Test
  void a_change_of_a_store_says_what_its_name_was_and_none_is_noted_where_nothing_changed() {
    rename("before");
    rename("after");
    rename("after");
    List<JsonObject> rows = admin.get("/v1/audit-trail?limit=2&action=store.change").items();
    assertThat(rows.get(0).getJsonObject("before"))
        .isEqualTo(new JsonObject().put("name", "before"));
    assertThat(rows.get(0).getJsonObject("after")).isEqualTo(new JsonObject().put("name", "after"));
    assertThat(rows.get(1).getJsonObject("after"))
        .isEqualTo(new JsonObject().put("name", "before"));
  }

  @Test
  void a_change_of_the_program_says_which_fields_were_what() {
    admin.put("/v1/program", rules().put("name", "before")).json(200);
    admin.put("/v1/program", rules().put("name", "after")).json(200);
    JsonObject row = admin.get("/v1/audit-trail?limit=1&action=program.change").items().get(0);
    assertThat(row.getJsonObject("before")).isEqualTo(new JsonObject().put("name", "before"));
    assertThat(row.getJsonObject("after")).isEqualTo(new JsonObject().put("name", "after"));
  }

  @Test
  void sign_ins_and_attempts_that_failed_are_in_it() {
    Person person = Person.of(gateway, chain, List.of("headOffice"));
    person.signIn();
    List<JsonObject> opened = admin.get(TRAIL + "&action=session.open").items();
    assertThat(opened).isNotEmpty();
    assertThat(opened.get(0).getJsonObject("actor").getString("kind")).isEqualTo("staff");
    assertThat(opened.get(0).getString("address")).isEqualTo("127.0.0.1");
    var wrong =
        new JsonObject()
            .put("programId", chain.programId())
            .put("name", "nobody of this name")
            .put("password", "a password that is wrong");
    admin.postPlain("/v1/session", wrong).isProblem(401, "sign_in_failed");
    List<JsonObject> failed = failures();
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).encode()).doesNotContain("nobody of this name");
    for (int i = 2; i <= 20; i++) {
      admin.postPlain("/v1/session", wrong.put("name", "nobody " + i));
    }
    assertThat(failures().stream().map(it -> it.getJsonObject("after").getInteger("failures")))
        .as("few rows, however many fail")
        .containsExactly(16, 8, 4, 2, 1);
  }

  private List<JsonObject> failures() {
    return admin.get(TRAIL + "&action=session.fail").items();
  }

  @Test
  void what_people_do_with_their_own_account_is_in_it() {
    Person person = Person.of(gateway, chain, List.of("headOffice"));
    Caller caller = person.signIn();
    assertThat(actions(person)).startsWith("session.open", "staff.password", "session.open");
    Caller other = person.signIn();
    other.delete("/v1/session");
    assertThat(actions(person)).startsWith("session.end", "session.open");
    person.signIn();
    caller.delete("/v1/sessions");
    JsonObject row = rowsOf(person).get(0);
    assertThat(row.getString("action")).isEqualTo("session.endAll");
    assertThat(row.getJsonObject("before")).isEqualTo(new JsonObject().put("sessions", 3));
    assertThat(row.getJsonObject("actor").getString("id")).isEqualTo(person.staffId());
  }

  @Test
  void an_entry_that_a_person_made_has_the_name_of_the_person() {
    Person person = Person.of(gateway, chain, List.of("headOffice"));
    String member = chain.memberWith(1);
    person.signIn().post("/v1/adjustments", Chain.adjustment(member, 5)).json(201);
    Await.until("the row", this::isQuiet);
    JsonObject row = admin.get(TRAIL + "&subject=member:" + member).items().get(0);
    assertThat(row.getJsonObject("actor").getString("name")).isEqualTo(person.name());
  }

  private List<String> actions(Person person) {
    return rowsOf(person).stream().map(it -> it.getString("action")).toList();
  }

  private List<JsonObject> rowsOf(Person person) {
    return admin.get(TRAIL + "&subject=staff:" + person.staffId()).items();
  }

  @Test
  void filters_and_pages_find_the_same_rows() {
    IntStream.range(0, 5).forEach(i -> chain.store(chain.newId("store-")));
    List<JsonObject> all = admin.get(TRAIL + "&action=store.create").items();
    JsonObject page = admin.get("/v1/audit-trail?limit=2&action=store.create").json(200);
    JsonObject next =
        admin
            .get(
                "/v1/audit-trail?limit=2&action=store.create&cursor="
                    + page.getString("nextCursor"))
            .json(200);
    assertThat(page.getJsonArray("items").size()).isEqualTo(2);
    assertThat(next.getJsonArray("items").getJsonObject(0)).isEqualTo(all.get(2));
    String at = all.get(1).getString("at");
    assertThat(admin.get(TRAIL + "&action=store.create&to=" + at).items().get(0))
        .isEqualTo(all.get(2));
    assertThat(admin.get(TRAIL + "&action=store.create&from=" + at).items()).hasSize(2);
    JsonObject actor = all.get(0).getJsonObject("actor");
    assertThat(admin.get(TRAIL + "&actor=key:" + actor.getString("id")).items())
        .hasSizeGreaterThanOrEqualTo(5);
    assertThat(admin.get(TRAIL + "&actor=key:nobody").items()).isEmpty();
    admin.get(TRAIL + "&from=" + at + "&to=" + at).isProblem(400, "invalid_query");
    admin.breaking().get(TRAIL + "&action=").isProblem(400, "invalid_query");
  }

  @Test
  void changes_at_the_same_time_have_one_order_without_gaps() {
    long before = rows();
    CompletableFuture.allOf(
            IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(() -> chain.store(chain.newId("store-"))))
                .toArray(CompletableFuture[]::new))
        .join();
    List<JsonObject> rows = admin.get(TRAIL + "&action=store.create").items().subList(0, 20);
    assertThat(rows.stream().map(it -> it.getLong("position")).sorted().toList())
        .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(i -> before + i).toList());
  }

  private static Set<String> writes() {
    var writes = new TreeSet<String>();
    JsonObject paths = ContractFile.read().getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject operations = paths.getJsonObject(path);
      for (String method : List.of("post", "put", "patch", "delete")) {
        if (operations.containsKey(method)) {
          writes.add(operations.getJsonObject(method).getString("operationId"));
        }
      }
    }
    return writes;
  }

  /** Returns the number of rows of the program, of which the newest has the highest position. */
  private long rows() {
    List<JsonObject> newest = admin.get("/v1/audit-trail?limit=1").items();
    return newest.isEmpty() ? 0 : newest.get(0).getLong("position");
  }

  private boolean isQuiet() {
    try {
      return gateway
              .database()
              .number(
                  "SELECT count(*) FROM audit_pending WHERE program_id = '%s'"
                      .formatted(chain.programId()))
          == 0;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String review() {
    JsonObject late =
        chain
            .order(chain.newId("member-"), 500)
            .put("occurredAt", Instant.now().minus(Duration.ofDays(10)).toString());
    return new BatchCaller(admin)
        .send(BatchCaller.line("accrual", Caller.newKey(), late))
        .get(0)
        .getJsonObject("body")
        .getString("reviewId");
  }

  /** Drafts of rule books, one scheduled far ahead, and two that were in force. */
  private int ruleBooks() {
    for (String id : List.of("b", "c", "d", "e", "f")) {
      draft(id, 201);
    }
    JsonObject later =
        new JsonObject()
            .put("at", Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.MILLIS).toString());
    admin.post("/v1/rule-books/e/publish", new JsonObject()).json(201);
    int number = admin.post("/v1/rule-books/d/publish", later).json(201).getInteger("number");
    admin.post("/v1/rule-books/f/publish", new JsonObject()).json(201);
    gateway.clock().moveTo(Instant.now().plusSeconds(60));
    return number;
  }

  private void draft(String id, int status) {
    admin.post("/v1/rule-books", book(id)).json(status);
  }

  private JsonObject publish(String id) {
    return admin.post("/v1/rule-books/" + id + "/publish", new JsonObject()).json(201);
  }

  private static JsonObject book(String id) {
    return new JsonObject()
        .put("ruleBookId", id)
        .put("base", new JsonObject().put("points", 1).put("perAmount", 100))
        .put(
            "tiers",
            new JsonObject(
                """
                {"levels": [{"id": "silver", "from": 0}, {"id": "gold", "from": 1000000}],
                 "measure": {"account": "spend", "period": "calendarYear"}, "review": {"on": "yearEnd"}}
                """));
  }

  private String rating() {
    JsonObject order = chain.order(chain.newId("member-"), 500);
    admin.post("/v1/accruals", order).json(201);
    JsonObject wanted =
        new JsonObject()
            .put("memberId", order.getString("memberId"))
            .put("storeId", Chain.STORE)
            .put("orderId", order.getString("orderId"))
            .put("stars", 1);
    return "/v1/ratings/" + admin.post("/v1/ratings", wanted).json(201).getString("ratingId");
  }

  private JsonObject rules() {
    return Chain.rules().put("name", chain.newId("name-"));
  }

  private String product() {
    return "/v1/products/" + chain.newId("product-");
  }

  private static JsonObject goods() {
    return new JsonObject().put("name", "Milk").put("marginClass", "B");
  }

  private void putProducts() {
    String line = goods().put("productId", chain.newId("product-")).encode();
    admin.with("Content-Type", "application/x-ndjson").send("PUT", "/v1/products", line).json(200);
  }

  private JsonObject account() {
    return new JsonObject()
        .put("name", chain.newId("Li "))
        .put("roles", new JsonArray().add("support"));
  }

  private static JsonObject period() {
    return new JsonObject().put("from", "2026-01-01T00:00:00Z").put("to", "2026-01-02T00:00:00Z");
  }

  private static JsonObject reason() {
    return new JsonObject().put("reason", "for the test");
  }

  private static JsonObject pool(String poolId, String memberId) {
    return new JsonObject()
        .put("poolId", poolId)
        .put("name", "Family")
        .put("memberIds", new JsonArray().add(memberId));
  }
}
