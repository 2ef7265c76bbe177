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
    String account = body.account("currency");
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Runnable deduct =
        poolId == null
            ? () -> deduct(ctx, Deduct.of(member, input.key(), origin, account, points))
            : () ->
                deductShared(
                    ctx,
                    member,
                    Deduct.of(
                        new MemberKey(member.programId(), poolId),
                        input.key(),
                        by(member, origin),
                        account,
                        points));
    scope.check(ctx, origin.storeId(), deduct);
  }

  private void deduct(RoutingContext ctx, Deduct command) {
    Outcomes.reply(ctx, ledger.submit(command), 201, EntryJson::deduction);
  }

  private void deductShared(RoutingContext ctx, MemberKey member, Deduct command) {
    Firsts.reply(
        ctx,
        ledger,
        command,
        () -> sharing.check(command.member(), member.memberId()),
        EntryJson::deduction);
  }

  /** The entry is the pool's; its operator says which member it was. */
  private static Origin by(MemberKey member, Origin origin) {
    return new Origin(
        origin.storeId(),
        origin.terminalId(),
        origin.orderId(),
        member.memberId(),
        origin.reason());
  }
}
