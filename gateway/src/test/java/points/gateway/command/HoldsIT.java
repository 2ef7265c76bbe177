package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Points and stored value reserved, captured, released, and what time does to them. */
@WithGateway
class HoldsIT {

  static final String HOLDS = "/v1/holds";

  private final Chain chain;
  private final LocalGateway gateway;
  private final Caller admin;

  HoldsIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.gateway = gateway;
    this.admin = chain.admin();
  }

  static JsonObject holding(String member, long points) {
    return new JsonObject().put("memberId", member).put("storeId", "S1").put("points", points);
  }

  private JsonObject hold(String member, long points) {
    return admin.post(HOLDS, holding(member, points)).json(201);
  }

  static String path(JsonObject hold, String what) {
    return HOLDS + "/" + hold.getString("holdId") + what;
  }

  private JsonObject seen(JsonObject hold) {
    return admin.get(path(hold, "")).json(200);
  }

  @Test
  void answers_with_all_that_is_held() {
    String member = chain.memberWith(100);
    chain.topUp(member, 5000);
    JsonObject wanted =
        holding(member, 30)
            .put("storedValue", 2000)
            .put("orderId", "O-held")
            .put("terminalId", "T1")
            .put("reason", "checkout");

    JsonObject hold = admin.post(HOLDS, wanted).json(201);

    assertThat(Duration.between(time(hold, "recordedAt"), time(hold, "expiresAt")))
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(hold.getJsonArray("lots").getJsonObject(0).getLong("points")).isEqualTo(30);
    for (String field : new String[] {"lots", "recordedAt", "expiresAt"}) {
      hold.remove(field);
    }
    assertThat(hold)
        .isEqualTo(
            new JsonObject()
                .put("holdId", member + "-3")
                .put("memberId", member)
                .put("storeId", "S1")
                .put("terminalId", "T1")
                .put("orderId", "O-held")
                .put("sequence", 3)
                .put("points", 30)
                .put("storedValue", 2000)
                .put("balance", 70)
                .put("storedValueBalance", 3000)
                .put("reason", "checkout"));
    JsonObject balance = chain.balance(member);
    assertThat(balance.getLong("available")).isEqualTo(70);
    assertThat(balance.getLong("held")).isEqualTo(30);
    assertThat(balance.getJsonObject("storedValue"))
        .isEqualTo(new JsonObject().put("available", 3000).put("held", 2000));
    assertThat(balance.getLong("lifetimeSpent")).isZero();
  }

  private static Instant time(JsonObject json, String field) {
    return Instant.parse(json.getString(field));
  }

  @Test
  void captures_a_part_and_frees_the_rest() {
    String member = chain.memberWith(100);
    JsonObject hold = hold(member, 80);

    JsonObject capture =
        admin
            .post(path(hold, "/capture"), new JsonObject().put("points", 50).put("orderId", "O-5"))
            .json(200);

    capture.remove("recordedAt");
    assertThat(capture)
        .isEqualTo(
            new JsonObject()
                .put("transactionId", member + "-3")
                .put("holdId", hold.getString("holdId"))
                .put("memberId", member)
                .put("storeId", "S1")
                .put("orderId", "O-5")
                .put("sequence", 3)
                .put("points", 50)
                .put("storedValue", 0)
                .put("released", 30)
                .put("storedValueReleased", 0)
                .put("expiredOnReturn", 0)
                .put("balance", 50));
    JsonObject balance = chain.balance(member);
    assertThat(balance.getLong("available")).isEqualTo(50);
    assertThat(balance.getLong("held")).isZero();
    assertThat(balance.getLong("lifetimeSpent")).isEqualTo(50);
    JsonObject seen = seen(hold);
    assertThat(seen.getString("status")).isEqualTo("captured");
    assertThat(seen.getString("endedBy")).isEqualTo(member + "-3");
    assertThat(seen.getJsonObject("captured"))
        .isEqualTo(new JsonObject().put("points", 50).put("storedValue", 0));
  }

  @Test
  void captures_all_that_is_held_when_no_part_is_named() {
    String member = chain.memberWith(100);
    chain.topUp(member, 5000);
    JsonObject wanted = holding(member, 80).put("storedValue", 3000).put("orderId", "O-6");
    JsonObject hold = admin.post(HOLDS, wanted).json(201);

    JsonObject capture =
        admin.post(path(hold, "/capture"), new JsonObject().put("orderId", "O-6")).json(200);

    assertThat(capture.getLong("points")).isEqualTo(80);
    assertThat(capture.getLong("storedValue")).isEqualTo(3000);
    assertThat(capture.getLong("storedValueBalance")).isEqualTo(2000);
    assertThat(admin.get("/v1/transactions?storeId=S1&orderId=O-6").items())
        .extracting(it -> it.getString("kind"))
        .containsExactly("hold", "capture");
  }

  @Test
  void releases_the_points_held() {
    String member = chain.memberWith(100);
    JsonObject hold = hold(member, 80);

    JsonObject release =
        admin.post(path(hold, "/release"), new JsonObject().put("reason", "gone")).json(200);

    assertThat(release.getLong("released")).isEqualTo(80);
    assertThat(release.getLong("expiredOnReturn")).isZero();
    assertThat(release.getLong("balance")).isEqualTo(100);
    assertThat(release.getString("reason")).isEqualTo("gone");
    assertThat(seen(hold).getString("status")).isEqualTo("released");
    assertThat(chain.balance(member).getLong("available")).isEqualTo(100);
  }

  @Test
  void gives_the_first_answers_again_byte_for_byte() {
    String member = chain.memberWith(100);
    String key = Caller.newKey();
    Answer first = admin.post(HOLDS, key, holding(member, 60));
    JsonObject hold = first.json(201);
    String captureKey = Caller.newKey();
    JsonObject part = new JsonObject().put("points", 10);
    Answer captured = admin.post(path(hold, "/capture"), captureKey, part);

    Answer again = admin.post(HOLDS, key, holding(member, 60));
    Answer capturedAgain = admin.post(path(hold, "/capture"), captureKey, part);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(capturedAgain.isReplay()).isTrue();
    assertThat(capturedAgain.body()).isEqualTo(captured.body());
    admin.post(HOLDS, key, holding(member, 61)).isProblem(422, "idempotency_key_reused");
    JsonObject released = hold(member, 5);
    String releaseKey = Caller.newKey();
    Answer release = admin.post(path(released, "/release"), releaseKey, new JsonObject());
    Answer releasedAgain = admin.post(path(released, "/release"), releaseKey, new JsonObject());
    assertThat(releasedAgain.isReplay()).isTrue();
    assertThat(releasedAgain.body()).isEqualTo(release.body());
    assertThat(chain.balance(member).getLong("available")).isEqualTo(90);
  }

  @Test
  void ends_a_hold_once_and_says_how_it_ended() {
    String member = chain.memberWith(100);
    JsonObject captured = hold(member, 10);
    JsonObject released = hold(member, 10);
    admin.post(path(captured, "/capture"), new JsonObject()).json(200);
    admin.post(path(released, "/release"), new JsonObject()).json(200);

    for (String end : new String[] {"/capture", "/release"}) {
      admin.post(path(captured, end), new JsonObject()).isProblem(409, "hold_already_captured");
      admin.post(path(released, end), new JsonObject()).isProblem(409, "hold_already_released");
    }

    assertThat(chain.balance(member).getLong("available")).isEqualTo(90);
    assertThat(chain.entries(member)).isEqualTo(5);
  }

  @Test
  void says_the_same_of_a_hold_that_names_an_order() {
    String member = chain.memberWith(100);
    JsonObject hold = admin.post(HOLDS, holding(member, 10).put("orderId", "O-7")).json(201);
    admin.post(path(hold, "/capture"), new JsonObject().put("points", 4)).json(200);

    admin.post(path(hold, "/release"), new JsonObject()).isProblem(409, "hold_already_captured");

    assertThat(chain.balance(member).getLong("available")).isEqualTo(96);
  }

  @Test
  void refuses_a_second_capture_by_name_though_the_order_is_the_same() {
    String member = chain.memberWith(100);
    JsonObject hold = admin.post(HOLDS, holding(member, 10).put("orderId", "O-twice")).json(201);
    JsonObject part = new JsonObject().put("points", 4);
    admin.post(path(hold, "/capture"), part).json(200);

    admin.post(path(hold, "/capture"), part).isProblem(409, "hold_already_captured");
    admin
        .post(path(hold, "/capture"), new JsonObject().put("points", 5))
        .isProblem(409, "hold_already_captured");
    assertThat(chain.balance(member).getLong("available")).isEqualTo(96);
  }

  @Test
  void frees_a_hold_at_its_expiry_whichever_request_comes_first() {
    String member = chain.memberWith(100);
    JsonObject hold = admin.post(HOLDS, holding(member, 80).put("ttlSeconds", 60)).json(201);
    assertThat(seen(hold).getString("status")).isEqualTo("held");
    admin.post("/v1/deductions", Chain.spending(member, 90)).isProblem(409, "insufficient_points");

    gateway.clock().moveTo(time(hold, "expiresAt"));

    assertThat(chain.balance(member).getLong("available")).isEqualTo(100);
    assertThat(chain.balance(member).getLong("held")).isZero();
    JsonObject seen = seen(hold);
    assertThat(seen.getString("status")).isEqualTo("expired");
    assertThat(seen.getString("endedAt")).isEqualTo(hold.getString("expiresAt"));
    assertThat(seen.containsKey("endedBy")).isFalse();
    admin.post(path(hold, "/capture"), new JsonObject()).isProblem(409, "hold_expired");
    admin.post("/v1/deductions", Chain.spending(member, 90)).json(201);
    admin.post(path(hold, "/release"), new JsonObject()).isProblem(409, "hold_expired");
    JsonObject written = seen(hold);
    assertThat(written.getString("endedBy")).isEqualTo(member + "-3");
    written.remove("endedBy");
    assertThat(written).isEqualTo(seen);
  }

  @Test
  void refuses_to_hold_or_capture_more_than_there_is() {
    String member = chain.memberWith(100);
    JsonObject hold = hold(member, 60);

    JsonObject few = admin.post(HOLDS, holding(member, 41)).isProblem(409, "insufficient_points");
    JsonObject little =
        admin
            .post(HOLDS, holding(member, 1).put("storedValue", 1))
            .isProblem(409, "insufficient_stored_value");
    admin
        .post(path(hold, "/capture"), new JsonObject().put("points", 61))
        .isProblem(409, "capture_exceeds_hold");
    admin
        .post(path(hold, "/capture"), new JsonObject().put("storedValue", 1))
        .isProblem(409, "capture_exceeds_hold");

    assertThat(few.getLong("available")).isEqualTo(40);
    assertThat(little.getLong("available")).isZero();
    assertThat(chain.entries(member)).isEqualTo(2);
    assertThat(seen(hold).getString("status")).isEqualTo("held");
  }

  @Test
  void neither_holds_nor_captures_for_a_frozen_member_but_releases() {
    String member = chain.memberWith(10);
    JsonObject hold = hold(member, 5);
    admin
        .post("/v1/members/" + member + "/freeze", new JsonObject().put("reason", "stolen"))
        .json(200);

    admin.post(HOLDS, holding(member, 1)).isProblem(409, "member_frozen");
    admin.post(path(hold, "/capture"), new JsonObject()).isProblem(409, "member_frozen");
    admin.post(path(hold, "/release"), new JsonObject()).json(200);
  }

  @Test
  void keeps_a_member_to_a_hundred_holds() {
    String member = chain.memberWith(200);
    for (int i = 0; i < 100; i++) {
      hold(member, 1);
    }

    admin.post(HOLDS, holding(member, 1)).isProblem(409, "too_much_set_aside");
    admin
        .post("/v1/accruals", chain.order(member, 100).put("pending", new JsonObject()))
        .isProblem(409, "too_much_set_aside");

    assertThat(chain.balance(member).getLong("held")).isEqualTo(100);
  }

  @Test
  void keeps_a_store_key_to_its_store() {
    chain.store("S2");
    Caller till = chain.key("store", "S2");
    String member = chain.memberWith(10);
    JsonObject hold = hold(member, 5);

    till.post(HOLDS, holding(member, 1)).isProblem(403, "store_out_of_scope");
    till.get(path(hold, "")).isProblem(403, "store_out_of_scope");
    till.post(path(hold, "/capture"), new JsonObject()).isProblem(403, "store_out_of_scope");
    till.post(path(hold, "/release"), new JsonObject()).isProblem(403, "store_out_of_scope");
    JsonObject own = till.post(HOLDS, holding(member, 1).put("storeId", "S2")).json(201);
    till.get(path(own, "")).json(200);
    till.post(path(own, "/capture"), new JsonObject()).json(200);
  }

  @Test
  void shows_holds_and_their_ends_in_the_history() {
    String member = chain.memberWith(100);
    JsonObject hold = hold(member, 60);
    admin.post(path(hold, "/capture"), new JsonObject().put("points", 20)).json(200);

    var entries = admin.get("/v1/members/" + member + "/entries").items();

    JsonObject capture = entries.get(0);
    assertThat(capture.getString("kind")).isEqualTo("capture");
    assertThat(capture.getLong("points")).isEqualTo(-20);
    assertThat(capture.getLong("held")).isEqualTo(-60);
    assertThat(capture.getString("refersTo")).isEqualTo(member + "-2");
    assertThat(capture.getJsonObject("detail"))
        .isEqualTo(
            new JsonObject()
                .put("points", 20)
                .put("storedValue", 0)
                .put("released", 40)
                .put("expiredOnReturn", 0));
    JsonObject held = entries.get(1);
    assertThat(held.getLong("points")).isZero();
    assertThat(held.getLong("held")).isEqualTo(60);
    assertThat(held.getLong("balance")).isEqualTo(40);
    assertThat(held.getJsonObject("detail").getString("endsAt"))
        .isEqualTo(hold.getString("expiresAt"));
    assertThat(entries.get(2).fieldNames())
        .containsExactlyInAnyOrder(
            "transactionId",
            "sequence",
            "kind",
            "points",
            "balance",
            "lots",
            "storeId",
            "orderId",
            "amount",
            "occurredAt",
            "recordedAt",
            "actor");
  }
}
