package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/**
 * The fields in which two versions of a thing differ.
 *
 * @param before the fields as they were; null for one that was not there
 */
public record ChangedFields(JsonObject before, JsonObject after) {

  /** Returns the fields in which two versions differ. */
  public static ChangedFields of(JsonObject before, JsonObject after) {
    var was = new JsonObject();
    var is = new JsonObject();
    Set<String> names = new LinkedHashSet<>(before.fieldNames());
    names.addAll(after.fieldNames());
    for (String name : names) {
      if (!Objects.equals(before.getValue(name), after.getValue(name))) {
        was.put(name, before.getValue(name));
        is.put(name, after.getValue(name));
      }
    }
    return new ChangedFields(was, is);
  }

  /** Returns the same fields without their values, which are personal. */
  ChangedFields masked() {
    return new ChangedFields(masked(before), masked(after));
  }

  private static JsonObject masked(JsonObject values) {
    var masked = new JsonObject();
    values.forEach(field -> masked.put(field.getKey(), field.getValue() == null ? null : "***"));
    return masked;
  }

  /** Appends the change, in the transaction that makes it, unless nothing has changed. */
  public Future<Void> record(SqlClient transaction, TrailChange change) {
    return before.isEmpty()
        ? Future.succeededFuture()
        : AuditTrail.append(transaction, change.with(before, after));
  }
}
