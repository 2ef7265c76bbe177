package points.gateway.http;

import io.vertx.core.Future;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.command.Command.Deduct;
import points.ledger.model.Limits;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

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
    api.post("/v1/deductions", deduction());
  }

  Call deduction() {
    return new Call(Permission.SERVE, this::deduct);
  }

  private Intent deduct(Credential caller, Input input) {
    Fields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    String poolId = body.optionalId("poolId");
    Origin origin =
        Origin.till(
                body.id("storeId"),
                body.optionalId("terminalId"),
                body.optionalId("orderId"),
                body.readable("reason", Text.REASON_LENGTH_MAX))
            .with(Metadata.of(body));
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    String account = body.account("currency");
    if (poolId == null) {
      Deduct command = Deduct.of(member, input.key(), origin, account, points);
      return Intent.of(
          command,
          () ->
              scope.within(
                  caller,
                  origin.storeId(),
                  () -> Outcomes.told(ledger.submit(command), 201, EntryJson::deduction)));
    }
    var pool = new MemberKey(caller.programId(), poolId);
    Deduct command = Deduct.of(pool, input.key(), by(member, origin), account, points);
    return Intent.of(command, () -> deductShared(caller, member, command)).with(member);
  }

  private Future<Told> deductShared(Credential caller, MemberKey member, Deduct command) {
    return scope.within(
        caller,
        command.origin().storeId(),
        () ->
            Firsts.told(
                ledger,
                command,
                () -> sharing.check(command.member(), member.memberId()),
                EntryJson::deduction));
  }

  /** The entry is the pool's; its operator says which member it was. */
  private static Origin by(MemberKey member, Origin origin) {
    return new Origin(
        origin.storeId(),
        origin.terminalId(),
        origin.orderId(),
        member.memberId(),
        origin.reason(),
        origin.metadata());
  }
}
