package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Limits;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.TransferCommand.Send;
import points.ledger.registry.Stores;

/** {@code /v1/transfers}: points that one member gives another. */
final class TransferRoutes {

  private final Ledger ledger;
  private final Scope scope;
  private final Receivers receivers;

  TransferRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
    this.receivers = new Receivers(ledger);
  }

  void mount(Api api) {
    api.post("/v1/transfers", Permission.SERVE, this::transfer);
  }

  private void transfer(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    Credential caller = Guard.caller(ctx);
    var from = new MemberKey(caller.programId(), body.id("from"));
    var to = new MemberKey(caller.programId(), body.id("to"));
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    Origin origin = origin(body);
    if (from.equals(to) && !to.memberId().isEmpty()) {
      body.wrong("to", "must be another member than from");
    }
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    if (!caller.actsFor(origin.storeId())) {
      Reply.problem(ctx, Scope.outOfScope(caller));
      return;
    }
    Send command = Send.of(from, input.key(), origin, to.memberId(), points);
    scope.check(
        ctx,
        origin.storeId(),
        () ->
            Firsts.reply(
                ctx, ledger, command, () -> receivers.check(to, false), MovedJson::transfer));
  }

  /** Of a store, or of somebody at head office. */
  private static Origin origin(Fields body) {
    String storeId = body.optionalId("storeId");
    String operator = body.optionalReadable("operator", Text.OPERATOR_LENGTH_MAX);
    String reason = body.readable("reason", Text.REASON_LENGTH_MAX);
    if (!body.has("storeId") && !body.has("operator")) {
      body.wrong("operator", "is required where there is no storeId");
    }
    return new Origin(storeId, null, null, operator, reason);
  }
}
