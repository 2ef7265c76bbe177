package points.ledger.store.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.form.JsonText;
import points.ledger.model.EarnedLine;
import points.ledger.model.Line;

/** The lines of an order as the ledger keeps them: a JSON array that SQL can read too. */
public final class LinesJson {

  private LinesJson() {}

  public static @Nullable String write(List<EarnedLine> lines) {
    if (lines.isEmpty()) {
      return null;
    }
    var json = new JsonText(100 * lines.size()).beginArray();
    lines.forEach(it -> write(json, it));
    return json.endArray().toString();
  }

  private static void write(JsonText json, EarnedLine earned) {
    Line line = earned.line();
    json.beginObject().field("lineId").value(line.lineId());
    json.field("productId").value(line.productId());
    if (line.category() != null) {
      json.field("category").value(line.category());
    }
    if (line.marginClass() != null) {
      json.field("marginClass").value(line.marginClass());
    }
    if (!line.tags().isEmpty()) {
      json.field("tags").beginArray();
      line.tags().stream().sorted().forEach(json::value);
      json.endArray();
    }
    json.field("quantity").value(line.quantity());
    json.field("amount").value(line.amount());
    json.field("points").value(earned.points()).endObject();
  }

  public static List<EarnedLine> read(@Nullable JsonArray array) {
    if (array == null) {
      return List.of();
    }
    var lines = new ArrayList<EarnedLine>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonObject object = array.getJsonObject(i);
      var line =
          new Line(
              object.getString("lineId"),
              object.getString("productId"),
              object.getString("category"),
              object.getLong("quantity"),
              object.getLong("amount"),
              object.getString("marginClass"),
              tags(object.getJsonArray("tags")));
      lines.add(new EarnedLine(line, object.getLong("points")));
    }
    return List.copyOf(lines);
  }

  private static Set<String> tags(@Nullable JsonArray tags) {
    return tags == null
        ? Set.of()
        : tags.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
  }
}
