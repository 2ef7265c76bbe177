package points.ledger.form;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * An error of a field, which is named by JSON pointer (RFC 6901).
 *
 * @param code the name of the fault; that of the problem where only it can be wrong so
 * @param message text for people
 * @param values those in the text, by name
 */
public record FieldError(String pointer, String code, String message, Map<String, String> values) {

  /** Returns the error of a fault. */
  public static FieldError of(String pointer, FieldFault fault, Object... values) {
    return new FieldError(pointer, fault.label(), fault.message(values), fault.named(values));
  }

  /** Returns the error as callers see it. */
  public JsonObject toJson() {
    var json = new JsonObject().put("pointer", pointer).put("code", code).put("message", message);
    return values.isEmpty() ? json : json.put("values", new JsonObject(Map.copyOf(values)));
  }
}
