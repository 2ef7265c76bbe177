package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.Optional;
import java.util.TreeSet;
import points.gateway.access.Role;
import points.ledger.feed.FeedEvents;

/** The events of accounts in the feed: roles, stores and whether an account is active, no name. */
final class StaffEvents {

  private StaffEvents() {}

  /** Writes an event about an account, if there is one, and returns it. */
  static Future<Optional<StaffMember>> write(
      SqlClient transaction, String type, Optional<StaffMember> changed) {
    if (changed.isEmpty()) {
      return Future.succeededFuture(changed);
    }
    StaffMember staff = changed.get();
    var roles = new JsonArray();
    staff.roles().stream().sorted().map(Role::label).forEach(roles::add);
    var data = new JsonObject().put("roles", roles);
    if (staff.stores() != null) {
      var stores = new JsonArray();
      new TreeSet<>(staff.stores()).forEach(stores::add);
      data.put("stores", stores);
    }
    data.put("active", staff.active());
    return FeedEvents.write(transaction, staff.programId(), type, staff.staffId(), data)
        .map(changed);
  }
}
