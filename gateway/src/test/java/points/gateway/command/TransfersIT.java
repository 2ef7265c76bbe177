package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

@WithGateway
class TransfersIT {

  private static final String TRANSFERS = "/v1/transfers";

  private final Chain chain;
  private final Caller admin;

  TransfersIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void points_go_from_one_member_to_another_with_their_expiry() {
    String from = chain.memberWith(50);
    String to = chain.memberWith(5);

    JsonObject sent = admin.post(TRANSFERS, transfer(from, to, 20)).json(201);

    assertThat(sent.getLong("points")).isEqualTo(20);
    assertThat(sent.getLong("balance")).isEqualTo(30);
    assertThat(chain.balance(to).getLong("available")).isEqualTo(25);
    JsonObject arrived = admin.get("/v1/members/" + to + "/entries").items().get(0);
    assertThat(arrived.getString("kind")).isEqualTo("transfer_in");
    assertThat(arrived.getJsonArray("lots")).isEqualTo(sent.getJsonArray("lots"));
  }

  @Test
  void a_transfer_is_done_once_also_when_its_receiver_has_left_meanwhile() {
    String from = chain.memberWith(50);
    String to = chain.memberWith(5);
    String key = Caller.newKey();
    Answer first = admin.post(TRANSFERS, key, transfer(from, to, 20));
    admin.post("/v1/members/" + to + "/freeze", new JsonObject().put("reason", "lost")).json(200);

    Answer again = admin.post(TRANSFERS, key, transfer(from, to, 20));

    first.json(201);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin.post(TRANSFERS, key, transfer(from, to, 21)).isProblem(422, "idempotency_key_reused");
    admin.post(TRANSFERS, transfer(from, to, 20)).isProblem(409, "member_frozen");
    assertThat(chain.entries(from)).isEqualTo(2);
    assertThat(chain.balance(to).getLong("available")).isEqualTo(25);
  }

  @Test
  void refuses_more_than_there_is_and_members_that_are_not_there() {
    String from = chain.memberWith(50);
    String to = chain.memberWith(5);

    admin.post(TRANSFERS, transfer(from, to, 51)).isProblem(409, "insufficient_points");
    admin.post(TRANSFERS, transfer(from, "nobody", 1)).isProblem(404, "member_not_found");
    admin.post(TRANSFERS, transfer("nobody", to, 1)).isProblem(404, "member_not_found");
    admin.post("/v1/members/" + to + "/close", MemberEndsIT.closing()).json(201);
    admin.post(TRANSFERS, transfer(from, to, 1)).isProblem(409, "member_closed");

    assertThat(chain.entries(from)).isEqualTo(1);
  }

  @Test
  void a_store_names_itself_and_the_office_a_person() {
    String from = chain.memberWith(50);
    String to = chain.memberWith(5);
    Caller till = chain.key("store", Chain.STORE);
    JsonObject ofStore = transfer(from, to, 1).put("storeId", Chain.STORE);
    ofStore.remove("operator");

    till.post(TRANSFERS, ofStore).json(201);
    till.post(TRANSFERS, transfer(from, to, 1)).isProblem(403, "store_out_of_scope");
    till.post(TRANSFERS, ofStore.copy().put("storeId", "S9")).isProblem(403, "store_out_of_scope");
    admin.post(TRANSFERS, ofStore.copy().put("storeId", "S9")).isProblem(422, "unknown_store");
  }

  @Test
  void names_each_field_that_is_wrong() {
    Caller bad = admin.breaking();
    bad.post(TRANSFERS, new JsonObject())
        .isInvalid("/from", "/to", "/points", "/reason", "/operator");
    admin.post(TRANSFERS, transfer("m", "m", 1)).isInvalid("/to");
    bad.post(TRANSFERS, transfer("m", "n", 0)).isInvalid("/points");
  }

  private static JsonObject transfer(String from, String to, long points) {
    return new JsonObject()
        .put("from", from)
        .put("to", to)
        .put("points", points)
        .put("reason", "a present")
        .put("operator", "Li Lei");
  }
}
