package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** That entries, lots and balances of a member agree, and what a caller sees when they do not. */
@WithGateway
class ProofIT {

  private final LocalGateway gateway;
  private final Chain chain;

  ProofIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  private String path(String memberId) {
    return "/v1/members/" + memberId + "/proof";
  }

  @Test
  void proves_a_members_history() {
    String member = chain.memberWith(50);
    chain.admin().post("/v1/deductions", Caller.newKey(), Chain.spending(member, 20)).json(201);

    JsonObject proof = chain.admin().get(path(member)).json(200);

    assertThat(proof.getBoolean("holds")).isTrue();
    assertThat(proof.getLong("entries")).isEqualTo(2);
    assertThat(proof.getLong("sequence")).isEqualTo(2);
    assertThat(proof.getJsonArray("differences")).isEmpty();
    JsonObject points = proof.getJsonArray("accounts").getJsonObject(0);
    assertThat(points.getLong("available")).isEqualTo(30);
    assertThat(points.getJsonObject("ofState")).isEqualTo(points.getJsonObject("ofEntries"));
  }

  @Test
  void proves_the_state_at_an_earlier_time() {
    String member = chain.memberWith(50);
    Instant then = Instant.now().plusSeconds(30);
    gateway.clock().moveTo(then.plusSeconds(30));
    chain.admin().post("/v1/deductions", Caller.newKey(), Chain.spending(member, 20)).json(201);

    JsonObject proof = chain.admin().get(path(member) + "?at=" + then).json(200);

    assertThat(proof.getLong("sequence")).isEqualTo(1);
    JsonObject points = proof.getJsonArray("accounts").getJsonObject(0);
    assertThat(points.getLong("available")).isEqualTo(50);
    assertThat(points.containsKey("ofState")).isFalse();
    Instant before = then.minus(Duration.ofDays(1));
    assertThat(chain.admin().get(path(member) + "?at=" + before).json(200).getLong("entries"))
        .isZero();
  }

  @Test
  void names_differences() throws SQLException {
    String member = chain.memberWith(50);
    change("lot_points = '{51}', lifetime_spent = 7", member);
    try {
      JsonObject proof = chain.admin().get(path(member)).json(200);

      assertThat(proof.getBoolean("holds")).isFalse();
      assertThat(proof.getJsonArray("differences").toString())
          .contains("lifetimeSpent", "column available", "\"expected\":\"50\",\"found\":\"51\"");
    } finally {
      change("lot_points = '{50}', lifetime_spent = 0", member);
    }
  }

  private void change(String columns, String member) throws SQLException {
    run("UPDATE member SET " + columns, member);
  }

  private void run(String sql, String member) throws SQLException {
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          sql
              + " WHERE member_id = '%s' AND program_id = '%s'"
                  .formatted(member, chain.programId()));
    }
  }

  @Test
  void refuses_a_member_with_more_entries_than_it_can_fold_in_time() throws SQLException {
    String member = chain.memberWith(50);
    change("sequence = 1000001", member);
    try {
      JsonObject problem = chain.admin().get(path(member)).isProblem(409, "history_too_long");
      assertThat(problem.getString("detail")).contains("1000001 entries", "1000000");
    } finally {
      change("sequence = 1", member);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-11-22", "2026-11-22T10:00:00"})
  void refuses_an_invalid_time(String at) {
    JsonObject problem =
        chain.admin().breaking().get(path("m") + "?at=" + at).isProblem(400, "invalid_query");

    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/at");
  }

  @Test
  void refuses_a_time_in_the_future() {
    chain.admin().get(path("m") + "?at=2999-01-01T00:00:00Z").isProblem(400, "invalid_query");
  }

  @Test
  void a_proof_of_an_unknown_member_is_not_found() {
    chain.admin().get(path("nobody")).isProblem(404, "member_not_found");
  }
}
