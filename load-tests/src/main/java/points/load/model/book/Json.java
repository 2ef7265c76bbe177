package points.load.model.book;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.load.model.Fraction;

/** Reads fields of documents. */
final class Json {
  private Json() {}

  /**
   * Makes sure that no rule is overlooked.
   *
   * @param known the names of fields, with spaces between them
   */
  static void only(JsonObject json, String known) {
    Set<String> names = Set.of(known.split(" "));
    for (String name : json.fieldNames()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "the model of rule books does not know \"" + name + "\"");
      }
    }
  }

  static List<JsonObject> objects(JsonObject json, String field) {
    return json.getJsonArray(field, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }

  static Set<String> strings(JsonObject json, String field) {
    return json.getJsonArray(field, new JsonArray()).stream()
        .map(String.class::cast)
        .collect(Collectors.toSet());
  }

  static @Nullable Fraction decimal(JsonObject json, String field) {
    String text = json.getString(field);
    return text == null ? null : Fraction.of(text);
  }
}
