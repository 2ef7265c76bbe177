package points.gateway.http;

import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.Command.ChangeStatus;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Status;

/** {@code /v1/members/{memberId}/freeze} and {@code /unfreeze}. */
final class StatusRoutes {

  private final Ledger ledger;

  StatusRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    mount(api, "/v1/members/:memberId/freeze", Status.FROZEN);
    mount(api, "/v1/members/:memberId/unfreeze", Status.ACTIVE);
  }

  private void mount(Api api, String path, Status wanted) {
    api.post(
        path,
        Permission.RUN_PROGRAM,
        ctx ->
            Call.answerOnMember(
                ctx, (caller, member, input) -> change(caller, member, input, wanted)));
  }

  /** As a line of a batch. */
  Call change(Status wanted) {
    return Call.onMember(
        Permission.RUN_PROGRAM, (caller, member, input) -> change(caller, member, input, wanted));
  }

  /** The entry names the API key as its operator: it is all that is known of who asked. */
  private Intent change(Credential caller, MemberKey member, Input input, Status wanted) {
    String reason = input.body().readable("reason", Text.REASON_LENGTH_MAX);
    Origin origin = Origin.office(caller.keyId(), reason);
    ChangeStatus command = ChangeStatus.of(member, input.key(), origin, wanted);
    return Intent.of(
        command, () -> Outcomes.told(ledger.submit(command), 200, EntryJson::statusChange));
  }
}
