package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.refund.RefundCalls.REFUNDS;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Entries of pools from before {@code entry.on_behalf_of}: the member is their operator alone. */
@WithGateway
class EarlierPoolEntriesIT {

  private final Chain chain;
  private final Caller admin;
  private final LocalGateway gateway;
  private final String son;
  private final String pool;
  private final String order;
  private final String key = Caller.newKey();
  private final JsonObject contribution;
  private final JsonObject spending;

  EarlierPoolEntriesIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.gateway = gateway;
    this.admin = chain.admin();
    this.son = chain.memberWith(100);
    this.pool = chain.newId("pool-");
    this.order = chain.newId("order-");
    this.contribution = new JsonObject().put("memberId", son).put("points", 60);
    this.spending = Chain.spending(son, 50).put("poolId", pool).put("orderId", order);
  }

  @BeforeEach
  void a_family_has_a_pool() {
    JsonObject family =
        new JsonObject()
            .put("poolId", pool)
            .put("name", "Family")
            .put("memberIds", new JsonArray().add(son));
    admin.post("/v1/pools", family).json(201);
  }

  @Test
  void new_ones_name_the_member_for_nodes_of_the_release_before_too() throws SQLException {
    contribute();
    spend();

    assertThat(gateway.database().rows(rows("kind, operator, on_behalf_of")))
        .containsExactly(
            "kind=TRANSFER_OUT operator=%1$s on_behalf_of=%1$s".formatted(son),
            "kind=TRANSFER_IN operator=%1$s on_behalf_of=%1$s".formatted(son),
            "kind=DEDUCTION operator=%1$s on_behalf_of=%1$s".formatted(son));
  }

  @Test
  void are_shown_and_answered_again() throws SQLException {
    Answer in = contribute();
    Answer spent = spend();
    String history = history();
    String inOperator = "\"operator\":\"" + son + "\"";
    String apart = "\"onBehalfOf\":\"" + son + "\"";
    assertThat(history).contains(apart).doesNotContain(inOperator);

    becomeOld();

    // The operator of a deduction was never anybody else; that of a transfer may have been.
    assertThat(history()).contains(inOperator, apart);
    assertThat(history().replace(inOperator, apart)).isEqualTo(history);
    assertThat(contribute().body()).isEqualTo(in.body());
    assertThat(spend().isReplay()).isTrue();
    assertThat(spend().body()).isEqualTo(spent.body());
    assertThat(spent.json(201).getString("memberId")).isEqualTo(son);
    assertThat(spent.json(201).getString("poolId")).isEqualTo(pool);
    Answer ofOrder = admin.post("/v1/deductions", Caller.newKey(), spending);
    assertThat(ofOrder.body()).isEqualTo(spent.body());
  }

  @Test
  void are_refunded_to_the_pool_when_the_member_is_named() throws SQLException {
    contribute();
    spend();
    becomeOld();
    refundBy(chain.memberWith(1), "R1").isProblem(409, "order_mismatch");

    JsonObject back = refundBy(son, "R2").json(201);

    assertThat(back.getString("memberId")).isEqualTo(pool);
    assertThat(chain.balance(pool).getLong("available")).isEqualTo(10 + 50);
  }

  @Test
  void new_ones_are_refunded_the_same() {
    contribute();
    spend();
    refundBy(chain.memberWith(1), "R1").isProblem(409, "order_mismatch");

    JsonObject back = refundBy(son, "R2").json(201);

    assertThat(back.getString("memberId")).isEqualTo(pool);
    assertThat(chain.balance(pool).getLong("available")).isEqualTo(10 + 50);
  }

  private Answer refundBy(String member, String refundId) {
    var wanted =
        new JsonObject()
            .put("storeId", spending.getString("storeId"))
            .put("orderId", order)
            .put("refundId", refundId)
            .put("memberId", member);
    return admin.post(REFUNDS, wanted);
  }

  private Answer contribute() {
    Answer answer = admin.post("/v1/pools/" + pool + "/contributions", key + "-in", contribution);
    answer.json(201);
    RefundCalls.await(
        () -> chain.balance(pool).getLong("available") > 0 || chain.entries(pool) > 1);
    return answer;
  }

  private Answer spend() {
    Answer answer = admin.post("/v1/deductions", key, spending);
    answer.json(201);
    return answer;
  }

  private String history() {
    return List.of(pool, son).stream()
        .map(it -> admin.get("/v1/members/" + it + "/entries").body())
        .toList()
        .toString();
  }

  private String rows(String columns) {
    return "SELECT %s FROM entry WHERE program_id = '%s' AND operator = '%s' ORDER BY recorded_at"
        .formatted(columns, chain.programId(), son);
  }

  /** Leaves the books of the gateway that all tests share as the gateway wrote them. */
  @AfterEach
  void becomeNew() throws SQLException {
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.executeUpdate(
          "UPDATE entry SET on_behalf_of = operator WHERE program_id = '%s' AND operator = '%s'"
              .formatted(chain.programId(), son));
    }
  }

  /** Gives the rows the form that they had, which the trigger of {@code entry} forbids. */
  private void becomeOld() throws SQLException {
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      int changed =
          statement.executeUpdate(
              "UPDATE entry SET on_behalf_of = NULL WHERE program_id = '%s' AND on_behalf_of = '%s'"
                  .formatted(chain.programId(), son));
      assertThat(changed).isEqualTo(3);
    }
  }
}
