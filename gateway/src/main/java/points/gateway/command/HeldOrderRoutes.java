package points.gateway.command;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.command.PendingCommand;
import points.ledger.form.Formats;
import points.ledger.held.HeldOrder;
import points.ledger.held.HeldOrder.Status;
import points.ledger.held.HeldOrders;
import points.ledger.model.Origin;

/**
 * {@code /v1/held-orders}: orders beyond a limit against abuse. Their points are pending until head
 * office accepts or rejects them.
 */
public final class HeldOrderRoutes {

  private static final String ORDERS = "/v1/held-orders";

  private static final Map<String, Status> STATUSES =
      Arrays.stream(Status.values()).collect(Collectors.toMap(Formats::label, it -> it));

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private final Ledger ledger;
  private final HeldOrders orders;

  public HeldOrderRoutes(Ledger ledger, HeldOrders orders) {
    this.ledger = ledger;
    this.orders = orders;
  }

  public void mount(ApiRouter api) {
    api.get(ORDERS, Permission.READ_REVIEWS, this::list, "cursor", "limit", "status");
    api.get(ORDERS + "/:heldOrderId", Permission.READ_REVIEWS, this::get);
    api.post(ORDERS + "/:heldOrderId/accept", Permission.REVIEW, ctx -> decide(ctx, true));
    api.post(ORDERS + "/:heldOrderId/reject", Permission.REVIEW, ctx -> decide(ctx, false));
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
        orders.page(Authentication.caller(ctx).programId(), statuses, after, limit + 1),
        found ->
            Responses.json(
                ctx,
                200,
                Page.of(found, limit, HeldOrderRoutes::json, it -> Long.toString(it.number()))));
  }

  private void get(RoutingContext ctx) {
    Responses.when(
        ctx,
        orders.find(Authentication.caller(ctx).programId(), number(ctx)),
        found ->
            found.ifPresentOrElse(
                order -> Responses.json(ctx, 200, json(order)),
                () -> Responses.problem(ctx, notFound())));
  }

  /** The ledger decides once, by the caller's key; the list follows. */
  private void decide(RoutingContext ctx, boolean accepts) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String operator = input.body().readable("operator", Formats.OPERATOR_LENGTH_MAX);
    String reason = input.body().readable("reason", Formats.REASON_LENGTH_MAX);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Credential caller = Authentication.caller(ctx);
    Future<CallResult> decided =
        orders
            .find(caller.programId(), number(ctx))
            .compose(
                found ->
                    found
                        .map(it -> decide(it, input, operator, reason, accepts))
                        .orElseGet(() -> CallResult.failure(notFound())));
    Responses.when(ctx, decided, result -> Responses.result(ctx, result));
  }

  private Future<CallResult> decide(
      HeldOrder order, JsonRequest input, String operator, String reason, boolean accepts) {
    Origin origin = new Origin(order.storeId(), null, null, operator, reason).sentBy(input.actor());
    var command = PendingCommand.of(order.member(), input.key(), origin, order.sequence(), accepts);
    return OutcomeMapping.result(ledger.submit(command), 200, EntryJson::pendingEnded);
  }

  /** The number in the path; one that no order has when it is none. */
  private static long number(RoutingContext ctx) {
    String text = String.valueOf(ctx.pathParam("heldOrderId"));
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
  }

  private static Problem notFound() {
    return Problem.of(Problem.Code.NOT_FOUND, "The program has no such held order.");
  }

  private static JsonObject json(HeldOrder order) {
    var json =
        new JsonObject()
            .put("heldOrderId", Long.toString(order.number()))
            .put("status", Formats.label(order.status()))
            .put("limits", new JsonArray(order.limits()))
            .put("memberId", order.member().memberId())
            .put("transactionId", order.transactionId())
            .put("points", order.points())
            .put("amount", order.amount());
    Formats.putUnlessNull(json, "storeId", order.storeId());
    Formats.putUnlessNull(json, "terminalId", order.terminalId());
    Formats.putUnlessNull(json, "cashierId", order.cashierId());
    Formats.putUnlessNull(json, "orderId", order.orderId());
    json.put("occurredAt", order.occurredAt().toString())
        .put("recordedAt", order.recordedAt().toString());
    if (order.endedAt() != null) {
      json.put("endedAt", order.endedAt().toString());
    }
    return json;
  }
}
