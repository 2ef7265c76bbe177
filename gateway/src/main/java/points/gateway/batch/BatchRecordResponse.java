package points.gateway.batch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.ledger.form.Formats;

/** Builds the answer to one record of a batch, which is a line of JSON. */
final class BatchRecordResponse {

  private final long number;
  private final String requestId;
  private @Nullable String key;

  BatchRecordResponse(long number, String requestId) {
    this.number = number;
    this.requestId = requestId;
  }

  /**
   * Repeats the key of the record if it could be a key; other text may be anything, of any length.
   */
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
    Formats.putUnlessNull(json, "key", key);
    json.put("replayed", done.replayed());
    Formats.putUnlessNull(json, "undone", done.undoneLabel());
    return json.put("body", done.body()).toBuffer().appendByte((byte) '\n');
  }

  /**
   * Returns the last line of a batch that was not read to its end.
   *
   * @param number the number of the first record that was not read
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
