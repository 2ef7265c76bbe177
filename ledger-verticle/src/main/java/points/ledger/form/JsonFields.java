package points.ledger.form;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;

/**
 * The fields of a JSON object, each read once and checked. Errors are collected by JSON pointer.
 *
 * <p>A wrong field reads as some value, which is never used: {@link #isWrong} is asked first.
 * Whether it was wrong is never read off its value, because callers can send any value.
 */
public final class JsonFields {

  private final JsonObject json;
  private final String pointer;
  private final FieldErrors errors;
  private final Set<String> taken = new HashSet<>();

  public JsonFields(JsonObject json, String pointer, FieldErrors errors) {
    this.json = json;
    this.pointer = pointer;
    this.errors = errors;
  }

  public String id(String name) {
    return require(name, optionalId(name));
  }

  /** Returns an id that may be left out; null when it is. */
  public @Nullable String optionalId(String name) {
    String text = text(name);
    if (text != null && !Formats.isId(text)) {
      wrong(name, FieldFault.ID_FORM);
    }
    return text;
  }

  /** Returns the name of an account; the first point currency when it is left out. */
  public String account(String name) {
    return json.containsKey(name) ? code(name) : Accounts.POINTS;
  }

  /** The name of a currency. */
  public String code(String name) {
    return known(name, Formats::isCode, FieldFault.ACCOUNT_CODE);
  }

  public String readable(String name, int lengthMax) {
    return require(name, optionalReadable(name, lengthMax));
  }

  public @Nullable String optionalReadable(String name, int lengthMax) {
    String text = text(name);
    if (text != null && !Formats.isReadable(text, lengthMax)) {
      wrong(name, FieldFault.READABLE, lengthMax);
    }
    return text;
  }

  public @Nullable String optionalIdentifier(String name) {
    String text = text(name);
    if (text != null && !Formats.isVisibleAscii(text, Formats.ID_LENGTH_MAX)) {
      wrong(name, FieldFault.VISIBLE_ASCII, Formats.ID_LENGTH_MAX);
    }
    return text;
  }

  /**
   * Returns a string that must be one of the known ones.
   *
   * @param otherwise the error for any other string
   * @param values those that the error names
   */
  public String known(
      String name, Predicate<String> isKnown, FieldFault otherwise, Object... values) {
    String text = text(name);
    if (text != null && !isKnown.test(text)) {
      wrong(name, otherwise, values);
    }
    return require(name, text);
  }

  /** Returns the value that a string stands for; any other string is an error. */
  public <T> @Nullable T oneOf(String name, Map<String, T> values) {
    String text = text(name);
    T value = text == null ? null : values.get(text);
    if (!json.containsKey(name)) {
      wrong(name, FieldFault.REQUIRED);
    } else if (text != null && value == null) {
      wrong(name, FieldFault.ONE_OF, String.join(", ", values.keySet().stream().sorted().toList()));
    }
    return value;
  }

  public long integer(String name, long min, long max) {
    Object value = take(name);
    if (value == null) {
      wrong(name, json.containsKey(name) ? FieldFault.NOT_NULL : FieldFault.REQUIRED);
      return 0;
    }
    boolean whole = value instanceof Integer || value instanceof Long;
    long number = whole ? ((Number) value).longValue() : 0;
    if (!whole || number < min || number > max) {
      wrong(name, FieldFault.WHOLE_NUMBER, min, max);
    }
    return number;
  }

  /** Returns a number that may be left out; null when it is. */
  public @Nullable Long optionalInteger(String name, long min, long max) {
    return json.containsKey(name) ? Long.valueOf(integer(name, min, max)) : null;
  }

  public boolean flag(String name) {
    Object value = take(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    wrong(name, value == null && !json.containsKey(name) ? FieldFault.REQUIRED : FieldFault.FLAG);
    return false;
  }

  /** Returns a time of RFC 3339, with seconds and offset, cut to the ledger's microseconds. */
  public Instant time(String name, Instant min, Instant max) {
    Instant time = optionalTime(name, min, max);
    if (time == null && !json.containsKey(name)) {
      wrong(name, FieldFault.REQUIRED);
    }
    return time == null ? min : time;
  }

  /** Returns such a time, or null when it is left out or wrong. */
  public @Nullable Instant optionalTime(String name, Instant min, Instant max) {
    String text = text(name);
    Instant time = text == null ? null : Formats.time(text);
    boolean usable = time != null && !time.isBefore(min) && !time.isAfter(max);
    if (text != null && !usable) {
      wrong(name, FieldFault.TIME_RANGE, min, max);
    }
    return usable ? time : null;
  }

  public JsonFields object(String name) {
    Object value = take(name);
    if (value instanceof JsonObject object) {
      return new JsonFields(object, pointer + "/" + name, errors);
    }
    wrong(name, json.containsKey(name) ? FieldFault.OBJECT : FieldFault.REQUIRED);
    return new JsonFields(new JsonObject(), pointer + "/" + name, new FieldErrors());
  }

  /** Returns an object that may be left out; null when it is. */
  public @Nullable JsonFields optionalObject(String name) {
    return json.containsKey(name) ? object(name) : null;
  }

  /** Returns an object that may be left out or be null. */
  public @Nullable JsonFields objectOrNull(String name) {
    return isNull(name) ? null : optionalObject(name);
  }

  /** Returns the objects of an array; none when it is absent. */
  public List<JsonFields> objects(String name, int sizeMax) {
    Object value = take(name);
    if (value == null && !json.containsKey(name)) {
      return List.of();
    }
    if (!(value instanceof JsonArray array) || array.size() > sizeMax) {
      wrong(name, FieldFault.OBJECTS, sizeMax);
      return List.of();
    }
    var objects = new ArrayList<JsonFields>(array.size());
    for (int i = 0; i < array.size() && !errors.isFull(); i++) {
      String at = pointer + "/" + name + "/" + i;
      if (array.getValue(i) instanceof JsonObject object) {
        objects.add(new JsonFields(object, at, errors));
      } else {
        errors.add(at, FieldFault.OBJECT);
      }
    }
    return objects;
  }

  /** Returns the ids of an array, none of them twice. */
  public List<String> ids(String name, int sizeMin, int sizeMax) {
    return StringArray.IDS.read(take(name), at(name), sizeMin, sizeMax, errors);
  }

  /** Returns the texts for people of an array, none of them twice. */
  public List<String> texts(String name, int sizeMin, int sizeMax) {
    return StringArray.TEXTS.read(take(name), at(name), sizeMin, sizeMax, errors);
  }

  /** Returns the strings of an array, each one of the known ones, none of them twice. */
  public List<String> names(String name, Set<String> known) {
    int sizeMax = Math.max(1, known.size());
    return StringArray.of(known).read(take(name), at(name), 1, sizeMax, errors);
  }

  /** Returns whether the field is there and a string. */
  public boolean isText(String name) {
    return json.getValue(name) instanceof String;
  }

  /** Returns whether the field is an array without elements. */
  public boolean isEmptyArray(String name) {
    return json.getValue(name) instanceof JsonArray array && array.isEmpty();
  }

  /** The names of all fields that are there. */
  public Set<String> names() {
    return json.fieldNames();
  }

  public boolean has(String name) {
    return json.containsKey(name);
  }

  /** Returns whether the field is there and null, which some fields allow; it counts as read. */
  public boolean isNull(String name) {
    boolean isNull = json.containsKey(name) && json.getValue(name) == null;
    if (isNull) {
      taken.add(name);
    }
    return isNull;
  }

  /** Adds an error at a field, for a rule that only the caller of this method knows. */
  public void wrong(String name, FieldFault fault, Object... values) {
    errors.add(at(name), fault, values);
  }

  private String at(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** Returns whether an error was found so far, so that checks that build on it can be left out. */
  public boolean isWrong() {
    return !errors.isEmpty();
  }

  /** Reports each field that was not read as one that must not be there. */
  public void end() {
    if (taken.size() == json.size()) {
      return;
    }
    for (String name : json.fieldNames()) {
      if (errors.isFull()) {
        return;
      }
      if (taken.add(name)) {
        wrong(Formats.printable(name, Formats.UNKNOWN_LENGTH_MAX), FieldFault.UNKNOWN_FIELD);
      }
    }
  }

  private String require(String name, @Nullable String text) {
    if (text == null && !json.containsKey(name)) {
      wrong(name, FieldFault.REQUIRED);
    }
    return text == null ? "" : text;
  }

  private @Nullable String text(String name) {
    Object value = take(name);
    if (value instanceof String text) {
      return text;
    }
    if (json.containsKey(name)) {
      wrong(name, FieldFault.TEXT);
    }
    return null;
  }

  private @Nullable Object take(String name) {
    if (json.containsKey(name)) {
      taken.add(name);
    }
    return json.getValue(name);
  }
}
