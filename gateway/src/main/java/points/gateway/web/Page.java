package points.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists in the form that callers see. */
public final class Page {

  /** Reads a part of a program's list that is in the order of ids. */
  public interface Reader<T> {

    /** Returns the items after an id, at most so many. */
    Future<List<T>> read(String programId, String after, int limit);
  }

  private Page() {}

  /** Answers a call for a list of the caller's program, which the caller follows page by page. */
  public static <T> void answer(
      RoutingContext ctx, Reader<T> list, Function<T, JsonObject> json, Function<T, String> id) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    String after = query.idPosition();
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    Responses.when(
        ctx,
        list.read(Authentication.caller(ctx).programId(), after, limit + 1),
        found -> Responses.json(ctx, 200, of(found, limit, json, id)));
  }

  /**
   * Returns a page of a longer list.
   *
   * @param found the items of the page and, if there are more, at least one of the next
   * @param limit the greatest number of items on the page
   * @param position the position after an item, from which the next page begins
   */
  public static <T> JsonObject of(
      List<T> found, int limit, Function<T, JsonObject> json, Function<T, String> position) {
    boolean hasMore = found.size() > limit;
    var items = new JsonArray();
    found.stream().limit(limit).map(json).forEach(items::add);
    return json(items, hasMore ? position.apply(found.get(limit - 1)) : null);
  }

  /**
   * Returns a part of a list, of whatever length it has.
   *
   * @param next the position from which the next page begins; null when there is none
   */
  public static <T> JsonObject part(
      List<T> found, Function<T, JsonObject> json, @Nullable String next) {
    var items = new JsonArray();
    found.stream().map(json).forEach(items::add);
    return json(items, next);
  }

  private static JsonObject json(JsonArray items, @Nullable String next) {
    return new JsonObject()
        .put("items", items)
        .put("hasMore", next != null)
        .put("nextCursor", next == null ? null : QueryParameters.cursor(next));
  }

  /** Returns a list that is never longer than a page. */
  public static <T> JsonObject whole(List<T> found, Function<T, JsonObject> json) {
    return of(found, Math.max(1, found.size()), json, item -> "");
  }
}
