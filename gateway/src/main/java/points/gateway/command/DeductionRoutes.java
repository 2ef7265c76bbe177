package points.gateway.command;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.gateway.web.Metadata;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.Command.Deduct;
import points.ledger.command.Precondition;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/deductions}: points spent. */
public final class DeductionRoutes {

  private final StoreCalls calls;

  public DeductionRoutes(Ledger ledger, Stores stores) {
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    deduction().mount(api, "/v1/deductions");
  }

  public WriteCall deduction() {
    return new WriteCall(Permission.SERVE, this::deduct);
  }

  private ParsedCall deduct(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    String poolId = body.optionalId("poolId");
    Origin origin =
        Seller.of(body)
            .of(
                Origin.till(
                    body.id("storeId"),
                    body.optionalId("terminalId"),
                    body.optionalId("orderId"),
                    body.readable("reason", Formats.REASON_LENGTH_MAX)))
            .with(Metadata.of(body))
            .sentBy(input.actor());
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    String account = body.account("currency");
    if (poolId == null) {
      Deduct command = Deduct.of(member, input.key(), origin, account, points);
      return calls.of(caller, command, EntryJson::deduction);
    }
    var pool = new MemberKey(caller.programId(), poolId);
    Origin shared = origin.actingFor(member.memberId());
    Deduct command = Deduct.of(pool, input.key(), shared, account, points);
    var shares = new Precondition.SharesPool(pool, member.memberId());
    return calls.of(caller, command, shares, EntryJson::deduction).with(member);
  }
}
