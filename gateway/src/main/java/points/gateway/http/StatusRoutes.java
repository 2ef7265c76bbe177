package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Command.ChangeStatus;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.Status;

/** {@code /v1/members/{memberId}/freeze} and {@code /unfreeze}. */
final class StatusRoutes {

  private final Ledger ledger;

  StatusRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.post(
        "/v1/members/:memberId/freeze", Permission.RUN_PROGRAM, ctx -> change(ctx, Status.FROZEN));
    api.post(
        "/v1/members/:memberId/unfreeze",
        Permission.RUN_PROGRAM,
        ctx -> change(ctx, Status.ACTIVE));
  }

  /** The entry names the API key as its operator: it is all that is known of who asked. */
  private void change(RoutingContext ctx, Status wanted) {
    Input input = Input.ofWrite(ctx);
    String reason = input.body().readable("reason", Text.REASON_LENGTH_MAX);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Credential caller = Guard.caller(ctx);
    MemberKey member = Guard.member(ctx);
    if (member == null) {
      Reply.memberNotFound(ctx);
      return;
    }
    Origin origin = Origin.office(caller.keyId(), reason);
    ChangeStatus command = ChangeStatus.of(member, input.key(), origin, wanted);
    Outcomes.reply(ctx, ledger.submit(command), 200, EntryJson::statusChange);
  }
}
