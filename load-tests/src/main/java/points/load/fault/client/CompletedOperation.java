package points.load.fault.client;

import io.vertx.core.json.JsonObject;
import points.load.fault.history.Operation;

/**
 * Something that was done, to be asked for again or to be followed by something.
 *
 * @param key under which it was done
 * @param id how the gateway named what it did
 */
record CompletedOperation(Operation operation, String key, String id) {
  /** Whose entry it is. */
  String memberId() {
    return id.substring(0, Math.max(0, id.lastIndexOf('-')));
  }

  static CompletedOperation of(Operation operation, String key, String answer) {
    JsonObject body = new JsonObject(answer);
    String name = operation instanceof Operation.Hold ? "holdId" : "transactionId";
    return new CompletedOperation(operation, key, body.getString(name, ""));
  }
}
