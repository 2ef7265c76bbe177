package points.gateway.http;

import io.vertx.core.json.JsonObject;

/** JSON with values in it that are written as they are, whatever they are. */
final class AsWritten {

  private AsWritten() {}

  /** Puts a value; an empty one leaves the field out. */
  static JsonObject put(JsonObject json, String field, String value) {
    if (value.isEmpty()) {
      json.remove(field);
      return json;
    }
    return json.put(field, "@" + value + "@");
  }

  static String encode(JsonObject json) {
    return json.encode().replaceAll("\"@(.*)@\"", "$1").replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
