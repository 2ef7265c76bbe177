package points.gateway.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Ratings of members that leave or are merged, also of those that are being given meanwhile. */
@WithGateway
class RatingsOfEndedMembersIT {

  private static final JsonObject BY =
      new JsonObject().put("operator", "amy").put("reason", "asked for it");

  private static final String END_OF_MEMBER =
      """
      INSERT INTO outbox (program_id, member_id, sequence)
      SELECT program_id, member_id, sequence FROM entry
       WHERE program_id = '%s' AND member_id = '%s' AND kind IN ('CLOSING', 'MERGE_OUT')
      """;

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  RatingsOfEndedMembersIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void the_words_of_a_member_that_leaves_are_emptied_and_its_stars_stay() {
    JsonObject order = sale();
    String member = order.getString("memberId");
    admin.post("/v1/ratings", words(order, 4)).json(201);

    admin.post("/v1/members/" + member + "/close", BY).json(201);

    Await.until("no words", () -> !only(member).containsKey("text"));
    assertThat(only(member).getInteger("stars")).isEqualTo(4);
    admin.post("/v1/ratings", words(order, 5)).isProblem(409, "member_closed");
  }

  @Test
  void the_ratings_of_a_merged_member_are_those_of_the_other_which_rates_its_orders() {
    JsonObject rated = sale();
    String member = rated.getString("memberId");
    JsonObject open = chain.order(member, 500);
    admin.post("/v1/accruals", open).json(201);
    admin.post("/v1/ratings", words(rated, 4)).json(201);
    String into = chain.memberWith(1);

    admin.post("/v1/members/" + member + "/merge", BY.copy().put("into", into)).json(201);

    Await.until("its rating", () -> ratings(into).size() == 1);
    assertThat(ratings(member)).isEmpty();
    JsonObject problem = admin.post("/v1/ratings", words(open, 5)).isProblem(409, "member_merged");
    assertThat(problem.getString("memberId")).isEqualTo(into);
    admin.post("/v1/ratings", words(open, 5).put("memberId", into)).json(201);
    admin.post("/v1/ratings", words(rated, 1).put("memberId", into)).json(200);
    admin.post("/v1/members/" + into + "/close", BY).json(201);
    Await.until("no words", () -> ratings(into).stream().noneMatch(it -> it.containsKey("text")));
    assertThat(ratings(into)).hasSize(2);
  }

  @Test
  void words_that_are_written_while_their_member_leaves_are_emptied_too() throws SQLException {
    JsonObject order = sale();
    String member = order.getString("memberId");
    try (Connection writer = gateway.database().connect()) {
      writer.setAutoCommit(false);
      run(writer, "SELECT pg_advisory_xact_lock_shared(rating_turn('%s', '%s'))", member);
      run(
          writer,
          """
          INSERT INTO rating (program_id, member_id, store_id, order_id, stars, text, business_day,
                              given_at, changed_at)
          VALUES ('%s', '%s', 'S1', 'being-written', 5, 'late words', current_date, now(), now())
          """,
          member);
      admin.post("/v1/members/" + member + "/close", BY).json(201);
      Await.letPass("the end of the member to reach its ratings", Duration.ofMillis(500));
      writer.commit();
    }
    Await.until("no words", () -> !only(member).containsKey("text"));
  }

  @Test
  void a_rating_waits_for_the_end_of_its_member_and_is_refused() throws SQLException {
    JsonObject order = sale();
    String member = order.getString("memberId");
    try (Connection ending = gateway.database().connect()) {
      ending.setAutoCommit(false);
      run(ending, "SELECT pg_advisory_xact_lock(rating_turn('%s', '%s'))", member);
      CompletableFuture<Answer> rating =
          CompletableFuture.supplyAsync(() -> admin.post("/v1/ratings", words(order, 5)));
      Await.throughout("it waits", Duration.ofMillis(300), () -> !rating.isDone());
      admin.post("/v1/members/" + member + "/close", BY).json(201);
      ending.commit();
      rating.join().isProblem(409, "member_closed");
    }
  }

  /** A node of the release before ends a member, and knows nothing of ratings. */
  @Test
  void an_old_node_leaves_no_words_and_no_rating_behind() throws SQLException {
    JsonObject left = sale();
    JsonObject merged = sale();
    String into = chain.memberWith(1);
    for (JsonObject order : List.of(left, merged)) {
      admin.post("/v1/ratings", words(order, 4)).json(201);
    }
    String leaver = left.getString("memberId");
    String gone = merged.getString("memberId");
    admin.post("/v1/members/" + leaver + "/close", BY).json(201);
    admin.post("/v1/members/" + gone + "/merge", BY.copy().put("into", into)).json(201);
    Await.until("both ends", () -> ratings(into).size() == 1 && !only(leaver).containsKey("text"));

    try (Connection old = gateway.database().connect()) {
      old.setAutoCommit(false);
      run(
          old,
          "UPDATE rating SET text = 'words' WHERE program_id = '%s' AND member_id = '%s'",
          leaver);
      run(
          old,
          "UPDATE rating SET member_id = '"
              + gone
              + "' WHERE program_id = '%s' AND member_id = '%s'",
          into);
      for (String member : List.of(leaver, gone)) {
        run(old, END_OF_MEMBER, member);
        run(old, "DELETE FROM outbox WHERE program_id = '%s' AND member_id = '%s'", member);
      }
      old.commit();
    }

    assertThat(only(leaver).containsKey("text")).isFalse();
    assertThat(ratings(gone)).isEmpty();
    assertThat(ratings(into)).hasSize(1);
  }

  private void run(Connection connection, String sql, String member) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql.formatted(chain.programId(), member));
    }
  }

  private JsonObject sale() {
    JsonObject order = chain.order(chain.newId("member-"), 500);
    admin.post("/v1/accruals", order).json(201);
    return order;
  }

  private static JsonObject words(JsonObject order, int stars) {
    return RatingsIT.rating(order, stars).put("text", "my words");
  }

  private JsonObject only(String member) {
    List<JsonObject> ratings = ratings(member);
    assertThat(ratings).hasSize(1);
    return ratings.get(0);
  }

  private List<JsonObject> ratings(String member) {
    return admin.get("/v1/ratings?memberId=" + member).items();
  }
}
