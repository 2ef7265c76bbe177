package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.access.Secrets;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** An idempotency key belongs to the store of its caller, or to the program for head office. */
@WithGateway
class KeySpacesIT {

  private static final String ACCRUALS = "/v1/accruals";
  private static final String DEDUCTIONS = "/v1/deductions";

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller till;

  KeySpacesIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.till = chain.key("store", Chain.STORE);
  }

  @AfterEach
  void afresh() throws SQLException {
    run("UPDATE key_space SET shared_until = NULL");
  }

  @Test
  void a_till_takes_no_key_of_another_store_or_of_head_office() {
    chain.store("S2");
    Caller other = chain.key("store", "S2");
    String key = "taken-in-advance/" + Caller.newKey();
    Answer first = till.post(ACCRUALS, key, chain.order("m1", 100));
    first.json(201);

    other.post(ACCRUALS, key, chain.order("m2", 200).put("storeId", "S2")).json(201);
    chain.admin().post(ACCRUALS, key, chain.order("m3", 300)).json(201);

    till.post(ACCRUALS, key, chain.order("m1", 400)).isProblem(422, "idempotency_key_reused");
    Caller colleague = chain.key("store", Chain.STORE);
    colleague.post(ACCRUALS, key, chain.order("m1", 400)).isProblem(422, "idempotency_key_reused");
  }

  @Test
  void all_keys_of_a_store_have_one_space() {
    String member = chain.memberWith(100);
    String key = Caller.newKey();
    Answer first = till.post(DEDUCTIONS, key, Chain.spending(member, 10));

    Answer again =
        chain.key("store", Chain.STORE).post(DEDUCTIONS, key, Chain.spending(member, 10));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
  }

  /** What names an order is once, whoever sends it; what has only its key is head office's own. */
  @Test
  void a_repetition_by_head_office_is_known_by_its_order_only() {
    String member = chain.memberWith(100);
    String key = Caller.newKey();
    JsonObject order = chain.order(member, 100);
    Answer earned = till.post(ACCRUALS, key, order);
    till.post(DEDUCTIONS, key + "/gift", Chain.spending(member, 10)).json(201);

    Answer again = chain.admin().post(ACCRUALS, key, order);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(earned.body());
    chain.admin().post(DEDUCTIONS, key + "/gift", Chain.spending(member, 10)).json(201);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(81);
  }

  @Test
  void lines_of_batches_are_in_the_space_of_their_sender() {
    String key = Caller.newKey();
    JsonObject mine = BatchCaller.line("accrual", key, chain.order("b1", 100));
    JsonObject theirs = BatchCaller.line("accrual", key, chain.order("b2", 200));

    assertThat(new BatchCaller(till).send(mine).get(0).getInteger("status")).isEqualTo(201);
    JsonObject again = new BatchCaller(till).send(mine).get(0);
    JsonObject other = new BatchCaller(chain.admin()).send(theirs).get(0);

    assertThat(again.getBoolean("replayed")).isTrue();
    assertThat(again.getString("key")).isEqualTo(key);
    assertThat(other.getInteger("status")).isEqualTo(201);
  }

  @Test
  void a_late_order_in_review_shows_the_key_as_it_was_sent_and_is_accepted_under_it() {
    String key = Caller.newKey();
    JsonObject late =
        chain
            .order("late", 500)
            .put("occurredAt", Instant.now().minus(10, ChronoUnit.DAYS).toString());
    JsonObject line = BatchCaller.line("accrual", key, late);
    String reviewId =
        new BatchCaller(till).send(line).get(0).getJsonObject("body").getString("reviewId");

    assertThat(chain.admin().get("/v1/reviews/" + reviewId).json(200).getString("key"))
        .isEqualTo(key);
    JsonObject decision = new JsonObject().put("operator", "Li Lei").put("reason", "was offline");
    chain.admin().post("/v1/reviews/" + reviewId + "/accept", decision).json(200);

    JsonObject again = new BatchCaller(till).send(line).get(0);
    assertThat(again.getInteger("status")).isEqualTo(201);
    assertThat(again.getBoolean("replayed")).isTrue();
    assertThat(chain.entries("late")).isEqualTo(1);
  }

  /** A deduction without an order has nothing but its key. */
  @Test
  void a_call_from_before_the_upgrade_gets_its_first_answer() throws SQLException {
    String member = chain.memberWith(100);
    String key = Caller.newKey();
    // As head office's is kept, a store's was before.
    Answer first = chain.admin().post(DEDUCTIONS, key, Chain.spending(member, 10));
    first.json(201);
    run("UPDATE key_space SET shared_until = now() + interval '1 day'");

    Answer again = till.post(DEDUCTIONS, key, Chain.spending(member, 10));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(chain.entries(member)).isEqualTo(2);
    till.post(DEDUCTIONS, key, Chain.spending(member, 11)).json(201); // another call than that one
    // refused now, were it not applied then
    till.post(DEDUCTIONS, key + "/all", Chain.spending(member, 79)).json(201);
    assertThat(till.post(DEDUCTIONS, key, Chain.spending(member, 11)).isReplay()).isTrue();
  }

  @Test
  void a_set_up_call_from_before_the_upgrade_gets_its_first_answer() throws SQLException {
    String apiKey =
        chain
            .admin()
            .post(
                "/v1/api-keys",
                new JsonObject()
                    .put("name", "till")
                    .put("role", "store")
                    .put("storeId", Chain.STORE))
            .json(201)
            .getString("key");
    Caller mine = gateway.caller(apiKey);
    String key = Caller.newKey();
    var member = new JsonObject().put("memberId", "enrolled-before").put("phone", "13912345678");
    Answer first = mine.post("/v1/members", key, member);
    first.json(201);
    keptAsBefore(apiKey, key, first.body());

    Answer again = mine.post("/v1/members", key, member);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
  }

  private void keptAsBefore(String apiKey, String key, String answer) throws SQLException {
    try (Connection database = gateway.database().connect();
        PreparedStatement update =
            database.prepareStatement(
                """
                UPDATE setup_request SET idempotency_key = ?, sealed_answer = ?
                 WHERE program_id = ? AND idempotency_key = ?
                """)) {
      update.setString(1, key);
      update.setBytes(
          2, Secrets.sealOf(apiKey, key).close(answer.getBytes(StandardCharsets.UTF_8)));
      update.setString(3, chain.programId());
      update.setString(4, "@" + Chain.STORE + " " + key);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection database = gateway.database().connect();
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
