package points.ledger.form;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON written from its first to its last character, for what is written with every order.
 *
 * <p>It makes the same text as {@link JsonObject#encode}, and needs no objects for what is written
 * piece by piece.
 */
public final class JsonText {

  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder text;

  /**
   * @param capacity the length that is expected
   */
  public JsonText(int capacity) {
    text = new StringBuilder(capacity);
  }

  /** Returns an object as text. */
  public static String of(JsonObject json) {
    return new JsonText(512).object(json.getMap()).toString();
  }

  public JsonText beginObject() {
    separate();
    text.append('{');
    return this;
  }

  public JsonText endObject() {
    text.append('}');
    return this;
  }

  public JsonText beginArray() {
    separate();
    text.append('[');
    return this;
  }

  public JsonText endArray() {
    text.append(']');
    return this;
  }

  /** Begins a field, whose value comes next. */
  public JsonText field(String name) {
    separate();
    quote(name);
    text.append(':');
    return this;
  }

  public JsonText value(String value) {
    separate();
    quote(value);
    return this;
  }

  public JsonText value(long value) {
    separate();
    text.append(value);
    return this;
  }

  public JsonText value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  /** Puts a comma before all but the first of an object or array, and before no field's value. */
  private void separate() {
    if (text.length() > 0) {
      char last = text.charAt(text.length() - 1);
      if (last != '{' && last != '[' && last != ':') {
        text.append(',');
      }
    }
  }

  private JsonText object(Map<String, ?> fields) {
    beginObject();
    fields.forEach((name, value) -> field(name).any(value));
    return endObject();
  }

  private JsonText array(List<?> values) {
    beginArray();
    values.forEach(this::any);
    return endArray();
  }

  private void any(@Nullable Object value) {
    if (value instanceof String it) {
      value(it);
    } else if (value instanceof Long it) {
      value(it.longValue());
    } else if (value instanceof Integer it) {
      value(it.longValue());
    } else if (value instanceof JsonObject it) {
      object(it.getMap());
    } else if (value instanceof JsonArray it) {
      array(it.getList());
    } else if (value instanceof Boolean it) {
      value(it.booleanValue());
    } else {
      separate();
      text.append(Json.encode(value));
    }
  }

  private void quote(String value) {
    text.append('"');
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        text.append(value, from, i);
        escape(c);
        from = i + 1;
      }
    }
    if (from == 0) {
      text.append(value);
    } else {
      text.append(value, from, value.length());
    }
    text.append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> text.append('\\').append(c);
      case '\b' -> text.append("\\b");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\f' -> text.append("\\f");
      case '\r' -> text.append("\\r");
      default -> text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
