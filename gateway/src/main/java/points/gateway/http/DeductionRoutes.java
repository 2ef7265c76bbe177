package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Command.Deduct;
import points.ledger.domain.Limits;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/deductions}: points spent. */
final class DeductionRoutes {

  private final Ledger ledger;
  private final Scope scope;

  DeductionRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/deductions", Permission.SERVE, this::deduct);
  }

  private void deduct(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    var member = new MemberKey(Guard.caller(ctx).programId(), body.id("memberId"));
    String storeId = body.id("storeId");
    Origin origin =
        Origin.till(
            storeId,
            body.optionalId("terminalId"),
            body.optionalId("orderId"),
            body.readable("reason", Text.REASON_LENGTH_MAX));
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    String account = body.account("currency");
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Deduct command = Deduct.of(member, input.key(), origin, account, points);
    scope.check(
        ctx, storeId, () -> Outcomes.reply(ctx, ledger.submit(command), 201, EntryJson::deduction));
  }
}
