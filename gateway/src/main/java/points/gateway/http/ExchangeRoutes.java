package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Limits;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.StoredValueCommand.Exchange;
import points.ledger.registry.Stores;

/** {@code /v1/exchanges}: points of one currency for points of another. */
final class ExchangeRoutes {

  private final Ledger ledger;
  private final Scope scope;

  ExchangeRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/exchanges", Permission.SERVE, this::exchange);
  }

  private void exchange(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    var member = new MemberKey(Guard.caller(ctx).programId(), body.id("memberId"));
    var origin = new Origin(body.optionalId("storeId"), null, null, null, null);
    String from = body.code("from");
    String to = body.code("to");
    if (!from.isEmpty() && from.equals(to)) {
      body.wrong("to", "must be another currency than from");
    }
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Exchange command = Exchange.of(member, input.key(), origin, from, to, points);
    scope.checkOwn(
        ctx,
        origin.storeId(),
        () -> Outcomes.reply(ctx, ledger.submit(command), 201, StoredValueJson::exchange));
  }
}
