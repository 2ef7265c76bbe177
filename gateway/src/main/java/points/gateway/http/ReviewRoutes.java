package points.gateway.http;

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
import points.gateway.http.Problem.Code;
import points.ledger.command.KeySpace;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests;
import points.ledger.review.Review;
import points.ledger.review.Review.Decision;
import points.ledger.review.Review.Status;
import points.ledger.review.Reviews;

/**
 * {@code /v1/reviews}: orders that came too late, refunds whose sale did not come, and what head
 * office says to them.
 */
final class ReviewRoutes {

  private static final Map<String, Status> STATUSES =
      Arrays.stream(Status.values()).collect(Collectors.toMap(ReviewRoutes::label, it -> it));

  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final Reviews reviews;
  private final Map<String, Call> calls;

  /**
   * @param calls by the type of their lines
   */
  ReviewRoutes(Reviews reviews, Map<String, Call> calls) {
    this.reviews = reviews;
    this.calls = calls;
  }

  void mount(Api api) {
    api.get("/v1/reviews", Permission.RUN_PROGRAM, this::list, "cursor", "limit", "status");
    api.get("/v1/reviews/:reviewId", Permission.RUN_PROGRAM, this::get);
    api.post("/v1/reviews/:reviewId/accept", Permission.RUN_PROGRAM, ctx -> decide(ctx, true));
    api.post("/v1/reviews/:reviewId/reject", Permission.RUN_PROGRAM, ctx -> decide(ctx, false));
  }

  /** {@code review}, {@code accepted} and so on. */
  static String label(Status status) {
    return EntryJson.label(status);
  }

  private void list(RoutingContext ctx) {
    Query query = Query.of(ctx);
    int limit = query.limit();
    long after = query.numberPosition(0);
    String name = query.get("status");
    Status wanted = name == null ? null : STATUSES.get(name);
    if (name != null && wanted == null) {
      query.wrong(
          "status",
          "must be one of " + String.join(", ", STATUSES.keySet().stream().sorted().toList()));
    }
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
      return;
    }
    List<Status> statuses = wanted == null ? List.of(Status.values()) : List.of(wanted);
    Reply.when(
        ctx,
        reviews.page(Guard.caller(ctx).programId(), statuses, after, limit + 1),
        found ->
            Reply.json(
                ctx,
                200,
                Page.of(found, limit, ReviewRoutes::json, it -> Long.toString(it.reviewId()))));
  }

  private void get(RoutingContext ctx) {
    Reply.when(
        ctx,
        reviews.find(Guard.caller(ctx).programId(), id(ctx)),
        found ->
            found.ifPresentOrElse(
                review -> Reply.json(ctx, 200, json(review)),
                () -> Reply.problem(ctx, notFound())));
  }

  private void decide(RoutingContext ctx, boolean accepts) {
    Input input = Input.ofWrite(ctx);
    String operator = input.body().readable("operator", Text.OPERATOR_LENGTH_MAX);
    String reason = input.body().readable("reason", Text.REASON_LENGTH_MAX);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
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
    Credential caller = Guard.caller(ctx);
    Reply.when(
        ctx,
        accepts ? accept(caller, id, decision) : reject(caller, id, decision),
        told -> Reply.told(ctx, told));
  }

  private Future<Told> accept(Credential caller, long id, Decision decision) {
    return reviews
        .claim(caller.programId(), id, decision)
        .compose(
            claimed ->
                claimed
                    .map(it -> submit(caller, it))
                    .orElseGet(() -> decided(caller, id, decision)));
  }

  private Future<Told> reject(Credential caller, long id, Decision decision) {
    return reviews
        .reject(caller.programId(), id, decision)
        .compose(
            rejected ->
                rejected
                    .map(it -> Future.<Told>succeededFuture(done(it, false)))
                    .orElseGet(() -> decided(caller, id, decision)));
  }

  /** The till's own command under the till's own key: the ledger does it once. */
  private Future<Told> submit(Credential caller, Review claimed) {
    Review.LateSale sale = claimed.sale();
    Input input = Input.ofKept(sale.key(), sale.content().copy());
    Intent intent = Objects.requireNonNull(calls.get(sale.type())).reader().read(caller, input);
    Future<Told> work = input.isWrong() ? Told.not(input.problem()) : intent.work().get();
    return work.compose(
        told -> told instanceof Told.Done done ? close(claimed, done) : giveBack(claimed, told));
  }

  private Future<Told> close(Review claimed, Told.Done done) {
    return reviews
        .close(claimed, done.body().getString("transactionId"))
        .compose(
            closed ->
                closed.isPresent()
                    ? Future.succeededFuture(closed)
                    : reviews.find(claimed.sale().programId(), claimed.reviewId()))
        .map(closed -> done(closed.orElseThrow(), false));
  }

  /** What may have been applied stays claimed: whoever accepts it again clears it up. */
  private Future<Told> giveBack(Review claimed, Told told) {
    boolean inDoubt =
        told instanceof Told.Not not && not.problem().code() == Code.DEADLINE_EXCEEDED;
    return inDoubt ? Future.succeededFuture(told) : reviews.giveBack(claimed).map(told);
  }

  private Future<Told> decided(Credential caller, long id, Decision decision) {
    return reviews
        .find(caller.programId(), id)
        .compose(found -> found.map(it -> decided(it, decision)).orElseGet(ReviewRoutes::none));
  }

  private static Future<Told> decided(Review review, Decision decision) {
    Decision first = review.decision();
    if (first == null || !first.key().equals(decision.key())) {
      String how = "Review %d is %s.".formatted(review.reviewId(), label(review.status()));
      return Told.not(Problem.of(Code.REVIEW_ALREADY_DECIDED, how));
    }
    return first.fingerprint().equals(decision.fingerprint())
        ? Future.succeededFuture(done(review, true))
        : Future.failedFuture(SetupRequests.reused());
  }

  private static Future<Told> none() {
    return Told.not(notFound());
  }

  private static Told done(Review review, boolean replayed) {
    return new Told.Done(200, replayed, json(review));
  }

  private static Problem notFound() {
    return Problem.of(Code.REVIEW_NOT_FOUND, "The program has no such review.");
  }

  /** The number in the path; one that no review has when it is none. */
  private static long id(RoutingContext ctx) {
    String id = String.valueOf(ctx.pathParam("reviewId"));
    return ID.matcher(id).matches() ? Long.parseLong(id) : 0;
  }

  private static JsonObject json(Review review) {
    Review.LateSale sale = review.sale();
    var json =
        new JsonObject()
            .put("reviewId", Long.toString(review.reviewId()))
            .put("status", label(review.status()))
            .put("type", sale.type())
            .put("key", KeySpace.sent(sale.key()));
    EntryJson.putIfThere(json, "memberId", sale.memberId());
    json.put("storeId", sale.storeId())
        .put("orderId", sale.orderId())
        .put("occurredAt", sale.occurredAt().toString())
        .put("receivedAt", review.receivedAt().toString())
        .put("content", sale.content());
    Optional<Decision> decision = Optional.ofNullable(review.decision());
    decision.ifPresent(it -> json.put("operator", it.operator()).put("reason", it.reason()));
    decision.map(Decision::decidedAt).ifPresent(at -> json.put("decidedAt", at.toString()));
    EntryJson.putIfThere(json, "transactionId", review.transactionId());
    return json;
  }
}
