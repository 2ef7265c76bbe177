package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Command.Deduct;
import points.ledger.domain.Limits;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.registry.Registry;

/** {@code /v1/deductions}: points spent. */
final class DeductionRoutes {

  private final Ledger ledger;
  private final Scope scope;
  private final Sharing sharing;

  DeductionRoutes(Ledger ledger, Registry registry) {
    this.ledger = ledger;
    this.scope = new Scope(registry.stores());
    this.sharing = new Sharing(registry.pools());
  }

  void mount(Api api) {
    api.post("/v1/deductions", Permission.SERVE, this::deduct);
  }

  private void deduct(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    var member = new MemberKey(Guard.caller(ctx).programId(), body.id("memberId"));
    String poolId = body.optionalId("poolId");
    Origin origin =
        Origin.till(
            body.id("storeId"),
            body.optionalId("terminalId"),
            body.optionalId("orderId"),
            body.readable("reason", Text.REASON_LENGTH_MAX));
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Runnable deduct =
        poolId == null
            ? () -> deduct(ctx, Deduct.of(member, input.key(), origin, points))
            : () -> deductShared(ctx, member, poolId, input.key(), origin, points);
    scope.check(ctx, origin.storeId(), deduct);
  }

  private void deduct(RoutingContext ctx, Deduct command) {
    Outcomes.reply(ctx, ledger.submit(command), 201, EntryJson::deduction);
  }

  /** From the pool, by the member: the entry's operator says who it was. */
  private void deductShared(
      RoutingContext ctx, MemberKey member, String poolId, String key, Origin origin, long points) {
    var pool = new MemberKey(member.programId(), poolId);
    var byMember =
        new Origin(
            origin.storeId(),
            origin.terminalId(),
            origin.orderId(),
            member.memberId(),
            origin.reason());
    Deduct command = Deduct.of(pool, key, byMember, points);
    Firsts.reply(
        ctx, ledger, command, () -> sharing.check(pool, member.memberId()), EntryJson::deduction);
  }
}
