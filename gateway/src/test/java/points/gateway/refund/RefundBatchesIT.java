package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.fixture.BatchCaller.code;
import static points.gateway.fixture.BatchCaller.line;
import static points.gateway.refund.RefundCalls.early;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Refunds in batches: of another store's order, parked, and withdrawn. */
@WithGateway
class RefundBatchesIT {

  private static final String SECOND = "S2";

  private final Chain chain;
  private final RefundCalls refunds;
  private final BatchCaller office;
  private final BatchCaller first;
  private final BatchCaller second;

  RefundBatchesIT(Chain chain) {
    this.chain = chain;
    this.refunds = new RefundCalls(chain);
    if (chain.admin().get("/v1/stores").items().size() < 2) {
      chain.store(SECOND);
    }
    this.office = new BatchCaller(chain.admin());
    this.first = new BatchCaller(chain.key("store", Chain.STORE));
    this.second = new BatchCaller(chain.key("store", SECOND));
  }

  @Test
  void a_parked_refund_is_withdrawn_once_by_its_line() {
    JsonObject order = chain.order(chain.newId("early-"), 5_000);
    List<JsonObject> lines =
        List.of(
            line("refund", Caller.newKey(), early(order, "R1")),
            withdrawal(order),
            line("accrual", Caller.newKey(), order),
            withdrawal(chain.order("nobody", 1)));

    List<JsonObject> answers = first.send(lines);
    List<JsonObject> again = first.send(lines);

    assertThat(answers)
        .extracting(it -> it.getInteger("status"))
        .containsExactly(201, 200, 201, 404);
    assertThat(answers.get(1).getJsonObject("body").getString("status")).isEqualTo("withdrawn");
    assertThat(code(answers.get(3))).isEqualTo("404 parked_refund_not_found");
    assertThat(again.get(1)).isEqualTo(answers.get(1).copy().put("replayed", true));
    refunds.awaitARoundAfter();
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
  }

  @Test
  void a_key_that_has_withdrawn_one_withdraws_no_other() {
    JsonObject one = chain.order(chain.newId("one-"), 5_000);
    JsonObject other = chain.order(chain.newId("other-"), 5_000);
    JsonObject withdrawal = withdrawal(one);
    String key = withdrawal.getString("key");

    List<JsonObject> answers =
        first.send(
            line("refund", Caller.newKey(), early(one, "R1")),
            line("refund", Caller.newKey(), early(other, "R1")),
            withdrawal,
            line("withdrawRefund", key, RefundsIT.refund(other, "R1")));

    assertThat(code(answers.get(3))).isEqualTo("422 idempotency_key_reused");
    assertThat(refunds.listed(other, "parked")).hasSize(1);
  }

  @Test
  void a_line_of_a_batch_refunds_another_stores_order_if_the_program_allows_it() {
    JsonObject order = chain.order(chain.newId("elsewhere-"), 5_000);
    chain.admin().post("/v1/accruals", order).json(201);
    JsonObject wanted = RefundsIT.refund(order, "R1").put("refundStoreId", SECOND);
    JsonObject refund = line("refund", Caller.newKey(), wanted);

    refunds.setStores("selling");
    List<JsonObject> refused = second.send(refund, line("refund", Caller.newKey(), sold()));
    refunds.setStores("any");
    JsonObject out = first.send(refund).get(0);
    JsonObject back = second.send(refund).get(0);

    assertThat(refused).extracting(BatchCaller::code).containsOnly("409 refund_store_not_allowed");
    assertThat(code(out)).isEqualTo("403 store_out_of_scope");
    assertThat(back.getInteger("status")).isEqualTo(201);
    assertThat(back.getJsonObject("body").getString("storeId")).isEqualTo(Chain.STORE);
    assertThat(back.getJsonObject("body").getString("refundStoreId")).isEqualTo(SECOND);
    assertThat(second.send(refund).get(0).getBoolean("replayed")).isTrue();
    refunds.setStores("selling");
    assertThat(second.send(refund).get(0)).isEqualTo(back.copy().put("replayed", true));
  }

  /** Of an order that nobody has made. */
  private JsonObject sold() {
    return RefundsIT.refund(chain.order("nobody", 1), "R1").put("refundStoreId", SECOND);
  }

  @Test
  void a_parked_refund_is_withdrawn_by_the_store_that_was_to_take_back() {
    refunds.setStores("any");
    JsonObject order = chain.order(chain.newId("elsewhere-"), 5_000);
    JsonObject wanted = early(order, "R1").put("refundStoreId", SECOND);

    assertThat(second.send(line("refund", Caller.newKey(), wanted)).get(0).getInteger("status"))
        .isEqualTo(201);
    assertThat(code(first.send(withdrawal(order)).get(0))).isEqualTo("403 store_out_of_scope");
    assertThat(second.send(withdrawal(order)).get(0).getInteger("status")).isEqualTo(200);
    assertThat(office.send(withdrawal(order)).get(0).getBoolean("replayed")).isTrue();
  }

  private static JsonObject withdrawal(JsonObject order) {
    return line("withdrawRefund", Caller.newKey(), RefundsIT.refund(order, "R1"));
  }
}
