package points.gateway.command;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.command.KeySpace;
import points.ledger.form.Formats;
import points.ledger.model.Actor;
import points.ledger.model.Fingerprint;
import points.ledger.review.Review;
import points.ledger.review.Review.Decision;
import points.ledger.review.Review.Status;
import points.ledger.review.ReviewService;
import points.ledger.review.ReviewService.Result;
import points.ledger.review.ReviewService.Submitted;
import points.ledger.review.Reviews;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.Recorder;
import points.ledger.trail.TrailChange;

/**
 * {@code /v1/reviews}: orders that came too late and refunds whose sale did not come. Head office
 * accepts or rejects them.
 */
public final class ReviewRoutes {

  private static final Map<String, Status> STATUSES =
      Arrays.stream(Status.values()).collect(Collectors.toMap(ReviewRoutes::label, it -> it));

  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final Reviews reviews;
  private final ReviewService<Problem> service;
  private final Map<String, WriteCall> calls;

  /**
   * @param calls the calls that accepted reviews submit, by the type of their records
   */
  public ReviewRoutes(Reviews reviews, Map<String, WriteCall> calls) {
    this.reviews = reviews;
    this.service = new ReviewService<>(reviews);
    this.calls = calls;
  }

  public void mount(ApiRouter api) {
    api.get("/v1/reviews", Permission.READ_REVIEWS, this::list, "cursor", "limit", "status");
    api.get("/v1/reviews/:reviewId", Permission.READ_REVIEWS, this::get);
    api.post("/v1/reviews/:reviewId/accept", Permission.REVIEW, ctx -> decide(ctx, true));
    api.post("/v1/reviews/:reviewId/reject", Permission.REVIEW, ctx -> decide(ctx, false));
  }

  /** {@code review}, {@code accepted} and so on. */
  static String label(Status status) {
    return Formats.label(status);
  }

  private void list(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    long after = query.numberPosition(0);
    Status wanted = query.oneOf("status", STATUSES);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    List<Status> statuses = wanted == null ? List.of(Status.values()) : List.of(wanted);
    Responses.when(
        ctx,
        reviews.page(Authentication.caller(ctx).programId(), statuses, after, limit + 1),
        found ->
            Responses.json(
                ctx,
                200,
                Page.of(found, limit, ReviewRoutes::json, it -> Long.toString(it.reviewId()))));
  }

  private void get(RoutingContext ctx) {
    Responses.when(
        ctx,
        reviews.find(Authentication.caller(ctx).programId(), id(ctx)),
        found ->
            found.ifPresentOrElse(
                review -> Responses.json(ctx, 200, json(review)),
                () -> Responses.problem(ctx, notFound())));
  }

  private void decide(RoutingContext ctx, boolean accepts) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String operator = input.body().readable("operator", Formats.OPERATOR_LENGTH_MAX);
    String reason = input.body().readable("reason", Formats.REASON_LENGTH_MAX);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    long id = id(ctx);
    UUID print =
        Fingerprint.of(accepts ? "acceptReview" : "rejectReview")
            .and(id)
            .and(operator)
            .and(reason)
            .toUuid();
    var decision = new Decision(input.key(), print, operator, reason, null);
    Credential caller = Authentication.caller(ctx);
    TrailChange change =
        Authentication.change(
            ctx, accepts ? "review.accept" : "review.reject", "review", Long.toString(id));
    Recorder<Review> recorder =
        (transaction, before, after) ->
            AuditTrail.append(transaction, change.with(null, recorded(after)));
    Future<Result<Problem>> decided =
        accepts
            ? service.accept(
                caller.programId(),
                id,
                decision,
                it -> submit(caller, Authentication.actor(ctx), it),
                recorder)
            : service.reject(caller.programId(), id, decision, recorder);
    Responses.when(ctx, decided, result -> Responses.result(ctx, callResult(result)));
  }

  /** Submits the till's own call under the till's own key: the ledger applies it once. */
  private Future<Submitted<Problem>> submit(Credential caller, Actor actor, Review claimed) {
    Review.LateSale sale = claimed.sale();
    JsonRequest input = JsonRequest.ofStored(sale.key(), sale.content().copy(), actor);
    ParsedCall parsed = Objects.requireNonNull(calls.get(sale.type())).reader().read(caller, input);
    Future<CallResult> work =
        input.isWrong() ? CallResult.failure(input.problem()) : parsed.work().get();
    return work.map(ReviewRoutes::submitted);
  }

  private static Submitted<Problem> submitted(CallResult result) {
    if (result instanceof CallResult.Success success) {
      return new Submitted.Applied<>(success.body().getString("transactionId"));
    }
    Problem problem = ((CallResult.Failure) result).problem();
    return problem.code() == Code.DEADLINE_EXCEEDED
        ? new Submitted.InDoubt<>(problem)
        : new Submitted.Refused<>(problem);
  }

  private static CallResult callResult(Result<Problem> result) {
    if (result instanceof Result.Done<Problem> done) {
      return new CallResult.Success(200, done.replayed(), json(done.review()));
    } else if (result instanceof Result.CallFailed<Problem> failed) {
      return new CallResult.Failure(failed.why());
    } else if (result instanceof Result.DecidedBefore<Problem> before) {
      Review review = before.review();
      String how = "Review %d is %s.".formatted(review.reviewId(), label(review.status()));
      return new CallResult.Failure(Problem.of(Code.REVIEW_ALREADY_DECIDED, how));
    }
    return new CallResult.Failure(notFound());
  }

  private static Problem notFound() {
    return Problem.of(Code.REVIEW_NOT_FOUND, "The program has no such review.");
  }

  /** The number in the path; one that no review has when it is none. */
  private static long id(RoutingContext ctx) {
    String id = String.valueOf(ctx.pathParam("reviewId"));
    return ID.matcher(id).matches() ? Long.parseLong(id) : 0;
  }

  private static JsonObject recorded(Review review) {
    JsonObject json = json(review);
    json.remove("content"); // it may have personal values
    return json;
  }

  private static JsonObject json(Review review) {
    Review.LateSale sale = review.sale();
    var json =
        new JsonObject()
            .put("reviewId", Long.toString(review.reviewId()))
            .put("status", label(review.status()))
            .put("type", sale.type())
            .put("key", KeySpace.sent(sale.key()));
    Formats.putUnlessNull(json, "memberId", sale.memberId());
    json.put("storeId", sale.storeId())
        .put("orderId", sale.orderId())
        .put("occurredAt", sale.occurredAt().toString())
        .put("receivedAt", review.receivedAt().toString())
        .put("content", sale.content());
    Optional<Decision> decision = Optional.ofNullable(review.decision());
    decision.ifPresent(it -> json.put("operator", it.operator()).put("reason", it.reason()));
    decision.map(Decision::decidedAt).ifPresent(at -> json.put("decidedAt", at.toString()));
    Formats.putUnlessNull(json, "transactionId", review.transactionId());
    return json;
  }
}
