package points.gateway.command;

import java.time.Instant;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.StoredValueJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.gateway.web.Metadata;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.StoredValueCommand.Pay;
import points.ledger.command.StoredValueCommand.TopUp;
import points.ledger.form.JsonFields;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/stored-value}: money that members have paid in, and pay with. */
public final class StoredValueRoutes {

  private final Ledger ledger;
  private final StoreCalls calls;

  public StoredValueRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    topUp().mount(api, "/v1/stored-value/top-ups");
    payment().mount(api, "/v1/stored-value/payments");
  }

  public WriteCall topUp() {
    return new WriteCall(Permission.SERVE, this::topUp);
  }

  public WriteCall payment() {
    return new WriteCall(Permission.SERVE, this::pay);
  }

  private ParsedCall topUp(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin = sale(input);
    Instant occurredAt = AccrualRoutes.occurredAt(body, ledger.time().instant());
    long amount = body.integer("amount", 1, Limits.AMOUNT_MAX);
    Long bonus = body.optionalInteger("bonus", 0, Limits.AMOUNT_MAX);
    TopUp command = TopUp.of(member, input.key(), origin, occurredAt, amount, bonus);
    return calls.ofSale(caller, command, StoredValueJson::topUp);
  }

  private ParsedCall pay(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin = sale(input);
    long amount = body.integer("amount", 1, Limits.AMOUNT_MAX);
    Pay command = Pay.of(member, input.key(), origin, amount);
    return calls.of(caller, command, StoredValueJson::payment);
  }

  private static Origin sale(JsonRequest input) {
    JsonFields body = input.body();
    return Seller.of(body)
        .of(Origin.sale(body.id("storeId"), body.optionalId("terminalId"), body.id("orderId")))
        .with(Metadata.of(body))
        .sentBy(input.actor());
  }
}
