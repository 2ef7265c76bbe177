package points.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** Lists as callers see them. */
final class Page {

  private Page() {}

  /**
   * A page of a longer list.
   *
   * @param found the items of the page and, if there are more, at least one of the next
   * @param limit how many the page has at most
   * @param position what a page after this item begins with
   */
  static <T> JsonObject of(
      List<T> found, int limit, Function<T, JsonObject> json, Function<T, String> position) {
    boolean hasMore = found.size() > limit;
    var items = new JsonArray();
    found.stream().limit(limit).map(json).forEach(items::add);
    String next = hasMore ? Query.cursor(position.apply(found.get(limit - 1))) : null;
    return new JsonObject().put("items", items).put("hasMore", hasMore).put("nextCursor", next);
  }

  /** A list that is never longer than a page. */
  static <T> JsonObject whole(List<T> found, Function<T, JsonObject> json) {
    return of(found, Math.max(1, found.size()), json, item -> "");
  }
}
