package points.gateway.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** {@code /v1/rule-books} and the timeline of a program. */
@WithGateway
class RuleBookApiIT {

  private static final String BOOKS = "/v1/rule-books";
  private static final String TIMELINE = "/v1/rule-book-timeline";

  private static final AtomicInteger CHAINS = new AtomicInteger();

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  /** Each test has a program of its own, because publications are not undone. */
  RuleBookApiIT(LocalGateway gateway) {
    this.gateway = gateway;
    this.chain = Chain.open(gateway, "books" + CHAINS.incrementAndGet());
    this.admin = chain.admin();
  }

  @AfterEach
  void resetClock() {
    gateway.clock().reset();
  }

  @Test
  void a_draft_is_kept_read_replaced_by_its_version_and_deleted() {
    String id = chain.newId("book-");
    JsonObject made = admin.post(BOOKS, book(id, 2)).json(201);
    assertThat(made.getString("state")).isEqualTo("draft");
    admin.post(BOOKS, book(id, 2)).isProblem(409, "rule_book_exists");

    Answer read = admin.get(BOOKS + "/" + id);
    assertThat(read.json(200).getJsonObject("document")).isEqualTo(book(id, 2));
    String version = Objects.requireNonNull(read.header("ETag"));
    Caller editor = admin.with("If-Match", version);
    JsonObject replaced = editor.put(BOOKS + "/" + id, book(id, 3)).json(200);
    assertThat(replaced.getString("hash")).isNotEqualTo(made.getString("hash"));
    editor.put(BOOKS + "/" + id, book(id, 4)).isProblem(412, "changed_meanwhile");
    admin.put(BOOKS + "/" + id, book("other", 4)).isInvalid("/ruleBookId");

    assertThat(admin.delete(BOOKS + "/" + id).status()).isEqualTo(204);
    assertThat(admin.get(BOOKS + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void each_fault_of_a_document_is_named_by_its_field_once_and_nothing_is_kept() {
    String id = chain.newId("book-");
    JsonObject wrong = book(id, 0).put("promotoins", new JsonArray());

    admin.breaking().post(BOOKS, wrong).isInvalid("/base/points", "/promotoins");
    assertThat(admin.get(BOOKS + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void a_book_is_checked_without_keeping_it() {
    String id = chain.newId("book-");
    JsonObject review = admin.post("/v1/rule-book-validation", neverCounting(id)).json(200);

    assertThat(review.getBoolean("publishable")).isFalse();
    assertThat(review.getJsonArray("findings").getJsonObject(0).getString("pointer"))
        .startsWith("/promotions/0");
    assertThat(admin.get(BOOKS + "/" + id).status()).isEqualTo(404);
    JsonObject faulty = admin.post("/v1/rule-book-validation", book(id, 0)).json(200);
    assertThat(faulty.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/base/points");
  }

  @Test
  void two_books_are_compared_in_words_at_their_fields() {
    String old = chain.newId("book-");
    String its = chain.newId("book-");
    admin.post(BOOKS, book(old, 2)).json(201);
    admin.post(BOOKS, neverCounting(its)).json(201);

    JsonObject diff = admin.get(BOOKS + "/" + its + "/diff?from=" + old).json(200);

    assertThat(diff.getString("from")).isEqualTo(old);
    assertThat(diff.getString("to")).isEqualTo(its);
    assertThat(diff.getInteger("total")).isEqualTo(2);
    assertThat(diff.getJsonArray("changes").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("kind", "changed")
                .put("pointer", "/base/points")
                .put("zh", "基础比例：积分 2 → 1")
                .put("en", "Base ratio: points 1, before 2"));
    JsonObject added = diff.getJsonArray("changes").getJsonObject(1);
    assertThat(added.getString("kind")).isEqualTo("added");
    assertThat(added.getString("pointer")).isEqualTo("/promotions/0");
    JsonObject back = admin.get(BOOKS + "/" + old + "/diff?from=" + its).json(200);
    assertThat(back.getJsonArray("changes").getJsonObject(1).getString("kind"))
        .isEqualTo("removed");
    assertThat(admin.get(BOOKS + "/" + its + "/diff?from=" + its).json(200).getJsonArray("changes"))
        .isEmpty();
  }

  @Test
  void books_are_compared_with_books_of_the_same_program_only() {
    String id = chain.newId("book-");
    admin.post(BOOKS, book(id, 2)).json(201);
    Chain other = Chain.open(gateway, "books" + CHAINS.incrementAndGet());
    other.admin().post(BOOKS, book("theirs", 2)).json(201);

    for (String path : List.of(id + "/diff?from=theirs", "theirs/diff?from=" + id)) {
      admin.get(BOOKS + "/" + path).isProblem(404, "not_found");
    }
    admin.get(BOOKS + "/" + id + "/diff").isProblem(400, "invalid_query");
    admin.get(BOOKS + "/" + id + "/diff?from=-").isProblem(400, "invalid_query");
  }

  @Test
  void a_book_with_a_rule_that_never_counts_is_not_published() {
    String id = chain.newId("book-");
    admin.post(BOOKS, neverCounting(id)).json(201);

    Answer refused = publish(id, new JsonObject());

    refused.isProblem(409, "rule_book_not_publishable");
    assertThat(admin.get(BOOKS + "/" + id).json(200).getString("state")).isEqualTo("draft");
  }

  @Test
  void a_published_book_counts_from_its_instant_on_and_a_retry_gets_the_first_answer() {
    String id = chain.newId("book-");
    admin.post(BOOKS, book(id, 7)).json(201);
    String member = chain.memberWith(1);
    String key = Caller.newKey();
    JsonObject published =
        admin.post(BOOKS + "/" + id + "/publish", key, new JsonObject()).json(201);
    Instant from = Instant.parse(published.getString("inForceFrom"));

    assertThat(points(member)).isEqualTo(1);
    gateway.clock().moveTo(from);
    awaitInForce(published.getInteger("number"));
    assertThat(points(member)).isEqualTo(7);
    JsonObject late = chain.order(member, 100).put("occurredAt", from.minusMillis(1).toString());
    assertThat(admin.post("/v1/accruals", late).json(201).getLong("points")).isEqualTo(1);

    assertThat(admin.post(BOOKS + "/" + id + "/publish", key, new JsonObject()).json(201))
        .isEqualTo(published);
    assertThat(admin.get("/v1/program").json(200).getJsonObject("ruleBookInForce"))
        .isEqualTo(
            new JsonObject()
                .put("number", published.getInteger("number"))
                .put("ruleBookId", id)
                .put("inForceFrom", published.getString("inForceFrom")));
    admin.put(BOOKS + "/" + id, book(id, 8)).isProblem(409, "rule_book_published");
    admin.delete(BOOKS + "/" + id).isProblem(409, "rule_book_published");
  }

  @Test
  void an_instant_that_nodes_may_not_know_in_time_is_refused() {
    String id = chain.newId("book-");
    admin.post(BOOKS, book(id, 7)).json(201);
    Instant now = gateway.clock().now();

    for (Duration ahead : List.of(Duration.ofSeconds(30), Duration.ofDays(367))) {
      JsonObject at =
          new JsonObject().put("at", now.plus(ahead).truncatedTo(ChronoUnit.MILLIS).toString());
      publish(id, at).isInvalid("/at");
    }
    assertThat(admin.get(BOOKS + "/" + id).json(200).getString("state")).isEqualTo("draft");
  }

  @Test
  void what_waits_is_withdrawn_until_shortly_before_its_instant() {
    String id = chain.newId("book-");
    admin.post(BOOKS, book(id, 7)).json(201);
    Instant later = gateway.clock().now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    JsonObject waits = publish(id, new JsonObject().put("at", later.toString())).json(201);
    JsonObject number = new JsonObject().put("number", waits.getInteger("number"));

    JsonObject withdrawn = admin.post(BOOKS + "/" + id + "/withdraw", number).json(200);
    assertThat(withdrawn.getString("withdrawnAt")).isNotNull();
    JsonObject soon = publish(id, new JsonObject()).json(201);
    admin
        .post(
            BOOKS + "/" + id + "/withdraw",
            new JsonObject().put("number", soon.getInteger("number")))
        .isProblem(409, "publication_final");
    assertThat(admin.get(TIMELINE).items().get(0)).isEqualTo(soon);
  }

  @Test
  void a_roll_back_brings_the_book_of_before_into_force_again() {
    admin.post(TIMELINE + "/rollback", new JsonObject()).isProblem(409, "no_earlier_rule_book");
    for (int points : List.of(7, 8)) {
      admin.post(BOOKS, book("book" + points, points)).json(201);
      JsonObject published = publish("book" + points, new JsonObject()).json(201);
      gateway.clock().moveTo(Instant.parse(published.getString("inForceFrom")));
    }

    JsonObject back = admin.post(TIMELINE + "/rollback", new JsonObject()).json(201);
    gateway.clock().moveTo(Instant.parse(back.getString("inForceFrom")));
    awaitInForce(3);

    assertThat(back.getString("ruleBookId")).isEqualTo("book7");
    assertThat(back.getInteger("rollsBack")).isEqualTo(2);
    assertThat(points("m")).isEqualTo(7);
    String events = "/v1/events?since=2000-01-01T00:00:00Z&types=rulebook.published";
    Await.until("the feed to have all three", () -> admin.get(events).items().size() == 3);
  }

  @Test
  void the_ratio_of_a_program_stays_while_a_book_is_in_force() throws SQLException {
    String id = chain.newId("book-");
    admin.post(BOOKS, book(id, 7)).json(201);
    publish(id, new JsonObject()).json(201);
    JsonObject other = Chain.rules().put("earning", Chain.earning(9, 1, "floor"));
    admin.put("/v1/program", Chain.rules().put("earning", Chain.earning(8, 1, "floor"))).json(200);
    sql(
        """
        INSERT INTO rule_book_publication (program_id, number, rule_book_id, in_force_from, time_zone, published_at)
        SELECT program_id, max(number) + 1, '%s', now() - interval '1 s', 'UTC', now() - interval '1 min'
          FROM rule_book_publication WHERE program_id = '%s' GROUP BY program_id
        """
            .formatted(id, chain.programId()));

    admin.put("/v1/program", other).isProblem(409, "rule_book_in_force");
    admin.put("/v1/program", other.put("earning", Chain.earning(8, 1, "floor"))).json(200);
  }

  private Answer publish(String id, JsonObject body) {
    return admin.post(BOOKS + "/" + id + "/publish", body);
  }

  private long points(String member) {
    JsonObject order = chain.order(member, 100).put("occurredAt", gateway.clock().now().toString());
    return admin.post("/v1/accruals", order).json(201).getLong("points");
  }

  /** The node reads the timeline when a change is announced, soon after the answer. */
  private void awaitInForce(int number) {
    Await.until(
        "publication " + number + " to be in force",
        () -> {
          JsonObject book = admin.get("/v1/program").json(200).getJsonObject("ruleBookInForce");
          return book != null && book.getInteger("number") == number;
        });
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = gateway.database().connect();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static JsonObject book(String id, int points) {
    return new JsonObject()
        .put("ruleBookId", id)
        .put("base", new JsonObject().put("points", points).put("perAmount", 100));
  }

  private static JsonObject neverCounting(String id) {
    JsonObject both = new JsonObject().put("channels", new JsonArray().add("till"));
    return book(id, 1)
        .put(
            "promotions",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("id", "never")
                        .put("multiply", "2")
                        .put("when", both.copy().put("not", both))));
  }
}
