package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;
import points.gateway.refund.RefundsIT;

@WithGateway
class ReversalsIT {

  private static final String REVERSALS = "/v1/reversals";

  private final Chain chain;
  private final Caller admin;

  ReversalsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void undoes_an_accrual_and_a_deduction() {
    String member = chain.memberWith(50);
    JsonObject spent = admin.post("/v1/deductions", Chain.spending(member, 20)).json(201);

    JsonObject given = admin.post(REVERSALS, reversal(spent.getString("transactionId"))).json(201);
    JsonObject taken = admin.post(REVERSALS, reversal(member + "-1")).json(201);

    assertThat(given.getString("reversed")).isEqualTo(member + "-2");
    assertThat(given.getLong("points")).isEqualTo(20);
    assertThat(given.getLong("balance")).isEqualTo(50);
    assertThat(given.getString("operator")).isEqualTo("Li Lei");
    assertThat(taken.getLong("points")).isEqualTo(-50);
    assertThat(taken.getLong("debt")).isZero();
    assertThat(chain.balance(member).getLong("available")).isZero();
    assertThat(chain.balance(member).getLong("lifetimeEarned")).isZero();
  }

  @Test
  void points_that_were_spent_already_are_owed() {
    String member = chain.memberWith(50);
    admin.post("/v1/deductions", Chain.spending(member, 20)).json(201);

    assertThat(admin.post(REVERSALS, reversal(member + "-1")).json(201).getLong("debt"))
        .isEqualTo(20);
  }

  @Test
  void undoes_an_entry_once() {
    String member = chain.memberWith(50);
    String key = Caller.newKey();
    Answer first = admin.post(REVERSALS, key, reversal(member + "-1"));

    Answer again = admin.post(REVERSALS, key, reversal(member + "-1"));

    first.json(201);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin.post(REVERSALS, reversal(member + "-1")).isProblem(409, "already_reversed");
    admin
        .post(REVERSALS, key, reversal(member + "-1").put("reason", "another"))
        .isProblem(422, "idempotency_key_reused");
    assertThat(chain.entries(member)).isEqualTo(2);
  }

  @Test
  void refuses_unknown_entries_and_kinds_that_are_not_reversed() {
    String member = chain.memberWith(50);
    admin
        .post("/v1/members/" + member + "/freeze", new JsonObject().put("reason", "lost"))
        .json(200);

    admin.post(REVERSALS, reversal(member + "-2")).isProblem(409, "not_reversible");
    admin.post(REVERSALS, reversal(member + "-9")).isProblem(404, "transaction_not_found");
    admin.post(REVERSALS, reversal("nobody-1")).isProblem(404, "member_not_found");
  }

  @Test
  void refuses_a_sale_of_a_refunded_order() {
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 1_000);
    admin.post("/v1/accruals", order).json(201);
    JsonObject refund = RefundsIT.refund(order, "R1").put("amount", 100);
    String refunded = admin.post("/v1/refunds", refund).json(201).getString("transactionId");

    admin.post(REVERSALS, reversal(member + "-1")).isProblem(409, "not_reversible");
    admin.post(REVERSALS, reversal(refunded)).json(201);
    admin.post(REVERSALS, reversal(member + "-1")).json(201);

    assertThat(chain.balance(member).getLong("available")).isZero();
  }

  @Test
  void names_each_field_that_is_wrong() {
    admin
        .breaking()
        .post(REVERSALS, new JsonObject())
        .isInvalid("/transactionId", "/operator", "/reason");
    admin.breaking().post(REVERSALS, reversal("no-entry")).isInvalid("/transactionId");
  }

  private static JsonObject reversal(String transactionId) {
    return new JsonObject()
        .put("transactionId", transactionId)
        .put("reason", "wrong member")
        .put("operator", "Li Lei");
  }
}
