package points.gateway.rating;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.setup.ChangedFields;
import points.gateway.setup.IdempotentSetup;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.command.HistoryQuery;
import points.ledger.form.Formats;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.rating.Given;
import points.ledger.rating.RatedSale;
import points.ledger.rating.Rating;
import points.ledger.rating.Rating.Hidden;
import points.ledger.rating.RatingDraft;
import points.ledger.rating.RatingSearch;
import points.ledger.rating.Ratings;
import points.ledger.rating.Ratings.Change;
import points.ledger.registry.SetupRequests.Answer;

/**
 * {@code /v1/ratings}: stars and words of members for orders that they bought. The mini-program's
 * back end gives them, stores and head office read them, and head office may hide one.
 */
public final class RatingRoutes {

  private static final String RATING = "/v1/ratings/:ratingId";

  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final Ledger ledger;
  private final Ratings ratings;
  private final StoreScope scope;
  private final IdempotentSetup setup;

  public RatingRoutes(Ledger ledger, Registry registry, IdempotentSetup setup) {
    this.ledger = ledger;
    this.ratings = registry.ratings();
    this.scope = new StoreScope(registry.stores());
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.post("/v1/ratings", Permission.RATE, this::give);
    api.get("/v1/ratings", Permission.READ, this::list, RatingQuery.PARAMETERS);
    api.get(RATING, Permission.READ, this::get);
    api.post(RATING + "/hide", Permission.HIDE_RATINGS, this::hide);
    api.postWithOptionalBody(RATING + "/show", Permission.HIDE_RATINGS, this::show);
  }

  private void give(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String programId = Authentication.caller(ctx).programId();
    var draft =
        new RatingDraft(
            new MemberKey(programId, input.body().id("memberId")),
            input.body().id("storeId"),
            input.body().id("orderId"),
            (int) input.body().integer("stars", Rating.STARS_MIN, Rating.STARS_MAX),
            input.body().optionalReadable("text", Rating.TEXT_LENGTH_MAX));
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    scope.check(
        ctx,
        draft.storeId(),
        () ->
            Responses.answer(ctx, saleOf(draft).compose(it -> give(ctx, input.key(), draft, it))));
  }

  /** Reads before the transaction, which would hold a connection while it waits for another. */
  private Future<RatedSale> saleOf(RatingDraft draft) {
    return ledger
        .entries()
        .historyOf(
            new HistoryQuery.OfOrder(draft.member().programId(), draft.storeId(), draft.orderId()))
        .map(order -> RatedSale.of(order, draft.member()));
  }

  private Future<Answer> give(RoutingContext ctx, String key, RatingDraft draft, RatedSale sale) {
    Fingerprint content =
        Fingerprint.of("rating")
            .and(draft.member().memberId())
            .and(draft.storeId())
            .and(draft.orderId())
            .and(draft.stars())
            .and(draft.text());
    return setup.once(
        ctx,
        key,
        content,
        transaction ->
            ratings.give(transaction, draft, sale, now()).map(given -> answer(ctx, given)));
  }

  private static Answer answer(RoutingContext ctx, Given given) {
    return given instanceof Given.Done done
        ? Answer.first(done.isFirst() ? 201 : 200, RatingJson.of(done.rating()).toBuffer())
        : IdempotentSetup.refusal(ctx, RatingProblem.of(given));
  }

  private Instant now() {
    return ledger.time().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void list(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    Credential caller = Authentication.caller(ctx);
    int limit = query.limit();
    RatingSearch wanted = RatingQuery.of(query, caller);
    String storeId = query.get("storeId");
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
    } else if (storeId != null && !caller.actsFor(storeId)) {
      Responses.problem(ctx, StoreScope.outOfScope(caller));
    } else {
      Responses.when(
          ctx,
          ratings.page(caller.programId(), wanted, limit + 1),
          found -> Responses.json(ctx, 200, Page.of(found, limit, RatingJson::of, RatingJson::id)));
    }
  }

  private void get(RoutingContext ctx) {
    Credential caller = Authentication.caller(ctx);
    Responses.when(
        ctx,
        ratings.find(caller.programId(), id(ctx)),
        found -> {
          if (found.isEmpty()) {
            Responses.problem(ctx, RatingProblem.NOT_FOUND);
          } else if (!caller.actsFor(found.get().storeId())) {
            Responses.problem(ctx, StoreScope.outOfScope(caller));
          } else {
            Responses.json(ctx, 200, RatingJson.of(found.get()));
          }
        });
  }

  private void hide(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String reason = input.body().readable("reason", Formats.REASON_LENGTH_MAX);
    change(ctx, input, "rating.hide", new Hidden(now(), reason));
  }

  private void show(RoutingContext ctx) {
    change(ctx, JsonRequest.ofWrite(ctx), "rating.show", null);
  }

  private void change(
      RoutingContext ctx, JsonRequest input, String action, @Nullable Hidden hidden) {
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    OptionalLong id = id(ctx);
    if (id.isEmpty()) {
      Responses.problem(ctx, RatingProblem.NOT_FOUND);
      return;
    }
    Fingerprint content =
        Fingerprint.of(action).and(id.getAsLong()).and(hidden == null ? null : hidden.reason());
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            content,
            transaction ->
                ratings
                    .hide(
                        transaction, Authentication.caller(ctx).programId(), id.getAsLong(), hidden)
                    .compose(changed -> record(ctx, transaction, action, changed))
                    .map(changed -> answer(ctx, changed))));
  }

  private static Future<Optional<Change>> record(
      RoutingContext ctx, SqlClient transaction, String action, Optional<Change> changed) {
    if (changed.isEmpty()) {
      return Future.succeededFuture(changed);
    }
    Change it = changed.get();
    return ChangedFields.of(fields(it.before()), fields(it.after()))
        .record(
            transaction, Authentication.change(ctx, action, "rating", RatingJson.id(it.before())))
        .map(changed);
  }

  /** Returns the fields that head office sets. The member's words never come into the trail. */
  private static JsonObject fields(Rating rating) {
    var json = new JsonObject().put("hidden", rating.hidden() != null);
    Formats.putUnlessNull(
        json, "reason", rating.hidden() == null ? null : rating.hidden().reason());
    return json;
  }

  private static Answer answer(RoutingContext ctx, Optional<Change> changed) {
    return changed
        .map(it -> Answer.first(200, RatingJson.of(it.after()).toBuffer()))
        .orElseGet(() -> IdempotentSetup.refusal(ctx, RatingProblem.NOT_FOUND));
  }

  private static OptionalLong id(RoutingContext ctx) {
    String id = String.valueOf(ctx.pathParam("ratingId"));
    return ID.matcher(id).matches() ? OptionalLong.of(Long.parseLong(id)) : OptionalLong.empty();
  }
}
