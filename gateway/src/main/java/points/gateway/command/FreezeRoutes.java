package points.gateway.command;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.ledger.Ledger;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.form.Formats;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Status;

/** {@code /v1/members/{memberId}/freeze} and {@code /unfreeze}. */
public final class FreezeRoutes {

  private final Ledger ledger;

  public FreezeRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public void mount(ApiRouter api) {
    mount(api, "/v1/members/:memberId/freeze", Status.FROZEN);
    mount(api, "/v1/members/:memberId/unfreeze", Status.ACTIVE);
  }

  private void mount(ApiRouter api, String path, Status wanted) {
    api.post(
        path,
        Permission.FREEZE,
        ctx ->
            WriteCall.answerOnMember(
                ctx, (caller, member, input) -> change(caller, member, input, wanted)));
  }

  /** As a line of a batch. */
  public WriteCall change(Status wanted) {
    return WriteCall.onMember(
        Permission.FREEZE, (caller, member, input) -> change(caller, member, input, wanted));
  }

  /** The entry names the API key as its operator: it is all that is known of who asked. */
  private ParsedCall change(Credential caller, MemberKey member, JsonRequest input, Status wanted) {
    String reason = input.body().readable("reason", Formats.REASON_LENGTH_MAX);
    Origin origin = Origin.office(caller.id(), reason).sentBy(input.actor());
    ChangeStatus command = ChangeStatus.of(member, input.key(), origin, wanted);
    return ParsedCall.of(
        command, () -> OutcomeMapping.result(ledger.submit(command), 200, EntryJson::statusChange));
  }
}
