package points.gateway.command;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.TransferJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.Precondition;
import points.ledger.command.TransferCommand.Send;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/transfers}: points that one member gives another. */
public final class TransferRoutes {

  private final StoreCalls calls;

  public TransferRoutes(Ledger ledger, Stores stores) {
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    transfer().mount(api, "/v1/transfers");
  }

  public WriteCall transfer() {
    return new WriteCall(Permission.SERVE, this::transfer);
  }

  private ParsedCall transfer(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var from = new MemberKey(caller.programId(), body.id("from"));
    var to = new MemberKey(caller.programId(), body.id("to"));
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    Origin origin = origin(body).sentBy(input.actor());
    if (from.equals(to) && !to.memberId().isEmpty()) {
      body.wrong("to", FieldFault.OTHER_RECEIVER);
    }
    Send command = Send.of(from, input.key(), origin, to.memberId(), points);
    return calls
        .of(caller, command, new Precondition.ReceiverActive(to), TransferJson::transfer)
        .with(to);
  }

  /** Of a store, or of somebody at head office. */
  private static Origin origin(JsonFields body) {
    String storeId = body.optionalId("storeId");
    String operator = body.optionalReadable("operator", Formats.OPERATOR_LENGTH_MAX);
    String reason = body.readable("reason", Formats.REASON_LENGTH_MAX);
    if (!body.has("storeId") && !body.has("operator")) {
      body.wrong("operator", FieldFault.OPERATOR_REQUIRED);
    }
    return new Origin(storeId, null, null, operator, reason);
  }
}
