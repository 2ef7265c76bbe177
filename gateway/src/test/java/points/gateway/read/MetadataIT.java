package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** What callers add to their calls comes back with the entries, and is part of the content. */
@WithGateway
class MetadataIT {
  private static final JsonObject METADATA =
      new JsonObject().put("campaign", "双十一").put("receipt", "8842/7");

  private final Chain chain;
  private final Caller admin;

  MetadataIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void isShownWithTheEntriesOfEachKindThatTakesIt() {
    String member = chain.newId("member-");
    admin.post("/v1/accruals", with(chain.order(member, 10_000))).json(201);
    admin.post("/v1/deductions", with(Chain.spending(member, 10))).json(201);
    admin.post("/v1/adjustments", with(Chain.adjustment(member, 5))).json(201);
    JsonObject hold =
        new JsonObject().put("memberId", member).put("storeId", Chain.STORE).put("points", 1);
    admin.post("/v1/holds", with(hold)).json(201);
    admin.post("/v1/stored-value/top-ups", with(chain.order(member, 500))).json(201);
    JsonObject payment = with(chain.order(member, 100));
    payment.remove("occurredAt");
    admin.post("/v1/stored-value/payments", payment).json(201);
    chain.earn(member, 100);

    List<JsonObject> entries = admin.get("/v1/members/" + member + "/entries").items();
    assertThat(entries).hasSize(7);
    assertThat(entries.get(0).containsKey("metadata")).isFalse();
    assertThat(entries.subList(1, 7)).allMatch(it -> METADATA.equals(it.getValue("metadata")));
    String transactions =
        "/v1/transactions?storeId=" + Chain.STORE + "&orderId=" + payment.getString("orderId");
    assertThat(admin.get(transactions).items().get(0).getJsonObject("metadata"))
        .isEqualTo(METADATA);
  }

  @Test
  void isPartOfTheContent() {
    JsonObject order = with(chain.order(chain.newId("member-"), 10_000));
    String key = Caller.newKey();
    String first = admin.post("/v1/accruals", key, order).body();
    assertThat(admin.post("/v1/accruals", key, order).body()).isEqualTo(first);
    assertThat(admin.post("/v1/accruals", order).body()).isEqualTo(first);

    JsonObject other = order.copy().put("metadata", new JsonObject().put("campaign", "other"));
    admin.post("/v1/accruals", key, other).isProblem(422, "idempotency_key_reused");
    admin.post("/v1/accruals", other).isProblem(409, "order_already_processed");
  }

  @Test
  void isOfBoundedSize() {
    String member = chain.newId("member-");
    var most = new JsonObject();
    for (int i = 0; i < 20; i++) {
      most.put("%040d".formatted(i), "x".repeat(500));
    }
    admin.post("/v1/accruals", chain.order(member, 100).put("metadata", most)).json(201);

    refuses(member, most.copy().put("one-more", "x"), "/metadata");
    refuses(member, new JsonObject().put("x".repeat(41), "x"), "/metadata");
    refuses(member, new JsonObject().put("a", "x".repeat(501)), "/metadata/a");
    refuses(member, new JsonObject().put("a", 7), "/metadata/a");
    refuses(member, new JsonObject().put("a/b", ""), "/metadata/a~1b");
    admin
        .breaking()
        .post("/v1/accruals", chain.order(member, 100).put("metadata", new JsonArray()))
        .isInvalid("/metadata");
    assertThat(chain.entries(member)).isEqualTo(1);
  }

  private void refuses(String member, JsonObject metadata, String pointer) {
    admin
        .breaking()
        .post("/v1/accruals", chain.order(member, 100).put("metadata", metadata))
        .isInvalid(pointer);
  }

  private static JsonObject with(JsonObject body) {
    return body.put("metadata", METADATA);
  }
}
