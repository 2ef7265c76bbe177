package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** What is earned and cannot be spent yet: by date, by event, or never. */
@WithGateway
class PendingIT {

  private static final String ACCRUALS = "/v1/accruals";

  private final Chain chain;
  private final LocalGateway gateway;
  private final Caller admin;

  PendingIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.gateway = gateway;
    this.admin = chain.admin();
    admin
        .put(
            "/v1/program",
            Chain.rules()
                .put("growth", new JsonObject().put("earning", Chain.earning(1, 10, "floor"))))
        .json(200);
  }

  private JsonObject pendingOrder(String member, long amount) {
    return chain.order(member, amount).put("pending", new JsonObject());
  }

  private static String path(JsonObject earned, String what) {
    return "/v1/pending/" + earned.getString("transactionId") + what;
  }

  @Test
  void accrues_points_that_wait_for_their_activation() {
    String member = chain.newId("waits-");
    Answer first = admin.post(ACCRUALS, pendingOrder(member, 1_000));
    JsonObject earned = first.json(201);

    assertThat(earned.getLong("points")).isEqualTo(10);
    assertThat(earned.getLong("balance")).isZero();
    assertThat(earned.getJsonArray("lots")).isEmpty();
    assertThat(earned.getJsonObject("pending"))
        .isEqualTo(new JsonObject().put("points", 10).putNull("effectiveAt"));
    JsonObject before = chain.balance(member);
    assertThat(before.getLong("available")).isZero();
    assertThat(before.getLong("pending")).isEqualTo(10);
    assertThat(before.getLong("growth")).isZero();
    admin.post("/v1/deductions", Chain.spending(member, 1)).isProblem(409, "insufficient_points");

    String key = Caller.newKey();
    Answer activated = admin.post(path(earned, "/activate"), key, new JsonObject());
    Answer again = admin.post(path(earned, "/activate"), key, new JsonObject());

    JsonObject answer = activated.json(200);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(activated.body());
    assertThat(answer.getString("refersTo")).isEqualTo(earned.getString("transactionId"));
    assertThat(answer.getLong("points")).isEqualTo(10);
    assertThat(answer.getLong("balance")).isEqualTo(10);
    assertThat(answer.getJsonArray("lots").getJsonObject(0).getLong("points")).isEqualTo(10);
    JsonObject after = chain.balance(member);
    assertThat(after.getLong("available")).isEqualTo(10);
    assertThat(after.getLong("pending")).isZero();
    assertThat(after.getLong("growth")).isEqualTo(100);
    assertThat(after.getLong("lifetimeEarned")).isEqualTo(10);
  }

  @Test
  void cancels_pending_points() {
    String member = chain.newId("never-");
    JsonObject earned = admin.post(ACCRUALS, pendingOrder(member, 1_000)).json(201);

    JsonObject answer =
        admin.post(path(earned, "/cancel"), new JsonObject().put("reason", "no show")).json(200);

    assertThat(answer.getLong("points")).isEqualTo(10);
    assertThat(answer.getLong("balance")).isZero();
    assertThat(answer.getString("reason")).isEqualTo("no show");
    assertThat(chain.balance(member).getLong("pending")).isZero();
    assertThat(chain.balance(member).getLong("lifetimeEarned")).isZero();
  }

  @Test
  void ends_pending_points_once() {
    String member = chain.newId("once-");
    JsonObject activated = admin.post(ACCRUALS, pendingOrder(member, 100)).json(201);
    JsonObject cancelled = admin.post(ACCRUALS, pendingOrder(member, 100)).json(201);
    admin.post(path(activated, "/activate"), new JsonObject()).json(200);
    admin.post(path(cancelled, "/cancel"), new JsonObject()).json(200);

    for (String end : new String[] {"/activate", "/cancel"}) {
      JsonObject was =
          admin
              .post(path(activated, end), new JsonObject())
              .isProblem(409, "pending_already_ended");
      assertThat(was.getString("detail")).contains("activated");
      admin.post(path(cancelled, end), new JsonObject()).isProblem(409, "pending_already_ended");
    }
    assertThat(chain.balance(member).getLong("available")).isEqualTo(1);
  }

  @Test
  void becomes_effective_at_its_time_by_itself() {
    String member = chain.newId("timed-");
    Instant soon = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    JsonObject order =
        chain
            .order(member, 1_000)
            .put("pending", new JsonObject().put("effectiveAt", soon.toString()));
    Answer first = admin.post(ACCRUALS, order);
    JsonObject earned = first.json(201);
    assertThat(earned.getJsonObject("pending").getString("effectiveAt")).isEqualTo(soon.toString());
    assertThat(chain.balance(member).getLong("available")).isZero();

    gateway.clock().moveTo(soon);

    assertThat(chain.balance(member).getLong("available")).isEqualTo(10);
    Answer again = admin.post(ACCRUALS, order);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin.post(path(earned, "/cancel"), new JsonObject()).isProblem(409, "pending_already_ended");
    admin.post("/v1/deductions", Chain.spending(member, 10)).json(201);
  }

  @Test
  void takes_an_order_that_comes_in_after_its_points_became_effective() {
    String member = chain.newId("offline-");
    Instant paid = Instant.now().minus(2, ChronoUnit.HOURS);
    JsonObject order =
        chain
            .order(member, 1_000)
            .put("occurredAt", paid.toString())
            .put("pending", new JsonObject().put("effectiveAt", paid.plusSeconds(60).toString()));

    JsonObject preview = admin.postPlain("/v1/accruals/preview", order).json(200);
    JsonObject earned = admin.post(ACCRUALS, order).json(201);

    assertThat(preview.getLong("balance")).isEqualTo(10);
    assertThat(earned.containsKey("pending")).isFalse();
    assertThat(earned.getLong("balance")).isEqualTo(10);
    assertThat(earned.getJsonArray("accounts").getJsonObject(0).getLong("balance")).isEqualTo(100);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(10);
    assertThat(admin.get("/v1/members/" + member + "/entries").items())
        .extracting(it -> it.getString("kind"))
        .containsExactly("accrual");
    JsonObject was =
        admin
            .post(path(earned, "/cancel"), new JsonObject())
            .isProblem(409, "pending_already_ended");
    assertThat(was.getString("detail")).contains("activated");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/pending             | null",
        "/pending             | true",
        "/pending/effectiveAt | {\"effectiveAt\":\"tomorrow\"}",
        "/pending/effectiveAt | {\"effectiveAt\":null}",
        "/pending/until       | {\"until\":1}",
      })
  void names_the_field_that_is_wrong(String pointer, String pending) {
    String order =
        chain.order("m-bad", 100).encode().replaceFirst("}$", ",\"pending\":" + pending + "}");

    admin
        .breaking()
        .with("Idempotency-Key", Caller.newKey())
        .send("POST", ACCRUALS, order)
        .isInvalid(pointer);

    assertThat(chain.entries("m-bad")).isZero();
  }

  @Test
  void wants_a_time_after_the_order_and_within_ten_years() {
    Instant now = Instant.now();
    for (Instant bad : new Instant[] {now.minusSeconds(5), now.plus(3_660, ChronoUnit.DAYS)}) {
      JsonObject order =
          chain
              .order("m-bad", 100)
              .put("occurredAt", now.toString())
              .put("pending", new JsonObject().put("effectiveAt", bad.toString()));
      admin.post(ACCRUALS, order).isInvalid("/pending/effectiveAt");
    }
    admin
        .breaking()
        .post("/v1/pending/m-1/activate", new JsonObject().put("points", 1))
        .isInvalid("/points");
  }

  @Test
  void answers_404_for_an_accrual_without_pending_points() {
    String member = chain.memberWith(10);
    for (String id : new String[] {"nobody-1", member + "-1", member + "-7"}) {
      admin
          .post("/v1/pending/" + id + "/activate", new JsonObject())
          .isProblem(404, "pending_not_found");
    }
  }

  @Test
  void keeps_a_store_key_to_its_store() {
    chain.store("S2");
    String member = chain.newId("scoped-");
    JsonObject earned = admin.post(ACCRUALS, pendingOrder(member, 100)).json(201);

    chain
        .key("store", "S2")
        .post(path(earned, "/activate"), new JsonObject())
        .isProblem(403, "store_out_of_scope");

    chain.key("store", "S1").post(path(earned, "/activate"), new JsonObject()).json(200);
  }
}
