package points.gateway.http;

import java.time.Clock;
import java.time.Instant;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.StoredValueCommand.Pay;
import points.ledger.command.StoredValueCommand.TopUp;
import points.ledger.model.Limits;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/stored-value}: money that members have paid in, and pay with. */
final class StoredValueRoutes {

  private final Ledger ledger;
  private final Scope scope;
  private final Clock clock = Clock.systemUTC();

  StoredValueRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/stored-value/top-ups", topUp());
    api.post("/v1/stored-value/payments", payment());
  }

  Call topUp() {
    return new Call(Permission.SERVE, this::topUp);
  }

  Call payment() {
    return new Call(Permission.SERVE, this::pay);
  }

  private Intent topUp(Credential caller, Input input) {
    Fields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin = sale(body);
    Instant occurredAt = AccrualRoutes.occurredAt(body, clock.instant());
    long amount = body.integer("amount", 1, Limits.AMOUNT_MAX);
    Long bonus = body.optionalInteger("bonus", 0, Limits.AMOUNT_MAX);
    TopUp command = TopUp.of(member, input.key(), origin, occurredAt, amount, bonus);
    return Intent.ofSale(
        command,
        () ->
            scope.within(
                caller,
                origin.storeId(),
                () -> Outcomes.told(ledger.submit(command), 201, StoredValueJson::topUp)));
  }

  private Intent pay(Credential caller, Input input) {
    Fields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin = sale(body);
    long amount = body.integer("amount", 1, Limits.AMOUNT_MAX);
    Pay command = Pay.of(member, input.key(), origin, amount);
    return Intent.of(
        command,
        () ->
            scope.within(
                caller,
                origin.storeId(),
                () -> Outcomes.told(ledger.submit(command), 201, StoredValueJson::payment)));
  }

  private static Origin sale(Fields body) {
    return Origin.sale(body.id("storeId"), body.optionalId("terminalId"), body.id("orderId"))
        .with(Metadata.of(body));
  }
}
