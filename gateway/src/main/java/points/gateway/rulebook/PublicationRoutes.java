package points.gateway.rulebook;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.setup.IdempotentSetup;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.feed.FeedEvents;
import points.ledger.model.Fingerprint;
import points.ledger.program.Program;
import points.ledger.registry.Programs;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.rulebook.Publication;
import points.ledger.rulebook.Publications;
import points.ledger.rulebook.Publications.ChangeRequest;
import points.ledger.rulebook.RuleBooks;
import points.ledger.rulebook.StoredBook;
import points.ledger.rulebook.TimelineChange;
import points.ledger.rulebook.Timelines;
import points.ledger.trail.AuditTrail;

/** Publishes rule books, withdraws publications, and shows a program's timeline. */
public final class PublicationRoutes {

  private static final Instant AT_MIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant AT_MAX = Instant.parse("9999-12-31T00:00:00Z");

  /** A change of the timeline, and what is kept of it. */
  private record Deed(
      String action, String event, int status, Function<SqlClient, Future<TimelineChange>> work) {}

  private final Ledger ledger;
  private final Programs programs;
  private final RuleBooks books;
  private final Publications publications;
  private final Timelines timelines;
  private final IdempotentSetup setup;

  public PublicationRoutes(Ledger ledger, Registry registry, IdempotentSetup setup) {
    this.ledger = ledger;
    this.programs = registry.programs();
    this.books = registry.ruleBooks();
    this.publications = registry.publications();
    this.timelines = registry.timelines();
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.postWithOptionalBody(
        RuleBookRoutes.BOOK + "/publish", Permission.EDIT_RULE_BOOKS, this::publish);
    api.post(RuleBookRoutes.BOOK + "/withdraw", Permission.EDIT_RULE_BOOKS, this::withdraw);
    api.get("/v1/rule-book-timeline", Permission.READ_CHAIN, this::timeline, "cursor", "limit");
    api.postWithOptionalBody(
        "/v1/rule-book-timeline/rollback", Permission.EDIT_RULE_BOOKS, this::rollBack);
  }

  private void publish(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    Instant at = input.body().optionalTime("at", AT_MIN, AT_MAX);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    String ruleBookId = RuleBookRoutes.idOf(ctx);
    Responses.answer(
        ctx,
        books
            .find(Authentication.caller(ctx).programId(), ruleBookId)
            .compose(
                found ->
                    found
                        .map(book -> publish(ctx, input.key(), book, at))
                        .orElseGet(() -> refusal(ctx, RuleBookProblem.NOT_FOUND))));
  }

  /** A book is reviewed once, before it is published first: a retry is not judged anew. */
  private Future<Answer> publish(
      RoutingContext ctx, String key, StoredBook book, @Nullable Instant at) {
    var deed =
        new Deed(
            "rulebook.publish",
            "rulebook.published",
            201,
            transaction ->
                publications.publish(
                    transaction, request(ctx, at), book.ruleBookId(), book.hash()));
    Fingerprint content =
        Fingerprint.of(deed.action()).and(book.ruleBookId()).and(at == null ? null : at.toString());
    return book.published()
        ? once(ctx, key, content, deed)
        : review(ctx, book)
            .compose(
                problem ->
                    problem
                        .map(it -> refusal(ctx, it))
                        .orElseGet(() -> once(ctx, key, content, deed)));
  }

  private Future<Optional<Problem>> review(RoutingContext ctx, StoredBook book) {
    Program program = programs.find(Authentication.caller(ctx).programId());
    ZoneId zone = program == null ? ZoneOffset.UTC : program.timeZone();
    return BookReview.of(
            ctx.vertx(), new JsonObject(book.document()), zone, ledger.time().instant())
        .map(review -> review.stops() ? Optional.of(review.problem()) : Optional.empty());
  }

  private void rollBack(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    Instant at = input.body().optionalTime("at", AT_MIN, AT_MAX);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    var deed =
        new Deed(
            "rulebook.rollBack",
            "rulebook.published",
            201,
            transaction -> publications.rollBack(transaction, request(ctx, at)));
    Fingerprint content = Fingerprint.of(deed.action()).and(at == null ? null : at.toString());
    Responses.answer(ctx, once(ctx, input.key(), content, deed));
  }

  private void withdraw(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    long number = input.body().integer("number", 1, Integer.MAX_VALUE);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    String ruleBookId = RuleBookRoutes.idOf(ctx);
    var deed =
        new Deed(
            "rulebook.withdraw",
            "rulebook.withdrawn",
            200,
            transaction ->
                publications.withdraw(transaction, request(ctx, null), ruleBookId, number));
    Fingerprint content = Fingerprint.of(deed.action()).and(ruleBookId).and(number);
    Responses.answer(ctx, once(ctx, input.key(), content, deed));
  }

  private ChangeRequest request(RoutingContext ctx, @Nullable Instant at) {
    return new ChangeRequest(
        Authentication.caller(ctx).programId(),
        Authentication.actor(ctx).reference(),
        at,
        ledger.time());
  }

  private Future<Answer> once(RoutingContext ctx, String key, Fingerprint content, Deed deed) {
    return setup
        .once(
            ctx,
            key,
            content,
            transaction ->
                deed.work()
                    .apply(transaction)
                    .compose(change -> answer(ctx, transaction, deed, change)))
        .onSuccess(answer -> timelines.changed());
  }

  private static Future<Answer> answer(
      RoutingContext ctx, SqlClient transaction, Deed deed, TimelineChange change) {
    if (change instanceof TimelineChange.Unchanged same) {
      return Future.succeededFuture(answer(deed, same.publication()));
    }
    if (!(change instanceof TimelineChange.Done done)) {
      return refusal(ctx, RuleBookProblem.of(change));
    }
    Publication publication = done.publication();
    String id = publication.ruleBookId();
    JsonObject data = RuleBookJson.of(publication);
    return AuditTrail.append(
            transaction,
            Authentication.change(ctx, deed.action(), "ruleBook", id).with(null, fields(data)))
        .compose(
            recorded ->
                FeedEvents.write(
                    transaction,
                    Authentication.caller(ctx).programId(),
                    deed.event(),
                    id,
                    fields(data)))
        .map(fed -> answer(deed, publication));
  }

  private static Answer answer(Deed deed, Publication publication) {
    return Answer.first(deed.status(), RuleBookJson.of(publication).toBuffer());
  }

  /** The trail and the feed say themselves who did it, and when. */
  private static JsonObject fields(JsonObject publication) {
    JsonObject fields = publication.copy();
    fields.remove("publishedBy");
    fields.remove("withdrawnBy");
    fields.remove("timeZone");
    return fields;
  }

  private static Future<Answer> refusal(RoutingContext ctx, Problem problem) {
    return Future.succeededFuture(IdempotentSetup.refusal(ctx, problem));
  }

  private void timeline(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    long before = query.numberPosition(Long.MAX_VALUE);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    Responses.when(
        ctx,
        publications.page(Authentication.caller(ctx).programId(), before, limit + 1),
        found ->
            Responses.json(
                ctx,
                200,
                Page.of(found, limit, RuleBookJson::of, it -> Integer.toString(it.number()))));
  }
}
