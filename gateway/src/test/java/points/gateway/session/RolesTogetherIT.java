package points.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** People who are managers of store S1 and something else as well, at store S2. */
@WithGateway
class RolesTogetherIT {

  private static final String OTHER = "S2";

  private final LocalGateway gateway;
  private final Chain chain;
  private final String member;
  private final String orderId;

  RolesTogetherIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    if (chain.admin().get("/v1/stores/" + OTHER).status() == 404) {
      chain.store(OTHER);
    }
    this.member = chain.newId("member-");
    this.orderId = chain.admin().post("/v1/accruals", soldBy(OTHER)).json(201).getString("orderId");
  }

  private JsonObject soldBy(String storeId) {
    return chain.order(member, 10_000).put("storeId", storeId);
  }

  private JsonObject refund() {
    return new JsonObject()
        .put("storeId", OTHER)
        .put("orderId", orderId)
        .put("refundId", chain.newId("refund-"));
  }

  @Test
  void what_comes_from_support_is_for_all_stores_and_what_comes_from_the_manager_for_S1() {
    Person person = Person.of(gateway, chain, List.of("storeManager", "support"), Chain.STORE);
    Caller caller = person.signIn();

    caller.post("/v1/accruals", soldBy(Chain.STORE)).json(201);
    caller.post("/v1/accruals", soldBy(OTHER)).isProblem(403, "store_out_of_scope");
    caller
        .post(
            "/v1/deductions",
            new JsonObject()
                .put("memberId", member)
                .put("storeId", OTHER)
                .put("points", 1)
                .put("reason", "r"))
        .isProblem(403, "store_out_of_scope");

    caller.post("/v1/refunds", refund()).json(201);
    caller.post("/v1/adjustments", Chain.adjustment(member, 5)).json(201);
    caller
        .post("/v1/adjustments", Chain.adjustment(member, 5).put("currency", "storedValue"))
        .json(201);
    caller.get("/v1/transactions?storeId=" + OTHER + "&orderId=" + orderId).json(200);
    caller.get("/v1/figures?by=day&storeId=" + OTHER).json(200);
    caller.get("/v1/members?limit=1").json(200);
    caller.get("/v1/liability").json(200);
    caller.get("/v1/audit-trail").isProblem(403, "forbidden");
    JsonObject session = caller.get("/v1/session").json(200);
    assertThat(session.getJsonArray("stores")).isEqualTo(new JsonArray().add(Chain.STORE));
    assertThat(session.getJsonArray("permissions")).contains("serve", "refund", "listMembers");
    assertThat(session.getJsonArray("boundPermissions")).isEqualTo(new JsonArray().add("serve"));
  }

  @Test
  void an_auditor_who_is_a_manager_reads_all_and_changes_what_is_of_S1() {
    Caller caller =
        Person.of(gateway, chain, List.of("storeManager", "auditor"), Chain.STORE).signIn();

    caller.post("/v1/refunds", refund()).isProblem(403, "store_out_of_scope");
    caller
        .post("/v1/adjustments", Chain.adjustment(member, 5).put("storeId", OTHER))
        .isProblem(403, "store_out_of_scope");
    String given =
        caller
            .post("/v1/adjustments", Chain.adjustment(member, 5))
            .json(201)
            .getString("transactionId");

    assertThat(caller.get("/v1/transactions/" + given).json(200).getString("storeId"))
        .isEqualTo(Chain.STORE);
    caller.get("/v1/transactions?storeId=" + OTHER + "&orderId=" + orderId).json(200);
    caller.get("/v1/figures?by=day&storeId=" + OTHER).json(200);
    caller.get("/v1/audit-trail").json(200);
    assertThat(caller.get("/v1/session").json(200).getJsonArray("boundPermissions"))
        .contains("serve", "refund", "adjust", "give", "keepProfiles")
        .doesNotContain("read", "readFigures", "readTrail");
  }

  @Test
  void a_manager_alone_is_bound_in_all_and_head_office_in_nothing() {
    JsonObject manager =
        Person.of(gateway, chain, List.of("storeManager"), Chain.STORE)
            .signIn()
            .get("/v1/session")
            .json(200);
    assertThat(manager.getJsonArray("boundPermissions"))
        .isEqualTo(manager.getJsonArray("permissions"));

    Caller office =
        Person.of(gateway, chain, List.of("storeManager", "headOffice"), Chain.STORE).signIn();
    assertThat(office.get("/v1/session").json(200).getJsonArray("boundPermissions")).isEmpty();
    office.post("/v1/accruals", soldBy(OTHER)).json(201);
  }

  /** Releases before this one made managers without stores, when they had another role. */
  @Test
  void an_account_of_before_sells_nowhere_until_it_has_stores() throws SQLException {
    Person person = Person.of(gateway, chain, List.of("storeManager", "support"), Chain.STORE);
    gateway
        .database()
        .rows(
            "UPDATE staff SET stores = NULL WHERE staff_id = '%s' RETURNING staff_id"
                .formatted(person.staffId()));
    Caller caller = person.signIn();

    assertThat(
            caller
                .post("/v1/accruals", soldBy(Chain.STORE))
                .isProblem(403, "store_out_of_scope")
                .getString("detail"))
        .contains("bound to store none");
    caller.post("/v1/refunds", refund()).json(201);

    JsonObject roles = new JsonObject().put("roles", new JsonArray().add("storeManager"));
    chain.admin().patch(person.path(), roles).isInvalid("/stores");
    chain.admin().patch(person.path(), new JsonObject().put("language", "en")).json(200);
    chain
        .admin()
        .patch(person.path(), new JsonObject().put("stores", new JsonArray().add(Chain.STORE)))
        .json(200);
    caller.post("/v1/accruals", soldBy(Chain.STORE)).json(201);
  }
}
