package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** How members end: merged or closed. */
@WithGateway
public class MemberEndsIT {

  private final Chain chain;
  private final Caller admin;

  MemberEndsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void a_merge_takes_points_and_identifiers_along_and_keeps_history() {
    String source = chain.memberWith(50);
    String target = chain.memberWith(5);
    String phone = chain.newPhone();
    admin
        .patch(
            "/v1/members/" + source,
            new JsonObject().put("phone", phone).put("openId", "o-" + source))
        .json(200);
    admin.patch("/v1/members/" + target, new JsonObject().put("openId", "own-" + target)).json(200);

    JsonObject merged = admin.post("/v1/members/" + source + "/merge", into(target)).json(201);

    assertThat(merged.getString("into")).isEqualTo(target);
    assertThat(merged.getLong("points")).isEqualTo(50);
    awaitBalance(target, "available", 55);
    assertThat(chain.balance(target).getLong("lifetimeEarned")).isEqualTo(55);
    JsonObject gone = admin.get("/v1/members/" + source).json(200);
    assertThat(gone.getString("status")).isEqualTo("merged");
    assertThat(gone.getString("mergedInto")).isEqualTo(target);
    assertThat(gone.containsKey("phone")).isFalse();
    JsonObject stays = admin.get("/v1/members/" + target).json(200);
    assertThat(stays.getString("phone")).isEqualTo(phone);
    assertThat(stays.getString("openId")).isEqualTo("own-" + target);
    assertThat(
            admin
                .get("/v1/members?phone=%2B" + phone.substring(1))
                .items()
                .get(0)
                .getString("memberId"))
        .isEqualTo(target);
    assertThat(admin.get("/v1/members?openId=o-" + source).items()).isEmpty();
    assertThat(admin.get("/v1/members/" + source + "/entries").items()).hasSize(2);
  }

  @Test
  void a_merged_member_is_refused_and_names_the_other() {
    String source = chain.memberWith(50);
    String target = chain.memberWith(5);
    admin.post("/v1/members/" + source + "/merge", into(target)).json(201);

    JsonObject problem =
        admin.post("/v1/accruals", chain.order(source, 1)).isProblem(409, "member_merged");
    assertThat(problem.getString("memberId")).isEqualTo(target);
    admin.post("/v1/deductions", Chain.spending(source, 1)).isProblem(409, "member_merged");
    admin.post("/v1/adjustments", Chain.adjustment(source, 1)).isProblem(409, "member_merged");
    admin.post("/v1/members/" + source + "/close", closing()).isProblem(409, "member_merged");
    String third = chain.memberWith(1);
    admin.post("/v1/members/" + third + "/merge", into(source)).isProblem(409, "member_merged");
    admin
        .post("/v1/members/" + source + "/freeze", new JsonObject().put("reason", "x"))
        .isProblem(409, "member_merged");
  }

  @Test
  void merges_and_closings_at_the_same_moment_wait_for_their_turn() throws Exception {
    var ends = new ArrayList<Callable<Answer>>();
    for (int i = 0; i < 40; i++) {
      String source = chain.memberWith(1);
      String target = chain.memberWith(1);
      String closed = chain.memberWith(1);
      ends.add(() -> admin.post("/v1/members/" + source + "/merge", into(target)));
      ends.add(() -> admin.post("/v1/members/" + closed + "/close", closing()));
    }
    ExecutorService callers = Executors.newFixedThreadPool(ends.size());
    try {
      for (Future<Answer> end : callers.invokeAll(ends)) {
        end.get().json(201);
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void two_members_that_have_too_much_together_are_not_merged() {
    String source = chain.memberWith(0);
    String target = chain.memberWith(0);
    admin.post("/v1/adjustments", Chain.adjustment(source, 600_000_000_000_000L)).json(201);
    admin.post("/v1/adjustments", Chain.adjustment(target, 400_000_000_000_001L)).json(201);

    admin
        .post("/v1/members/" + source + "/merge", into(target))
        .isProblem(409, "balance_limit_exceeded");

    assertThat(chain.balance(source).getLong("available")).isEqualTo(600_000_000_000_000L);
    assertThat(chain.balance(target).getLong("available")).isEqualTo(400_000_000_000_001L);
    admin.post("/v1/deductions", Chain.spending(source, 1)).json(201);
    admin.post("/v1/members/" + source + "/merge", into(target)).json(201);
    awaitBalance(target, "available", 1_000_000_000_000_000L);
  }

  @Test
  void stored_value_counts_in_a_merge_as_well() {
    String source = chain.memberWith(0);
    String target = chain.memberWith(0);
    admin
        .post(
            "/v1/adjustments",
            Chain.adjustment(source, 600_000_000_000_000L).put("currency", "storedValue"))
        .json(201);
    admin
        .post(
            "/v1/adjustments",
            Chain.adjustment(target, 600_000_000_000_000L).put("currency", "storedValue"))
        .json(201);

    admin
        .post("/v1/members/" + source + "/merge", into(target))
        .isProblem(409, "balance_limit_exceeded");

    assertThat(chain.entries(source)).isEqualTo(2);
  }

  @Test
  void a_refund_takes_from_points_that_were_pending_before_the_merges() {
    String first = chain.memberWith(0);
    String second = chain.memberWith(7);
    String third = chain.memberWith(5);
    JsonObject order = chain.order(first, 5_000).put("pending", new JsonObject());
    admin.post("/v1/accruals", order).json(201);
    admin.post("/v1/members/" + first + "/merge", into(second)).json(201);
    admin.post("/v1/members/" + second + "/merge", into(third)).json(201);
    awaitBalance(third, "pending", 50);
    awaitBalance(third, "available", 12);

    JsonObject half =
        new JsonObject()
            .put("storeId", order.getString("storeId"))
            .put("orderId", order.getString("orderId"))
            .put("refundId", "r")
            .put("amount", 2_000);
    admin.post("/v1/refunds", half).json(201);

    assertThat(chain.balance(third).getLong("pending")).isEqualTo(30);
    assertThat(chain.balance(third).getLong("available")).isEqualTo(12);
    assertThat(chain.balance(third).getLong("debt")).isZero();
  }

  @Test
  void a_merge_is_done_once() {
    String source = chain.memberWith(50);
    String target = chain.memberWith(5);
    String key = Caller.newKey();
    Answer first = admin.post("/v1/members/" + source + "/merge", key, into(target));
    admin.post("/v1/members/" + target + "/close", closing()).json(201);

    Answer again = admin.post("/v1/members/" + source + "/merge", key, into(target));

    first.json(201);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void the_answer_of_a_closing_names_the_points_paid_out_and_lost() {
    String member = chain.memberWith(50);
    String phone = chain.newPhone();
    admin.patch("/v1/members/" + member, new JsonObject().put("phone", phone)).json(200);
    String key = Caller.newKey();

    Answer closed = admin.post("/v1/members/" + member + "/close", key, closing());

    assertThat(closed.json(201).getString("status")).isEqualTo("closed");
    assertThat(closed.json(201).getLong("amount")).isZero();
    assertThat(closed.json(201).getLong("pointsForfeited")).isEqualTo(50);
    assertThat(closed.json(201).getLong("pointsPaidOut")).isZero();
    assertThat(admin.get("/v1/members/" + member).json(200).getString("status"))
        .isEqualTo("closed");
    assertThat(chain.balance(member).getLong("available")).isZero();
    admin
        .post(
            "/v1/members", new JsonObject().put("memberId", chain.newId("m-")).put("phone", phone))
        .json(201);
    Answer again = admin.post("/v1/members/" + member + "/close", key, closing());
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(closed.body());
    admin.post("/v1/members/" + member + "/close", closing()).isProblem(409, "member_closed");
    admin.post("/v1/accruals", chain.order(member, 1)).isProblem(409, "member_closed");
  }

  @Test
  void a_closed_member_is_found_by_no_identifier() {
    String target = chain.memberWith(1);
    String merged = chain.memberWith(1);
    String closed = chain.memberWith(1);
    admin.post("/v1/members/" + merged + "/merge", into(target)).json(201);
    admin.post("/v1/members/" + closed + "/close", closing()).json(201);
    String phone = chain.newPhone();
    var change = new JsonObject().put("phone", phone);
    admin.patch("/v1/members/" + merged, change).isProblem(409, "member_merged");
    admin.patch("/v1/members/" + closed, change).isProblem(409, "member_closed");
    assertThat(admin.get("/v1/members?phone=%2B" + phone.substring(1)).items()).isEmpty();
  }

  @Test
  void refuses_members_that_are_not_there() {
    String member = chain.memberWith(1);
    admin.post("/v1/members/nobody/close", closing()).isProblem(404, "member_not_found");
    admin.post("/v1/members/nobody/merge", into(member)).isProblem(404, "member_not_found");
    admin
        .post("/v1/members/" + member + "/merge", into("nobody"))
        .isProblem(404, "member_not_found");
    String closed = chain.memberWith(1);
    admin.post("/v1/members/" + closed + "/close", closing()).json(201);
    admin.post("/v1/members/" + member + "/merge", into(closed)).isProblem(409, "member_closed");
    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @Test
  void names_each_field_that_is_wrong() {
    Caller bad = admin.breaking();
    bad.post("/v1/members/m/merge", new JsonObject()).isInvalid("/into", "/operator", "/reason");
    bad.post("/v1/members/m/close", new JsonObject()).isInvalid("/operator", "/reason");
    admin.post("/v1/members/m/merge", into("m")).isInvalid("/into");
  }

  /** What a merge brings follows its answer. */
  private void awaitBalance(String member, String field, long points) {
    Await.until(field + " of " + points, () -> chain.balance(member).getLong(field).equals(points));
  }

  public static JsonObject into(String target) {
    return closing().put("into", target);
  }

  static JsonObject closing() {
    return new JsonObject().put("reason", "asked for it").put("operator", "Li Lei");
  }
}
