package points.load.http;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The answer of the gateway to one call.
 *
 * @param call method and path, for messages
 * @param status the HTTP status
 * @param body the JSON object answered; empty when the body was none
 * @param replayed whether {@code Idempotent-Replayed: true} came with it
 * @param retryAfter the pause that {@code Retry-After} asks for, in seconds; zero without one
 */
public record Answer(
    String call, int status, JsonObject body, boolean replayed, Duration retryAfter) {

  /** Returns whether the call succeeded, now or before. */
  public boolean done() {
    return status >= 200 && status < 300;
  }

  /** The problem's code; empty when there is none. */
  public String code() {
    return body.getValue("code") instanceof String code ? code : "";
  }

  /** Refused for now and certainly not applied (429, 503), or in doubt (504 and its like). */
  boolean worthRepeating() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /**
   * The body of a call that succeeded.
   *
   * @throws UnexpectedAnswerException when it did not
   */
  public JsonObject required() {
    if (!done()) {
      throw new UnexpectedAnswerException(toString());
    }
    return body;
  }

  /** One line: the call, the status, the problem's code and detail. */
  @Override
  public String toString() {
    String detail = body.getValue("detail") instanceof String text ? ": " + text : "";
    String code = code().isEmpty() ? "" : " " + code();
    return call + " was answered " + status + code + detail;
  }
}
