package points.ledger.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.ledger.database.Database;
import points.ledger.registry.SetupRequests.KeyReusedException;
import points.ledger.review.Review.Decision;
import points.ledger.review.Review.LateSale;
import points.ledger.review.Review.Status;
import points.ledger.review.ReviewService.Result;
import points.ledger.review.ReviewService.Result.CallFailed;
import points.ledger.review.ReviewService.Result.DecidedBefore;
import points.ledger.review.ReviewService.Result.Done;
import points.ledger.review.ReviewService.Result.NotFound;
import points.ledger.review.ReviewService.Submitted;
import points.ledger.review.ReviewService.Submitted.Applied;
import points.ledger.review.ReviewService.Submitted.InDoubt;
import points.ledger.review.ReviewService.Submitted.Refused;
import points.ledger.trail.Recorder;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Decisions on reviews, whatever becomes of the calls that they submit. */
@WithPostgres
class ReviewServiceIT {
  private static final Recorder<Review> UNRECORDED =
      (transaction, before, after) -> Future.succeededFuture();

  private static final String PROGRAM = "p";

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;
  private final Reviews reviews;
  private final ReviewService<String> service;
  private final Review filed;

  ReviewServiceIT(TestDatabase server) {
    var database = new Database(server.uri());
    database.migrate();
    this.pool = database.pool(vertx, 2);
    this.reviews = new Reviews(pool);
    this.service = new ReviewService<>(reviews);
    await(
        pool.query(
                """
                INSERT INTO program (program_id, name, currency, time_zone, earning_points,
                                     earning_per_amount, earning_rounding, validity_kind,
                                     auto_enrol)
                VALUES ('p', 'p', 'CNY', 'UTC', 1, 100, 'FLOOR', 'never', true)
                ON CONFLICT DO NOTHING
                """)
            .execute());
    this.filed = file();
  }

  @AfterEach
  void close() {
    await(pool.close());
    await(vertx.close());
  }

  @Test
  void closes_a_review_with_the_entry_of_its_call() {
    Decision decision = decision();

    Result<String> accepted = accept(decision, new Applied<>("m-1"));
    Result<String> again = accept(decision, new Refused<>("is not submitted again"));

    Review review = ((Done<String>) accepted).review();
    assertThat(review.status()).isEqualTo(Status.ACCEPTED);
    assertThat(review.transactionId()).isEqualTo("m-1");
    assertThat(again).isEqualTo(new Done<String>(review, true));
  }

  @Test
  void gives_a_review_back_when_its_call_is_refused() {
    Result<String> refused = accept(decision(), new Refused<>("frozen"));

    assertThat(refused).isEqualTo(new CallFailed<>("frozen"));
    assertThat(status()).isEqualTo(Status.REVIEW);
    assertThat(await(service.reject(PROGRAM, filed.reviewId(), decision(), UNRECORDED)))
        .isInstanceOf(Done.class);
  }

  @Test
  void keeps_a_review_claimed_while_its_call_is_in_doubt() {
    Result<String> unknown = accept(decision(), new InDoubt<>("no answer in time"));

    assertThat(unknown).isEqualTo(new CallFailed<>("no answer in time"));
    assertThat(status()).isEqualTo(Status.ACCEPTING);
    assertThat(await(service.reject(PROGRAM, filed.reviewId(), decision(), UNRECORDED)))
        .isInstanceOf(DecidedBefore.class);
    assertThat(accept(decision(), new Applied<>("m-1"))).isInstanceOf(Done.class);
    assertThat(status()).isEqualTo(Status.ACCEPTED);
  }

  @Test
  void a_review_that_its_node_left_claimed_is_accepted_again() {
    Decision decision = decision();
    Throwable died =
        failureOf(accept(decision, review -> Future.failedFuture(new IllegalStateException())));
    assertThat(died).isInstanceOf(IllegalStateException.class);
    assertThat(status()).isEqualTo(Status.ACCEPTING);

    assertThat(accept(decision, new Applied<>("m-1"))).isInstanceOf(Done.class);
    assertThat(status()).isEqualTo(Status.ACCEPTED);
  }

  @Test
  void a_refusal_does_not_release_a_key_that_another_caller_has_claimed_since() {
    Result<String> refused =
        await(
            accept(
                decision(),
                first ->
                    accept(decision(), second -> Future.succeededFuture(new InDoubt<>("later")))
                        .map(new Refused<>("frozen"))));

    assertThat(refused).isEqualTo(new CallFailed<>("frozen"));
    assertThat(status()).isEqualTo(Status.ACCEPTING);
  }

  @Test
  void returns_a_review_that_another_caller_has_closed_meanwhile() {
    Result<String> accepted =
        await(
            accept(
                decision(),
                first ->
                    accept(decision(), second -> Future.succeededFuture(new Applied<>("m-1")))
                        .map(new Applied<>("m-1"))));

    assertThat(((Done<String>) accepted).review().transactionId()).isEqualTo("m-1");
  }

  @Test
  void refuses_another_decision_under_the_same_key() {
    Decision decision = decision();
    accept(decision, new Applied<>("m-1"));
    var other = new Decision(decision.key(), UUID.randomUUID(), "Li Na", "another", null);

    assertThat(failureOf(service.reject(PROGRAM, filed.reviewId(), other, UNRECORDED)))
        .isInstanceOf(KeyReusedException.class);
  }

  @Test
  void knows_no_review_of_another_program() {
    assertThat(await(service.reject("other", filed.reviewId(), decision(), UNRECORDED)))
        .isEqualTo(new NotFound<String>());
  }

  private Result<String> accept(Decision decision, Submitted<String> submitted) {
    return await(accept(decision, review -> Future.succeededFuture(submitted)));
  }

  private Future<Result<String>> accept(
      Decision decision, Function<Review, Future<Submitted<String>>> submit) {
    return service.accept(PROGRAM, filed.reviewId(), decision, submit, UNRECORDED);
  }

  private Status status() {
    return await(reviews.find(PROGRAM, filed.reviewId())).orElseThrow().status();
  }

  private Review file() {
    var content = new JsonObject().put("amount", 500);
    String id = UUID.randomUUID().toString();
    var sale =
        new LateSale(
            PROGRAM,
            id,
            UUID.randomUUID(),
            "accrual",
            "ACCRUAL",
            "m",
            "S1",
            id,
            content,
            Instant.EPOCH);
    return await(reviews.file(sale)).orElseThrow();
  }

  private static Decision decision() {
    return new Decision(
        UUID.randomUUID().toString(), UUID.randomUUID(), "Li Na", "in repair", null);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Throwable failureOf(Future<?> work) {
    return await(work.transform(done -> Future.succeededFuture(done.cause())));
  }
}
