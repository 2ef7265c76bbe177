package points.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Undone;

/** The answer to a line of a batch in the making: a line as well. */
final class LineAnswer {

  private final long number;
  private final String requestId;
  private @Nullable String key;

  LineAnswer(long number, String requestId) {
    this.number = number;
    this.requestId = requestId;
  }

  /** A key that may be one is given back; another might be anything, and of any length. */
  void key(@Nullable String given) {
    key = given != null && Input.isKey(given) ? given : null;
  }

  Buffer of(Told told) {
    if (told instanceof Told.Done done) {
      return line(done);
    }
    Problem problem = ((Told.Not) told).problem();
    return line(new Told.Done(problem.status(), false, problem.toJson(requestId)));
  }

  private Buffer line(Told.Done done) {
    var json = new JsonObject().put("line", number).put("status", done.status());
    EntryJson.putIfThere(json, "key", key);
    json.put("replayed", done.replayed());
    Undone undone = done.undone();
    EntryJson.putIfThere(json, "undone", undone == null ? null : UndoneJson.label(undone));
    return json.put("body", done.body()).toBuffer().appendByte((byte) '\n');
  }

  /**
   * The last line of a batch that does not get to its end.
   *
   * @param number of the first line that was not taken
   */
  static Buffer last(long number, String requestId, Problem problem) {
    return new JsonObject()
        .put("line", number)
        .put("status", problem.status())
        .put("last", true)
        .put("body", problem.toJson(requestId))
        .toBuffer()
        .appendByte((byte) '\n');
  }
}
