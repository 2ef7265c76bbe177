package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Entries name the caller that sent them: to head office, and to no till. */
@WithGateway
class ActorsIT {

  private final Chain chain;
  private final Caller admin;

  ActorsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void an_entry_names_the_key_of_its_caller() {
    String member = chain.newId("member-");
    admin.post("/v1/accruals", chain.order(member, 10_000)).json(201);
    admin.post("/v1/adjustments", Chain.adjustment(member, 5)).json(201);
    new BatchCaller(admin)
        .send(BatchCaller.line("deduction", Caller.newKey(), Chain.spending(member, 10)));
    assertThat(entries(admin, member)).hasSize(3).allMatch(it -> isKey(it.getJsonObject("actor")));
    JsonObject transaction =
        admin
            .get("/v1/transactions/" + entries(admin, member).get(0).getString("transactionId"))
            .json(200);
    assertThat(isKey(transaction.getJsonObject("actor"))).isTrue();
  }

  @Test
  void consequences_for_another_member_name_the_caller_that_began_them() {
    String from = chain.newId("member-");
    String to = chain.newId("member-");
    chain.earn(from, 10_000);
    chain.earn(to, 100);
    admin
        .post(
            "/v1/transfers",
            new JsonObject()
                .put("from", from)
                .put("to", to)
                .put("points", 5)
                .put("operator", "amy")
                .put("reason", "gift"))
        .json(201);
    List<JsonObject> received = entries(admin, to);
    assertThat(received.get(0).getString("kind")).isEqualTo("transfer_in");
    assertThat(received.get(0).getJsonObject("actor"))
        .isEqualTo(entries(admin, from).get(0).getJsonObject("actor"));
  }

  @Test
  void a_till_does_not_see_it() {
    String member = chain.newId("member-");
    chain.earn(member, 10_000);
    assertThat(entries(chain.key("store", Chain.STORE), member))
        .hasSize(1)
        .noneMatch(it -> it.containsKey("actor"));
  }

  @Test
  void a_retry_by_another_caller_is_the_same_call() {
    JsonObject order = chain.order(chain.newId("member-"), 10_000);
    String first = chain.key("store", Chain.STORE).post("/v1/accruals", order).body();
    assertThat(admin.post("/v1/accruals", order).body()).isEqualTo(first);
  }

  private static List<JsonObject> entries(Caller caller, String member) {
    return caller.get("/v1/members/" + member + "/entries").items();
  }

  private static boolean isKey(JsonObject actor) {
    return actor != null
        && actor.getString("kind").equals("key")
        && actor.getString("id").startsWith("key_");
  }
}
