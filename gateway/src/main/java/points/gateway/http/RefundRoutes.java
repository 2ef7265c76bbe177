package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.http.Problem.Code;
import points.ledger.Ledger;
import points.ledger.domain.Decision;
import points.ledger.domain.Limits;
import points.ledger.domain.OrderCommand.RefundedLine;
import points.ledger.domain.OrderPart;
import points.ledger.domain.Origin;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal;
import points.ledger.outbox.Refunded;
import points.ledger.outbox.WantedRefund;
import points.ledger.registry.Stores;

/** {@code /v1/refunds}: orders that come back, whole or in parts. */
final class RefundRoutes {

  private static final int LINES_MAX = 500;
  private static final Map<String, OrderPart> PARTS =
      Map.of("goods", OrderPart.GOODS, "topUp", OrderPart.TOP_UP);

  private final Ledger ledger;
  private final Scope scope;

  RefundRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/refunds", refund());
    api.post("/v1/refunds/preview", Permission.SERVE, this::preview);
    api.get("/v1/refunds/parked", Permission.RUN_PROGRAM, this::parked, "cursor", "limit");
  }

  Call refund() {
    return new Call(Permission.SERVE, this::refund);
  }

  /** Whose order it is, only the ledger knows. */
  private Intent refund(Credential caller, Input input) {
    WantedRefund wanted = wanted(caller, input);
    return Intent.alone(
        () -> scope.within(caller, wanted.storeId(), () -> submit(wanted).compose(this::told)));
  }

  /** What comes back by points or by part is refused as unknown when there is no such order. */
  private Future<Refunded> submit(WantedRefund wanted) {
    return wanted.mayWait()
        ? ledger.refunds().submit(wanted)
        : ledger
            .refunds()
            .memberOf(wanted)
            .compose(
                member ->
                    member.isPresent()
                        ? ledger.refunds().submit(wanted)
                        : Future.succeededFuture(
                            new Refunded.Decided(
                                new Outcome.Refused(new Refusal.OrderNotFound()))));
  }

  private Future<Told> told(Refunded became) {
    if (became instanceof Refunded.Decided decided) {
      return Outcomes.told(ledger.sayingWhatBecame(decided.outcome()), 201, UndoneJson::refund);
    } else if (became instanceof Refunded.Parked parked) {
      return Future.succeededFuture(
          new Told.Done(201, parked.again(), UndoneJson.parkedAnswer(parked.refund())));
    }
    return Told.not(
        Problem.of(
            Code.ORDER_ALREADY_PROCESSED,
            "A refund of this refundId and another content waits for the order."));
  }

  private void preview(RoutingContext ctx) {
    Input input = Input.ofBody(ctx);
    WantedRefund wanted = wanted(Guard.caller(ctx), input);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    scope.check(
        ctx,
        wanted.storeId(),
        () -> Reply.when(ctx, ledger.preview(wanted), decision -> reply(ctx, decision)));
  }

  private static void reply(RoutingContext ctx, Decision decision) {
    if (decision instanceof Decision.Accepted accepted) {
      Reply.json(ctx, 200, UndoneJson.preview(accepted.answer()));
    } else if (decision instanceof Decision.Refused refused) {
      Reply.problem(ctx, Refusals.problem(refused.refusal()));
    } else {
      throw new IllegalStateException("a decision without an answer: " + decision);
    }
  }

  private void parked(RoutingContext ctx) {
    Query query = Query.of(ctx);
    int limit = query.limit();
    long after = query.numberPosition(0);
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
      return;
    }
    Reply.when(
        ctx,
        ledger.refunds().parked(Guard.caller(ctx).programId(), after, limit + 1),
        found ->
            Reply.json(
                ctx,
                200,
                Page.of(
                    found, limit, UndoneJson::parked, refund -> Long.toString(refund.number()))));
  }

  private static WantedRefund wanted(Credential caller, Input input) {
    Fields body = input.body();
    Origin origin =
        Origin.sale(body.id("storeId"), body.optionalId("terminalId"), body.id("orderId"));
    String refundId = body.id("refundId");
    List<RefundedLine> lines = lines(body);
    Long amount = body.has("amount") ? (Long) body.integer("amount", 1, Limits.AMOUNT_MAX) : null;
    if (amount != null && body.has("lines")) {
      body.wrong("amount", "must not be given beside lines");
    }
    Long points = body.has("points") ? (Long) body.integer("points", 1, Limits.POINTS_MAX) : null;
    if (points != null && (amount != null || body.has("lines"))) {
      body.wrong("points", "must not be given beside lines or amount");
    }
    OrderPart part = body.has("orderPart") ? body.oneOf("orderPart", PARTS) : null;
    return new WantedRefund(
        caller.programId(), input.key(), origin, refundId, lines, amount, points, part);
  }

  private static List<RefundedLine> lines(Fields body) {
    List<Fields> objects = body.objects("lines", LINES_MAX);
    var lines = new ArrayList<RefundedLine>(objects.size());
    var ids = new HashSet<String>();
    for (Fields object : objects) {
      String lineId = object.id("lineId");
      Long amount =
          object.has("amount") ? (Long) object.integer("amount", 1, Limits.AMOUNT_MAX) : null;
      object.end();
      if (!ids.add(lineId)) {
        object.wrong("lineId", "must be unique in the refund");
      }
      lines.add(new RefundedLine(lineId, amount));
    }
    if (body.isEmptyArray("lines")) {
      body.wrong("lines", "must name at least one line; leave it out for the whole order");
    }
    return lines;
  }
}
