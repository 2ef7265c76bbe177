package points.gateway.command;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.StoredValueJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.StoredValueCommand.Exchange;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/exchanges}: points of one currency for points of another. */
public final class ExchangeRoutes {

  private final StoreCalls calls;

  public ExchangeRoutes(Ledger ledger, Stores stores) {
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    exchange().mount(api, "/v1/exchanges");
  }

  public WriteCall exchange() {
    return new WriteCall(Permission.SERVE, this::exchange);
  }

  private ParsedCall exchange(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin =
        new Origin(body.optionalId("storeId"), null, null, null, null).sentBy(input.actor());
    String from = body.code("from");
    String to = body.code("to");
    if (!from.isEmpty() && from.equals(to)) {
      body.wrong("to", FieldFault.OTHER_CURRENCY);
    }
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    Exchange command = Exchange.of(member, input.key(), origin, from, to, points);
    return calls.of(caller, command, StoredValueJson::exchange);
  }
}
