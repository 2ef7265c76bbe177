package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;
import points.gateway.refund.RefundsIT;

/** Old entries of a merged member, undone under its new name. */
@WithGateway
class ReversalsAfterMergeIT {

  private static final String REVERSALS = "/v1/reversals";

  private final Chain chain;
  private final Caller admin;

  ReversalsAfterMergeIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void undoes_an_entry_where_its_points_are_and_says_so_wherever_it_is_read() {
    String old = chain.newId("member-");
    String heir = chain.memberWith(5);
    JsonObject order = chain.order(old, 5_000);
    String saleKey = Caller.newKey();
    admin.post("/v1/accruals", saleKey, order).json(201);
    merge(old, heir);

    JsonObject reversal = admin.post(REVERSALS, reversal(old + "-1")).json(201);

    String reversalId = heir + "-3";
    assertThat(reversal.getString("transactionId")).isEqualTo(reversalId);
    assertThat(reversal.getString("memberId")).isEqualTo(heir);
    assertThat(reversal.getString("reversed")).isEqualTo(old + "-1");
    assertThat(reversal.getLong("points")).isEqualTo(-50);
    assertThat(reversal.getLong("balance")).isEqualTo(5);
    assertThat(reversal.getLong("debt")).isZero();
    var undone = new JsonObject().put("how", "reversed").put("by", new JsonArray().add(reversalId));
    assertThat(admin.get("/v1/transactions/" + old + "-1").json(200).getJsonObject("undone"))
        .isEqualTo(undone);
    String ofOrder =
        "/v1/transactions?storeId=" + Chain.STORE + "&orderId=" + order.getString("orderId");
    assertThat(admin.get(ofOrder).items())
        .extracting(it -> it.getJsonObject("undone"))
        .containsExactly(undone);
    assertThat(admin.get("/v1/members/" + heir + "/entries").items().get(0).getString("refersTo"))
        .isEqualTo(old + "-1");
    assertThat(admin.get("/v1/transactions/" + reversalId).json(200).getString("refersTo"))
        .isEqualTo(old + "-1");
    Answer again = admin.post("/v1/accruals", saleKey, order);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.header("Transaction-Undone")).isEqualTo("reversed");
    for (String member : new String[] {old, heir}) {
      assertThat(admin.get("/v1/members/" + member + "/proof").json(200).getBoolean("holds"))
          .isTrue();
    }
  }

  @Test
  void undoes_an_entry_once_before_or_after_the_merge() {
    String old = chain.memberWith(50);
    String heir = chain.memberWith(5);
    chain.earn(old, 2_000);
    String early = Caller.newKey();
    String late = Caller.newKey();
    Answer before = admin.post(REVERSALS, early, reversal(old + "-1"));
    merge(old, heir);
    Answer after = admin.post(REVERSALS, late, reversal(old + "-2"));

    Answer beforeAgain = admin.post(REVERSALS, early, reversal(old + "-1"));
    Answer afterAgain = admin.post(REVERSALS, late, reversal(old + "-2"));

    before.json(201);
    after.json(201);
    assertThat(beforeAgain.isReplay()).isTrue();
    assertThat(beforeAgain.body()).isEqualTo(before.body());
    assertThat(afterAgain.isReplay()).isTrue();
    assertThat(afterAgain.body()).isEqualTo(after.body());
    JsonObject doneBefore =
        admin.post(REVERSALS, reversal(old + "-1")).isProblem(409, "already_reversed");
    assertThat(doneBefore.getString("detail")).contains(old + "-3");
    JsonObject doneAfter =
        admin.post(REVERSALS, reversal(old + "-2")).isProblem(409, "already_reversed");
    assertThat(doneAfter.getString("detail")).contains(heir + "-3");
    admin.post(REVERSALS, late, reversal(old + "-1")).isProblem(422, "idempotency_key_reused");
    assertThat(chain.balance(heir).getLong("available")).isEqualTo(5);
    assertThat(chain.entries(heir)).isEqualTo(3);
  }

  @Test
  void an_order_is_refunded_or_reversed_and_not_both() {
    String old = chain.newId("member-");
    String heir = chain.memberWith(5);
    JsonObject refunded = chain.order(old, 5_000);
    JsonObject reversed = chain.order(old, 2_000);
    admin.post("/v1/accruals", refunded).json(201);
    admin.post("/v1/accruals", reversed).json(201);
    merge(old, heir);

    admin.post("/v1/refunds", RefundsIT.refund(refunded, "R1").put("amount", 100)).json(201);
    admin.post(REVERSALS, reversal(old + "-1")).isProblem(409, "not_reversible");
    admin.post(REVERSALS, reversal(old + "-2")).json(201);
    admin.post("/v1/refunds", RefundsIT.refund(reversed, "R1")).isProblem(404, "order_not_found");

    assertThat(chain.balance(heir).getLong("available")).isEqualTo(54);
  }

  @Test
  void takes_back_points_that_are_still_pending_and_nothing_else() {
    String old = chain.memberWith(0);
    String heir = chain.memberWith(60);
    JsonObject order = chain.order(old, 5_000).put("pending", new JsonObject());
    admin.post("/v1/accruals", order).json(201);
    merge(old, heir);

    admin.post(REVERSALS, reversal(old + "-2")).json(201);

    JsonObject balance = chain.balance(heir);
    assertThat(balance.getLong("pending")).isZero();
    assertThat(balance.getLong("available")).isEqualTo(60);
    assertThat(balance.getLong("debt")).isZero();
  }

  @Test
  void refuses_a_reversal_that_the_merged_into_member_or_the_entry_does_not_allow() {
    String old = chain.memberWith(50);
    String heir = chain.memberWith(5);
    admin.post("/v1/members/" + old + "/freeze", new JsonObject().put("reason", "lost")).json(200);
    merge(old, heir);

    admin.post(REVERSALS, reversal(old + "-2")).isProblem(409, "not_reversible");
    admin.post(REVERSALS, reversal(old + "-3")).isProblem(409, "not_reversible");
    admin.post(REVERSALS, reversal(old + "-9")).isProblem(404, "transaction_not_found");
    admin.post("/v1/members/" + heir + "/close", MemberEndsIT.closing()).json(201);
    admin.post(REVERSALS, reversal(old + "-1")).isProblem(409, "member_closed");
  }

  /** Until all has come that the other brought, nothing is decided. */
  private void merge(String old, String into) {
    admin.post("/v1/members/" + old + "/merge", MemberEndsIT.into(into)).json(201);
    JsonObject probe = reversal(old + "-99");
    Await.until("all to come", () -> admin.post(REVERSALS, probe).status() != 503);
    admin.post(REVERSALS, probe).isProblem(404, "transaction_not_found");
  }

  private static JsonObject reversal(String transactionId) {
    return new JsonObject()
        .put("transactionId", transactionId)
        .put("reason", "wrong member")
        .put("operator", "Li Lei");
  }
}
