package points.load.fault.client;

import io.vertx.core.json.JsonObject;
import points.load.fault.history.Operation;

/**
 * An operation that was done. It may be sent again, or others may follow from it.
 *
 * @param id the name of its transaction; empty when it has none
 */
record CompletedOperation(Operation operation, String key, String id) {
  /** The member whose entry it is. */
  String memberId() {
    return id.substring(0, Math.max(0, id.lastIndexOf('-')));
  }

  static CompletedOperation of(Operation operation, String key, String answer) {
    JsonObject body = new JsonObject(answer);
    String name = operation instanceof Operation.Hold ? "holdId" : "transactionId";
    return new CompletedOperation(operation, key, body.getString(name, ""));
  }
}
