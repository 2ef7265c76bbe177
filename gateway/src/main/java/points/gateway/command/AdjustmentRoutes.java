package points.gateway.command;

import java.util.Set;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.ledger.Ledger;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.command.Command.Adjust;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/adjustments}: points given or taken by hand. */
public final class AdjustmentRoutes {

  private static final Set<String> NO_POINTS = Set.of(Accounts.STORED_VALUE, Accounts.GROWTH);

  private final StoreCalls calls;

  public AdjustmentRoutes(Ledger ledger, Stores stores) {
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    adjustment().mount(api, "/v1/adjustments");
  }

  public WriteCall adjustment() {
    return new WriteCall(Permission.ADJUST, this::adjust);
  }

  private ParsedCall adjust(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    long points = body.integer("points", -Limits.POINTS_MAX, Limits.POINTS_MAX);
    if (points == 0 && body.has("points")) {
      body.wrong("points", FieldFault.NOT_ZERO);
    }
    Origin origin = StoreCalls.byHand(caller, input);
    String account = body.account("currency");
    if (caller.stores() != null && NO_POINTS.contains(account)) {
      body.wrong("currency", FieldFault.POINTS_ONLY);
    }
    Adjust command = Adjust.of(member, input.key(), origin, account, points);
    return calls.of(caller, command, EntryJson::adjustment);
  }
}
