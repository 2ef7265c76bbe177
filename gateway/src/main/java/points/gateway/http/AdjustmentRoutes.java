package points.gateway.http;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.Command.Adjust;
import points.ledger.model.Limits;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** {@code /v1/adjustments}: points given or taken by hand. */
final class AdjustmentRoutes {

  private final Ledger ledger;

  AdjustmentRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.post("/v1/adjustments", adjustment());
  }

  Call adjustment() {
    return new Call(Permission.RUN_PROGRAM, this::adjust);
  }

  private Intent adjust(Credential caller, Input input) {
    Fields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    long points = body.integer("points", -Limits.POINTS_MAX, Limits.POINTS_MAX);
    if (points == 0 && body.has("points")) {
      body.wrong("points", "must not be 0");
    }
    Origin origin =
        Origin.office(
                body.readable("operator", Text.OPERATOR_LENGTH_MAX),
                body.readable("reason", Text.REASON_LENGTH_MAX))
            .with(Metadata.of(body));
    String account = body.account("currency");
    Adjust command = Adjust.of(member, input.key(), origin, account, points);
    return Intent.of(
        command, () -> Outcomes.told(ledger.submit(command), 201, EntryJson::adjustment));
  }
}
