package points.gateway.http;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.TransferCommand.Send;
import points.ledger.model.Limits;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
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
    api.post("/v1/transfers", transfer());
  }

  Call transfer() {
    return new Call(Permission.SERVE, this::transfer);
  }

  private Intent transfer(Credential caller, Input input) {
    Fields body = input.body();
    var from = new MemberKey(caller.programId(), body.id("from"));
    var to = new MemberKey(caller.programId(), body.id("to"));
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    Origin origin = origin(body);
    if (from.equals(to) && !to.memberId().isEmpty()) {
      body.wrong("to", "must be another member than from");
    }
    Send command = Send.of(from, input.key(), origin, to.memberId(), points);
    return Intent.of(
            command,
            () ->
                scope.withinOwn(
                    caller,
                    origin.storeId(),
                    () ->
                        Firsts.told(
                            ledger,
                            command,
                            () -> receivers.check(to, false),
                            MovedJson::transfer)))
        .with(to);
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
