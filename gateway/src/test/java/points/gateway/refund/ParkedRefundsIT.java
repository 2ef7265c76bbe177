package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.refund.RefundCalls.REFUNDS;
import static points.gateway.refund.RefundCalls.await;
import static points.gateway.refund.RefundCalls.early;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Refunds that come before their sale, as tills that were offline send them. */
@WithGateway
class ParkedRefundsIT {

  private final Chain chain;
  private final Caller admin;
  private final RefundCalls refunds;

  ParkedRefundsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    this.refunds = new RefundCalls(chain);
  }

  @Test
  void waits_for_its_sale_and_is_applied_when_it_comes() {
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 5_000);
    String key = Caller.newKey();
    JsonObject wanted = early(order, "R1").put("amount", 2_500);

    Answer parked = admin.post(REFUNDS, key, wanted);
    assertThat(parked.json(201).getString("status")).isEqualTo("parked");
    assertThat(refunds.listed(order)).hasSize(1);
    admin.post("/v1/accruals", order).json(201);

    awaitEntries(member, 2);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(25);
    awaitListed(order, 0);
    Answer again = admin.post(REFUNDS, key, wanted);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(parked.body());
    assertThat(admin.post(REFUNDS, wanted).body()).isEqualTo(parked.body());
    assertThat(chain.entries(member)).isEqualTo(2);
  }

  @Test
  void is_parked_once_with_any_content() {
    JsonObject order = chain.order(chain.newId("member-"), 5_000);
    String key = Caller.newKey();
    JsonObject wanted = early(order, "R1");
    Answer first = admin.post(REFUNDS, key, wanted);

    assertThat(admin.post(REFUNDS, key, wanted).body()).isEqualTo(first.body());
    admin.post(REFUNDS, wanted.copy().put("amount", 1)).isProblem(409, "order_already_processed");
    admin
        .post(REFUNDS, key, wanted.copy().put("amount", 1))
        .isProblem(422, "idempotency_key_reused");
    admin.post(REFUNDS, early(order, "R2").put("amount", 1)).json(201);
    assertThat(refunds.listed(order)).hasSize(2);
  }

  @Test
  void is_kept_with_its_code_when_the_rules_refuse_it() {
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 5_000);
    JsonObject wanted =
        early(order, "R1")
            .put("terminalId", "T1")
            .put("lines", Chain.lines(new JsonObject().put("lineId", "9").put("amount", 7)));
    admin.post(REFUNDS, wanted).json(201);
    admin.post("/v1/accruals", order).json(201);

    await(() -> refunds.listed(order).get(0).getString("status").equals("refused"));
    JsonObject refused = refunds.listed(order).get(0);
    assertThat(refused.getString("code")).isEqualTo("unknown_line");
    assertThat(refused.getString("terminalId")).isEqualTo("T1");
    assertThat(refused.getJsonArray("lines")).isEqualTo(wanted.getJsonArray("lines"));
    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @Test
  void a_key_that_stands_for_something_else_parks_nothing() {
    String key = Caller.newKey();
    admin.post("/v1/accruals", key, chain.order(chain.newId("member-"), 1)).json(201);
    JsonObject order = chain.order("m", 1);

    admin.post(REFUNDS, key, early(order, "R1")).isProblem(422, "idempotency_key_reused");

    assertThat(refunds.listed(order)).isEmpty();
  }

  /** However the calls of sale and refunds meet, all refunds are applied, each once. */
  @Test
  void meets_its_sale_whenever_that_comes() {
    var random = new Random(11);
    var members = new ArrayList<String>();
    var calls = new ArrayList<CompletableFuture<Answer>>();
    for (int i = 0; i < 60; i++) {
      String member = chain.newId("race-");
      members.add(member);
      JsonObject order = chain.order(member, 10_000);
      int sale = random.nextInt(4);
      for (int call = 0; call < 4; call++) {
        JsonObject body = call == sale ? order : early(order, "R" + call).put("amount", 1_000);
        String path = call == sale ? "/v1/accruals" : REFUNDS;
        calls.add(CompletableFuture.supplyAsync(() -> admin.post(path, body)));
        if (call != sale && random.nextBoolean()) {
          calls.add(CompletableFuture.supplyAsync(() -> admin.post(path, body)));
        }
        if (random.nextInt(4) == 0) {
          calls.get(calls.size() - 1).join();
        }
      }
    }
    calls.forEach(call -> call.join().json(201));

    for (String member : members) {
      awaitEntries(member, 4);
      assertThat(chain.balance(member).getLong("available")).isEqualTo(70);
    }
    assertThat(members.stream().mapToLong(chain::entries)).allMatch(it -> it == 4);
  }

  /** Also when the sale comes between the two of them. */
  @Test
  void gives_one_answer_to_the_same_call_sent_twice_while_its_sale_comes() {
    var random = new Random(12);
    var pairs = new ArrayList<List<CompletableFuture<Answer>>>();
    var sales = new ArrayList<CompletableFuture<Answer>>();
    for (int i = 0; i < 300; i++) {
      JsonObject order = chain.order(chain.newId("pair-"), 10_000);
      JsonObject refund = early(order, "R");
      String key = Caller.newKey();
      int sale = random.nextInt(3);
      var pair = new ArrayList<CompletableFuture<Answer>>();
      for (int call = 0; call < 3; call++) {
        if (call == sale) {
          sales.add(CompletableFuture.supplyAsync(() -> admin.post("/v1/accruals", order)));
        } else {
          pair.add(CompletableFuture.supplyAsync(() -> admin.post(REFUNDS, key, refund)));
        }
      }
      pairs.add(pair);
      if (i % 4 == 3) {
        pairs.subList(i - 3, i + 1).forEach(it -> it.forEach(CompletableFuture::join));
      }
    }
    sales.forEach(sale -> sale.join().json(201));
    for (List<CompletableFuture<Answer>> pair : pairs) {
      pair.get(0).join().json(201);
      assertThat(pair.get(1).join().body()).isEqualTo(pair.get(0).join().body());
    }
  }

  @Test
  void lists_in_pages_for_the_office_only() {
    JsonObject order = chain.order(chain.newId("member-"), 1);
    for (int i = 0; i < 3; i++) {
      admin.post(REFUNDS, early(order, "P" + i).put("amount", 1)).json(201);
    }
    JsonObject page = admin.get("/v1/refunds/parked?limit=2").json(200);
    assertThat(page.getJsonArray("items")).hasSize(2);
    assertThat(page.getBoolean("hasMore")).isTrue();
    JsonObject next =
        admin.get("/v1/refunds/parked?limit=2&cursor=" + page.getString("nextCursor")).json(200);
    assertThat(next.getJsonArray("items").getJsonObject(0))
        .isNotEqualTo(page.getJsonArray("items").getJsonObject(0));
    admin.breaking().get("/v1/refunds/parked?limit=0").isProblem(400, "invalid_query");
    chain.key("store", Chain.STORE).get("/v1/refunds/parked").isProblem(403, "forbidden");
  }

  /** However many wait for it, and whoever applies them. */
  @Test
  void parked_refunds_of_an_order_are_applied_in_their_order_of_arrival() {
    var orders = new ArrayList<JsonObject>();
    for (int i = 0; i < 20; i++) {
      JsonObject order = chain.order(chain.newId("turn-"), 10_000);
      order.put("lines", Chain.lines(Chain.line("1", 4_000), Chain.line("2", 6_000)));
      orders.add(order);
      for (int part = 0; part < 4; part++) {
        admin.post(REFUNDS, early(order, "R" + (9 - part)).put("amount", 1_000)).json(201);
      }
    }
    var sales = new ArrayList<CompletableFuture<Answer>>();
    orders.forEach(it -> sales.add(CompletableFuture.supplyAsync(() -> sell(it))));
    sales.forEach(it -> it.join().json(201));
    for (JsonObject order : orders) {
      // One that is not parked comes after those that were.
      admin.post(REFUNDS, RefundsIT.refund(order, "R1").put("amount", 1_000)).json(201);
      assertThat(refundsOf(order)).containsExactly("R9", "R8", "R7", "R6", "R1");
    }
  }

  private Answer sell(JsonObject order) {
    return admin.post("/v1/accruals", order);
  }

  /** By their ids, first done first. */
  private List<String> refundsOf(JsonObject order) {
    String member = order.getString("memberId");
    return admin.get("/v1/members/" + member + "/entries?limit=200").items().stream()
        .filter(it -> it.getString("kind").equals("refund"))
        .sorted(Comparator.comparingLong(it -> it.getLong("sequence")))
        .map(it -> it.getJsonObject("detail").getString("refundId"))
        .toList();
  }

  private void awaitListed(JsonObject order, int size) {
    await(() -> refunds.listed(order).size() == size);
  }

  private void awaitEntries(String member, long entries) {
    await(() -> chain.entries(member) == entries);
  }
}
