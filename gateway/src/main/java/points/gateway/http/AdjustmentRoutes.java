package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Command.Adjust;
import points.ledger.domain.Limits;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;

/** {@code /v1/adjustments}: points given or taken by hand. */
final class AdjustmentRoutes {

  private final Ledger ledger;

  AdjustmentRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.post("/v1/adjustments", Permission.RUN_PROGRAM, this::adjust);
  }

  private void adjust(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    var member = new MemberKey(Guard.caller(ctx).programId(), body.id("memberId"));
    long points = body.integer("points", -Limits.POINTS_MAX, Limits.POINTS_MAX);
    if (points == 0 && body.has("points")) {
      body.wrong("points", "must not be 0");
    }
    Origin origin =
        Origin.office(
            body.readable("operator", Text.OPERATOR_LENGTH_MAX),
            body.readable("reason", Text.REASON_LENGTH_MAX));
    String account = body.account("currency");
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Adjust command = Adjust.of(member, input.key(), origin, account, points);
    Outcomes.reply(ctx, ledger.submit(command), 201, EntryJson::adjustment);
  }
}
