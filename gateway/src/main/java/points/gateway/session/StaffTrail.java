package points.gateway.session;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Optional;
import points.gateway.setup.ChangedFields;
import points.gateway.staff.FailureCount;
import points.gateway.staff.ProviderAccounts;
import points.gateway.staff.StaffMember;
import points.gateway.web.Authentication;
import points.gateway.web.RequestLifecycle;
import points.ledger.model.Actor;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.Recorder;
import points.ledger.trail.TrailAuthor;
import points.ledger.trail.TrailChange;

/** Changes of accounts in the audit trail, each in the transaction that makes it. */
final class StaffTrail {

  private StaffTrail() {}

  static Future<Optional<StaffMember>> created(
      RoutingContext ctx, SqlClient transaction, Optional<StaffMember> made) {
    if (made.isEmpty()) {
      return Future.succeededFuture(made);
    }
    TrailChange change = Authentication.change(ctx, "staff.create", "staff", made.get().staffId());
    return AuditTrail.append(transaction, change.with(null, fields(made.get()))).map(made);
  }

  static Recorder<StaffMember> changed(RoutingContext ctx, StaffMember member) {
    TrailChange change = Authentication.change(ctx, "staff.change", "staff", member.staffId());
    return (transaction, before, after) ->
        ChangedFields.of(fields(before), fields(after)).record(transaction, change);
  }

  /** Appends what was done with an account besides its fields. */
  static Future<Void> done(
      RoutingContext ctx, SqlClient transaction, String action, StaffMember member) {
    return AuditTrail.append(
        transaction, Authentication.change(ctx, action, "staff", member.staffId()));
  }

  /** Returns what a sign-in by the identity provider changes of the person's account. */
  static ProviderAccounts.Trail byProvider(RoutingContext ctx) {
    return (transaction, before, after) -> {
      String action = before == null ? "staff.create" : "staff.change";
      TrailChange change = ofPerson(ctx, after, action);
      return before == null
          ? AuditTrail.append(transaction, change.with(null, fields(after)))
          : ChangedFields.of(fields(before), fields(after)).record(transaction, change);
    };
  }

  /**
   * Returns a sign-in that has succeeded.
   *
   * @param method the way of signing in
   */
  static TrailChange opened(RoutingContext ctx, StaffMember member, String method) {
    return ofPerson(ctx, member, "session.open").with(null, new JsonObject().put("method", method));
  }

  /** Something that a person did to the own account, before there is a session. */
  private static TrailChange ofPerson(RoutingContext ctx, StaffMember member, String action) {
    var actor =
        new Actor(
            Actor.Kind.STAFF,
            member.staffId(),
            Authentication.address(ctx),
            RequestLifecycle.requestId(ctx));
    return new TrailChange(
        member.programId(),
        TrailAuthor.of(actor, member.name()),
        action,
        "staff",
        member.staffId(),
        null,
        null);
  }

  /** Says nothing of the name: people type passwords there by mistake. */
  static TrailChange failed(RoutingContext ctx, String programId, FailureCount count) {
    return new TrailChange(
        programId,
        TrailAuthor.stranger(Authentication.address(ctx), RequestLifecycle.requestId(ctx)),
        "session.fail",
        "program",
        programId,
        null,
        new JsonObject()
            .put("failures", count.ofAddress())
            .put("failuresOfProgram", count.ofProgram()));
  }

  /** Returns a sign-in by the identity provider that was refused, with the reason. */
  static TrailChange failed(
      RoutingContext ctx, String programId, FailureCount count, String reason) {
    TrailChange change = failed(ctx, programId, count);
    var after = new JsonObject().put("method", SessionJson.OIDC).put("reason", reason);
    return change.with(null, after.mergeIn(change.after()));
  }

  /** Returns the fields of an account that head office sets. */
  private static JsonObject fields(StaffMember member) {
    JsonObject json = SessionJson.staff(member);
    List.of("staffId", "version", "createdAt", "updatedAt").forEach(json::remove);
    return json;
  }
}
