package points.gateway.batch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import points.gateway.web.CallResult;
import points.gateway.web.Formats;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;

/** The answer to a line of a batch in the making: a line as well. */
final class BatchRecordResponse {

  private final long number;
  private final String requestId;
  private @Nullable String key;

  BatchRecordResponse(long number, String requestId) {
    this.number = number;
    this.requestId = requestId;
  }

  /** A key that may be one is given back; another might be anything, and of any length. */
  void key(@Nullable String given) {
    key = given != null && JsonRequest.isKey(given) ? given : null;
  }

  Buffer of(CallResult result) {
    if (result instanceof CallResult.Success done) {
      return line(done);
    }
    Problem problem = ((CallResult.Failure) result).problem();
    return line(new CallResult.Success(problem.status(), false, problem.toJson(requestId)));
  }

  private Buffer line(CallResult.Success done) {
    var json = new JsonObject().put("line", number).put("status", done.status());
    Formats.putIfThere(json, "key", key);
    json.put("replayed", done.replayed());
    Formats.putIfThere(json, "undone", done.undoneLabel());
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
