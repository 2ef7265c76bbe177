package points.gateway.command;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.json.TransferJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** {@code merge} and {@code close} of {@code /v1/members/{memberId}}: the two ends of a member. */
public final class MemberEndRoutes {

  private final Ledger ledger;

  public MemberEndRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public void mount(ApiRouter api) {
    api.post("/v1/members/:memberId/merge", Permission.END_MEMBERS, this::merge);
    api.post("/v1/members/:memberId/close", Permission.END_MEMBERS, this::close);
  }

  private void merge(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String into = input.body().id("into");
    Origin origin = origin(input);
    MemberKey member = Authentication.member(ctx);
    if (member != null && member.memberId().equals(into)) {
      input.body().wrong("into", FieldFault.OTHER_MEMBER);
    }
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
    } else if (member == null) {
      Responses.memberNotFound(ctx);
    } else {
      Merge command = Merge.of(member, input.key(), origin, into);
      OutcomeMapping.reply(ctx, ledger.submit(command), 201, TransferJson::merge);
    }
  }

  private void close(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    Origin origin = origin(input);
    MemberKey member = Authentication.member(ctx);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
    } else if (member == null) {
      Responses.memberNotFound(ctx);
    } else {
      Close command = Close.of(member, input.key(), origin);
      OutcomeMapping.reply(ctx, ledger.submit(command), 201, TransferJson::closing);
    }
  }

  private static Origin origin(JsonRequest input) {
    JsonFields body = input.body();
    return Origin.office(
            body.readable("operator", Formats.OPERATOR_LENGTH_MAX),
            body.readable("reason", Formats.REASON_LENGTH_MAX))
        .sentBy(input.actor());
  }
}
