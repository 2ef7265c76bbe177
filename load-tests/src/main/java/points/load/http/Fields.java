package points.load.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads an answer as strictly as the API promises it.
 *
 * <p>A number with a fraction, a text where a number belongs or a field that is missing is an
 * {@link UnexpectedAnswerException}, never a guess.
 */
public final class Fields {
  private final JsonObject json;

  /**
   * @param json the object to read
   */
  public Fields(JsonObject json) {
    this.json = json;
  }

  /** An integer of 64 bits. */
  public long integer(String name) {
    Object value = json.getValue(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw wrong(name, "an integer");
  }

  /** A text. */
  public String text(String name) {
    if (json.getValue(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a text");
  }

  /** A text that may be absent. */
  public Optional<String> optionalText(String name) {
    return json.getValue(name) == null ? Optional.empty() : Optional.of(text(name));
  }

  /** An integer that may be absent. */
  public Optional<Long> optionalInteger(String name) {
    return json.getValue(name) == null ? Optional.empty() : Optional.of(integer(name));
  }

  /** A boolean. */
  public boolean flag(String name) {
    if (json.getValue(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  /** An RFC 3339 time. */
  public Instant instant(String name) {
    try {
      return OffsetDateTime.parse(text(name)).toInstant();
    } catch (DateTimeException e) {
      throw wrong(name, "an RFC 3339 time");
    }
  }

  /** An RFC 3339 time that may be null or absent. */
  public Optional<Instant> optionalInstant(String name) {
    return json.getValue(name) == null ? Optional.empty() : Optional.of(instant(name));
  }

  /** An object. */
  public Fields object(String name) {
    if (json.getValue(name) instanceof JsonObject object) {
      return new Fields(object);
    }
    throw wrong(name, "an object");
  }

  /** An object that may be absent. */
  public Optional<Fields> optionalObject(String name) {
    return json.getValue(name) == null ? Optional.empty() : Optional.of(object(name));
  }

  /** A list of objects. */
  public List<Fields> list(String name) {
    if (!(json.getValue(name) instanceof JsonArray array)) {
      throw wrong(name, "a list");
    }
    return array.stream().map(item -> element(name, item)).toList();
  }

  /** A list of objects that may be absent, which is the same as empty. */
  public List<Fields> optionalList(String name) {
    return json.getValue(name) == null ? List.of() : list(name);
  }

  /** The object as it came. */
  public JsonObject asIs() {
    return json;
  }

  /** All that it has, of which each is a text. */
  public Map<String, String> texts() {
    return json.fieldNames().stream().collect(Collectors.toMap(name -> name, this::text));
  }

  private Fields element(String name, Object item) {
    if (item instanceof JsonObject object) {
      return new Fields(object);
    }
    throw wrong(name, "a list of objects");
  }

  private UnexpectedAnswerException wrong(String name, String expected) {
    return new UnexpectedAnswerException(
        "\"%s\" should be %s but is %s".formatted(name, expected, json.getValue(name)));
  }
}
