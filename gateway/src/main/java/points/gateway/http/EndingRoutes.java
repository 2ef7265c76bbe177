package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** How members end: {@code merge} and {@code close} of {@code /v1/members/{memberId}}. */
final class EndingRoutes {

  private final Ledger ledger;
  private final Receivers receivers;

  EndingRoutes(Ledger ledger) {
    this.ledger = ledger;
    this.receivers = new Receivers(ledger);
  }

  void mount(Api api) {
    api.post("/v1/members/:memberId/merge", Permission.RUN_PROGRAM, this::merge);
    api.post("/v1/members/:memberId/close", Permission.RUN_PROGRAM, this::close);
  }

  private void merge(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    String into = input.body().id("into");
    Origin origin = origin(input.body());
    MemberKey member = Guard.member(ctx);
    if (member != null && member.memberId().equals(into)) {
      input.body().wrong("into", "must be another member");
    }
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
    } else if (member == null) {
      Reply.memberNotFound(ctx);
    } else {
      Merge command = Merge.of(member, input.key(), origin, into);
      var target = new MemberKey(member.programId(), into);
      Firsts.reply(ctx, ledger, command, () -> receivers.check(target, true), MovedJson::merge);
    }
  }

  private void close(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Origin origin = origin(input.body());
    MemberKey member = Guard.member(ctx);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
    } else if (member == null) {
      Reply.memberNotFound(ctx);
    } else {
      Close command = Close.of(member, input.key(), origin);
      Outcomes.reply(ctx, ledger.submit(command), 201, MovedJson::closing);
    }
  }

  private static Origin origin(Fields body) {
    return Origin.office(
        body.readable("operator", Text.OPERATOR_LENGTH_MAX),
        body.readable("reason", Text.REASON_LENGTH_MAX));
  }
}
