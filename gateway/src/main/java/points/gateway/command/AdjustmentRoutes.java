package points.gateway.command;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Formats;
import points.gateway.web.JsonFields;
import points.gateway.web.JsonRequest;
import points.gateway.web.Metadata;
import points.ledger.Ledger;
import points.ledger.command.Command.Adjust;
import points.ledger.model.Limits;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** {@code /v1/adjustments}: points given or taken by hand. */
public final class AdjustmentRoutes {

  private final Ledger ledger;

  public AdjustmentRoutes(Ledger ledger) {
    this.ledger = ledger;
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
      body.wrong("points", "must not be 0");
    }
    Origin origin =
        Origin.office(
                body.readable("operator", Formats.OPERATOR_LENGTH_MAX),
                body.readable("reason", Formats.REASON_LENGTH_MAX))
            .with(Metadata.of(body))
            .sentBy(input.actor());
    String account = body.account("currency");
    Adjust command = Adjust.of(member, input.key(), origin, account, points);
    return ParsedCall.of(
        command, () -> OutcomeMapping.result(ledger.submit(command), 201, EntryJson::adjustment));
  }
}
