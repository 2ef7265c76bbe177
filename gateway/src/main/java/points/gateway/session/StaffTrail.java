package points.gateway.session;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Optional;
import points.gateway.setup.ChangedFields;
import points.gateway.staff.StaffMember;
import points.gateway.web.Authentication;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.Recorder;
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

  /** Returns the fields of an account that head office sets. */
  private static JsonObject fields(StaffMember member) {
    JsonObject json = SessionJson.staff(member);
    List.of("staffId", "version", "createdAt", "updatedAt").forEach(json::remove);
    return json;
  }
}
