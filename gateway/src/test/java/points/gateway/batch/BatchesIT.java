package points.gateway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.fixture.BatchCaller.code;
import static points.gateway.fixture.BatchCaller.line;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;
import points.gateway.refund.RefundsIT;

/** Many calls in one request, answered line by line. */
@WithGateway
class BatchesIT {

  private final Chain chain;
  private final BatchCaller batches;

  BatchesIT(LocalGateway gateway, Chain chain) {
    this.chain = chain;
    this.batches = new BatchCaller(chain.admin());
  }

  @Test
  void answers_each_line_as_its_call_would_be_in_the_order_of_the_lines() {
    List<JsonObject> lines =
        IntStream.range(0, 2_000)
            .mapToObj(i -> accrual("many-" + i, chain.order("many-" + i % 700, 100L * (i % 5))))
            .toList();

    List<JsonObject> answers = batches.send(lines);

    for (int i = 0; i < lines.size(); i++) {
      JsonObject answer = answers.get(i);
      assertThat(answer.getLong("line")).isEqualTo(i + 1);
      assertThat(answer.getInteger("status")).as(answer.encode()).isEqualTo(201);
      assertThat(answer.getString("key")).isEqualTo("many-" + i);
      assertThat(answer.getBoolean("replayed")).isFalse();
      assertThat(answer.getJsonObject("body").getString("orderId"))
          .isEqualTo(lines.get(i).getString("orderId"));
      assertThat(answer.getJsonObject("body").getLong("points")).isEqualTo(i % 5);
    }
    JsonObject alone = lines.get(3).copy();
    alone.remove("type");
    String key = (String) alone.remove("key");
    Answer again = chain.admin().post("/v1/accruals", key, alone);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(answers.get(3).getJsonObject("body").encode());
  }

  /** Each deduction is covered by the accrual before it only. */
  @Test
  void does_the_lines_of_a_member_in_their_order() {
    var lines = new ArrayList<JsonObject>();
    var random = new Random(7);
    for (int i = 0; i < 600; i++) {
      String member = "ordered-" + random.nextInt(5);
      String key = "ordered/" + i;
      lines.add(accrual(key + "/a", chain.order(member, 300)));
      lines.add(line("deduction", key + "/d", Chain.spending(member, 3)));
    }

    List<JsonObject> answers = batches.send(lines);

    for (JsonObject answer : answers) {
      assertThat(answer.getInteger("status")).as(answer.encode()).isEqualTo(201);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(chain.balance("ordered-" + i).getLong("available")).isZero();
    }
  }

  @Test
  void answers_a_faulty_line_with_its_problem_and_goes_on() {
    JsonObject good = accrual("broken-0", chain.order("broken", 100));
    JsonObject noKey = chain.order("broken", 100).put("type", "accrual");
    JsonObject badKey = accrual("a b", chain.order("broken", 100));
    JsonObject badField = accrual("broken-1", chain.order("broken", 100).put("amount", "1.00"));
    JsonObject unknownField = accrual("broken-2", chain.order("broken", 100).put("colour", "red"));
    JsonObject last = accrual("broken-3", chain.order("broken", 100));
    String text =
        String.join(
            "\n",
            good.encode(),
            "{\"type\":\"accrual\",",
            "[1]",
            "",
            "   \r",
            line("order", "broken-4", new JsonObject()).encode(),
            noKey.encode(),
            badKey.encode(),
            badField.encode(),
            unknownField.encode(),
            last.encode() + "\r");

    List<JsonObject> answers = batches.sendText(text);

    assertThat(answers)
        .extracting(it -> it.getLong("line"))
        .containsExactly(1L, 2L, 3L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(answers.subList(1, 8))
        .extracting(BatchCaller::code)
        .containsExactly(
            "400 invalid_json",
            "400 invalid_json",
            "422 invalid_request",
            "400 idempotency_key_missing",
            "400 idempotency_key_invalid",
            "422 invalid_request",
            "422 invalid_request");
    assertThat(pointer(answers.get(3))).isEqualTo("/type");
    assertThat(pointer(answers.get(6))).isEqualTo("/amount");
    assertThat(pointer(answers.get(7))).isEqualTo("/colour");
    assertThat(answers.get(8).getInteger("status")).isEqualTo(201);
    assertThat(chain.entries("broken")).isEqualTo(2);
  }

  private static String pointer(JsonObject answer) {
    return answer
        .getJsonObject("body")
        .getJsonArray("errors")
        .getJsonObject(0)
        .getString("pointer");
  }

  @Test
  void leaves_out_a_line_that_is_too_long_and_goes_on() {
    JsonObject first = accrual("long-1", chain.order("long", 100));
    JsonObject last = accrual("long-2", chain.order("long", 100));
    String full = fill(accrual("long-3", chain.order("long", 100)), 64 * 1024);
    String tooLong = fill(accrual("long-4", chain.order("long", 100)), 64 * 1024 + 1);

    List<JsonObject> answers =
        batches.sendText(String.join("\n", first.encode(), tooLong, full, last.encode()));

    assertThat(answers)
        .extracting(it -> it.getInteger("status"))
        .containsExactly(201, 413, 201, 201);
    assertThat(code(answers.get(1))).isEqualTo("413 line_too_long");
    assertThat(chain.entries("long")).isEqualTo(3);
  }

  private static String fill(JsonObject line, int length) {
    String text = line.encode();
    return text + " ".repeat(length - text.length());
  }

  @Test
  void gives_the_same_answers_when_the_whole_batch_is_sent_again() {
    List<JsonObject> lines =
        IntStream.range(0, 300)
            .mapToObj(i -> accrual("again-" + i, chain.order("again-" + i % 20, 100)))
            .toList();
    List<JsonObject> first = batches.send(lines);

    List<JsonObject> second = batches.send(lines);

    for (int i = 0; i < lines.size(); i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i).copy().put("replayed", true));
    }
    JsonObject other = lines.get(0).copy().put("amount", 200);
    assertThat(code(batches.send(other).get(0))).isEqualTo("422 idempotency_key_reused");
    JsonObject newKey = lines.get(0).copy().put("key", "again-new");
    JsonObject caught = batches.send(newKey).get(0);
    assertThat(caught.getBoolean("replayed")).isTrue();
    assertThat(caught.getJsonObject("body")).isEqualTo(first.get(0).getJsonObject("body"));
  }

  @Test
  void takes_nothing_but_lines() {
    Caller admin = chain.admin().breaking();
    admin.send("POST", "/v1/batches", "{}").isProblem(415, "unsupported_media_type");
    chain
        .admin()
        .without("Authorization")
        .with("Content-Type", "application/x-ndjson")
        .breaking()
        .send("POST", "/v1/batches", "{}")
        .isProblem(401, "unauthorized");
  }

  /** A till's key may do in a batch what it may do alone, for its own store, and no more. */
  @ParameterizedTest
  @CsvSource({
    "accrual, 201, 403 store_out_of_scope",
    "deduction, 201, 403 store_out_of_scope",
    "hold, 201, 403 store_out_of_scope",
    "topUp, 201, 403 store_out_of_scope",
    "payment, 409 insufficient_stored_value, 403 store_out_of_scope",
    "exchange, 409 no_exchange_rate, 403 store_out_of_scope",
    "refund, 201, 403 store_out_of_scope",
    "withdrawRefund, 404 parked_refund_not_found, 403 store_out_of_scope",
    "transfer, 404 member_not_found, 403 store_out_of_scope",
    "reversal, 403 forbidden, 403 forbidden",
    "capture, 404 hold_not_found, 404 hold_not_found",
    "release, 404 hold_not_found, 404 hold_not_found",
    "activate, 404 pending_not_found, 404 pending_not_found",
    "cancel, 404 pending_not_found, 404 pending_not_found",
    "adjustment, 403 forbidden, 403 forbidden",
    "freeze, 403 forbidden, 403 forbidden",
    "unfreeze, 403 forbidden, 403 forbidden",
    "opening, 403 forbidden, 403 forbidden"
  })
  void holds_each_line_to_the_role_and_the_store_of_the_key(String type, String own, String other) {
    if (chain.admin().get("/v1/stores?limit=200").items().size() < 2) {
      chain.store("S2");
    }
    String member = chain.memberWith(100);
    Caller till = chain.key("store", Chain.STORE);

    List<JsonObject> answers =
        new BatchCaller(till).send(body(type, member, "S1"), body(type, member, "S2"));

    assertThat(answers).extracting(BatchesIT::verdict).containsExactly(own, other);
    chain
        .key("reader")
        .with("Content-Type", "application/x-ndjson")
        .send("POST", "/v1/batches", body(type, member, "S1").encode())
        .isProblem(403, "forbidden");
  }

  private JsonObject body(String type, String member, String store) {
    JsonObject order =
        chain.order(member, 100).put("storeId", store).put("orderId", chain.newId("scoped-"));
    JsonObject body =
        switch (type) {
          case "accrual", "topUp" -> order;
          case "refund" ->
              new JsonObject()
                  .put("storeId", store)
                  .put("orderId", chain.newId("unsold-"))
                  .put("memberId", member)
                  .put("refundId", "1");
          case "withdrawRefund" -> RefundsIT.refund(order, "1");
          case "transfer" ->
              new JsonObject()
                  .put("from", member)
                  .put("to", "nobody")
                  .put("storeId", store)
                  .put("points", 1)
                  .put("reason", "a gift");
          case "reversal" ->
              new JsonObject()
                  .put("transactionId", member + "-1")
                  .put("operator", "Li Lei")
                  .put("reason", "a mistake");
          case "deduction" -> Chain.spending(member, 1).put("storeId", store);
          case "hold" ->
              new JsonObject().put("memberId", member).put("storeId", store).put("points", 1);
          case "payment" -> without(order, "occurredAt");
          case "exchange" ->
              new JsonObject()
                  .put("memberId", member)
                  .put("storeId", store)
                  .put("from", "points")
                  .put("to", "stars")
                  .put("points", 1);
          case "capture", "release" -> new JsonObject().put("holdId", member + "-99");
          case "activate", "cancel" -> new JsonObject().put("transactionId", member + "-99");
          case "adjustment" -> Chain.adjustment(member, 1);
          case "freeze", "unfreeze" ->
              new JsonObject().put("memberId", member).put("reason", "lost");
          default -> new JsonObject().put("memberId", member).put("points", 1);
        };
    return line(type, Caller.newKey(), body);
  }

  private static JsonObject without(JsonObject json, String field) {
    json.remove(field);
    return json;
  }

  private static String verdict(JsonObject answer) {
    return answer.getInteger("status") < 300 ? "" + answer.getInteger("status") : code(answer);
  }

  @Test
  void does_the_calls_of_tills_and_head_office_in_one_batch() {
    String member = chain.memberWith(50);
    JsonObject held =
        batches
            .send(
                line(
                    "hold",
                    Caller.newKey(),
                    new JsonObject()
                        .put("memberId", member)
                        .put("storeId", Chain.STORE)
                        .put("points", 20)))
            .get(0);
    String holdId = held.getJsonObject("body").getString("holdId");

    List<JsonObject> answers =
        batches.send(
            line(
                "capture",
                Caller.newKey(),
                new JsonObject().put("holdId", holdId).put("points", 5)),
            line("adjustment", Caller.newKey(), Chain.adjustment(member, 4)),
            line("freeze", Caller.newKey(), status(member)),
            line("deduction", Caller.newKey(), Chain.spending(member, 1)),
            line("unfreeze", Caller.newKey(), status(member)),
            line("deduction", Caller.newKey(), Chain.spending(member, 49)));

    assertThat(answers)
        .extracting(BatchesIT::verdict)
        .containsExactly("200", "201", "200", "409 member_frozen", "200", "201");
    assertThat(chain.balance(member).getLong("available")).isZero();
  }

  private static JsonObject status(String member) {
    return new JsonObject().put("memberId", member).put("reason", "lost");
  }

  static JsonObject accrual(String key, JsonObject order) {
    return line("accrual", key, order);
  }
}
