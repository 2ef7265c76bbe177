package points.load.fault.client;

import io.vertx.core.json.JsonObject;
import points.load.fault.history.Wish;

/**
 * Something that was done, to be asked for again or to be followed by something.
 *
 * @param key under which it was done
 * @param id how the gateway named what it did
 */
record Settled(Wish wish, String key, String id) {
  /** Whose entry it is. */
  String memberId() {
    return id.substring(0, Math.max(0, id.lastIndexOf('-')));
  }

  static Settled of(Wish wish, String key, String answer) {
    JsonObject body = new JsonObject(answer);
    String name = wish instanceof Wish.Hold ? "holdId" : "transactionId";
    return new Settled(wish, key, body.getString(name, ""));
  }
}
