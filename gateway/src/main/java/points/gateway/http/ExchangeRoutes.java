package points.gateway.http;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.StoredValueCommand.Exchange;
import points.ledger.model.Limits;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
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
    api.post("/v1/exchanges", exchange());
  }

  Call exchange() {
    return new Call(Permission.SERVE, this::exchange);
  }

  private Intent exchange(Credential caller, Input input) {
    Fields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    var origin = new Origin(body.optionalId("storeId"), null, null, null, null);
    String from = body.code("from");
    String to = body.code("to");
    if (!from.isEmpty() && from.equals(to)) {
      body.wrong("to", "must be another currency than from");
    }
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    Exchange command = Exchange.of(member, input.key(), origin, from, to, points);
    return Intent.of(
        command,
        () ->
            scope.withinOwn(
                caller,
                origin.storeId(),
                () -> Outcomes.told(ledger.submit(command), 201, StoredValueJson::exchange)));
  }
}
