package points.ledger.book.diff;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The differences between two rule books.
 *
 * <p>Rules are compared by their id, wherever they stand; lists of names are compared as sets; a
 * field that is left out is equal to one with its default. Documents are those that {@code
 * RuleBookReader} accepts.
 *
 * @param changes the first {@value #CHANGES_MAX}, in the order of the documents
 * @param total how many there are
 */
public record BookDiff(List<Change> changes, int total) {

  public static final int CHANGES_MAX = 1_000;

  /**
   * Compares two documents.
   *
   * @param money the currency of their amounts
   */
  public static BookDiff between(JsonObject from, JsonObject to, Currency money) {
    var comparison = new Comparison(new Sentences(new ValueWords(money)));
    comparison.objects(Place.TOP, Place.TOP, without(from), without(to));
    return new BookDiff(comparison.changes(), comparison.total());
  }

  /** The id is the book's own, and differs for each. */
  private static JsonObject without(JsonObject document) {
    JsonObject copy = new JsonObject(new LinkedHashMap<>(document.getMap()));
    copy.remove("ruleBookId");
    return copy;
  }

  /** An element of a list, as JSON has it. */
  @SuppressWarnings("unchecked")
  static Object json(Object element) {
    if (element instanceof Map<?, ?> map) {
      return new JsonObject((Map<String, Object>) map);
    }
    return element instanceof List<?> list ? new JsonArray(list) : element;
  }
}
