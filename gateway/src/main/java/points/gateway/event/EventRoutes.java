package points.gateway.event;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.gateway.admission.InFlight;
import points.gateway.admission.KeyedLimit;
import points.gateway.web.ApiRouter;
import points.gateway.web.GatewayServices;
import points.gateway.web.Problem.Code;
import points.gateway.web.QueryParameters;
import points.gateway.web.RequestLifecycle;
import points.gateway.web.Responses;
import points.ledger.feed.FeedCursor;

/**
 * {@code /v1/events}: what happened in a program, in order, page by page. A caller may wait for the
 * next event, or take them as they come.
 */
public final class EventRoutes {

  private final EventSource source;
  private final KeyedLimit listeners;
  private final InFlight inFlight;

  public EventRoutes(GatewayServices services) {
    this.source = new EventSource(services.feed());
    this.listeners = services.listeners();
    this.inFlight = services.inFlight();
  }

  public void mount(ApiRouter api) {
    api.get("/v1/events", Permission.READ, ctx -> events(api, ctx), EventQuery.PARAMETERS);
  }

  private void events(ApiRouter api, RoutingContext ctx) {
    QueryParameters parameters = QueryParameters.of(ctx);
    EventQuery asked = EventQuery.of(ctx, parameters);
    boolean isStream = wantsStream(ctx);
    EventQuery query = isStream ? asked.resumed(ctx, parameters) : asked;
    if (parameters.isWrong()) {
      Responses.problem(ctx, parameters.problem());
    } else if (!isStream && query.patience().isZero()) {
      Responses.when(
          ctx,
          source.start(query).compose(place -> source.next(query, place)),
          batch -> Responses.json(ctx, 200, batch.page()));
    } else if (enter(api, ctx, query)) {
      listen(api, ctx, query, isStream);
    }
  }

  private static boolean wantsStream(RoutingContext ctx) {
    String accepted = ctx.request().getHeader(HttpHeaders.ACCEPT);
    return accepted != null
        && accepted.contains(EventStream.TYPE)
        && HttpMethod.GET.equals(ctx.request().method());
  }

  /** Takes a place among those that wait, and gives up that of a call that is answered at once. */
  private boolean enter(ApiRouter api, RoutingContext ctx, EventQuery query) {
    String caller = query.caller().id();
    if (!listeners.enter(caller)) {
      Responses.problem(
          ctx, Code.TOO_MANY_REQUESTS, "As many calls wait for events as may on this node.");
      return false;
    }
    ctx.addEndHandler(ended -> listeners.leave(caller));
    api.removeDeadline(ctx);
    RequestLifecycle.freePlace(ctx);
    return true;
  }

  private void listen(ApiRouter api, RoutingContext ctx, EventQuery query, boolean isStream) {
    Future<FeedCursor> start = source.start(query);
    if (isStream) {
      Responses.when(
          ctx,
          start,
          place -> new EventStream(ctx, source, query, () -> goesOn(api, ctx)).run(place));
    } else {
      Future<EventBatch> events =
          start.compose(place -> source.await(query, place, query.patience()));
      Responses.when(
          ctx,
          events.compose(batch -> api.isCallerStillThere(ctx)),
          still -> {
            if (still) {
              Responses.json(ctx, 200, events.result().page());
            } else {
              Responses.problem(ctx, Code.UNAUTHORIZED, "The key or the session has ended.");
            }
          });
    }
  }

  private Future<Boolean> goesOn(ApiRouter api, RoutingContext ctx) {
    return inFlight.isClosed() ? Future.succeededFuture(false) : api.isCallerStillThere(ctx);
  }
}
