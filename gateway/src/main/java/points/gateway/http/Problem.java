package points.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * An answer that is a problem document (RFC 9457).
 *
 * @param detail for people, of this one occurrence
 * @param errors what is wrong with which field; none where no field is to blame
 * @param extra members beside the standard ones
 */
record Problem(Code code, String detail, List<FieldError> errors, JsonObject extra) {

  /** What is wrong with a field, by JSON pointer (RFC 6901). */
  record FieldError(String pointer, String message) {}

  /** Every problem there is: its name is its {@code code} in lower case. */
  enum Code {
    MALFORMED_REQUEST(400, "The request is not HTTP"),
    INVALID_JSON(400, "The body is not JSON"),
    INVALID_QUERY(400, "The query is not understood"),
    IDEMPOTENCY_KEY_MISSING(400, "The header Idempotency-Key is missing"),
    IDEMPOTENCY_KEY_INVALID(400, "The header Idempotency-Key is not valid"),
    UNAUTHORIZED(401, "No valid API key"),
    FORBIDDEN(403, "This API key may not do this"),
    STORE_OUT_OF_SCOPE(403, "This API key is bound to another store"),
    NOT_FOUND(404, "Nothing is here"),
    MEMBER_NOT_FOUND(404, "No such member"),
    TRANSACTION_NOT_FOUND(404, "No such transaction"),
    METHOD_NOT_ALLOWED(405, "This address has no such method"),
    REQUEST_TIMEOUT(408, "The body did not arrive in time", true),
    INSUFFICIENT_POINTS(409, "The member has fewer points"),
    MEMBER_FROZEN(409, "The member is frozen"),
    ALREADY_FROZEN(409, "The member is frozen already"),
    NOT_FROZEN(409, "The member is not frozen"),
    ORDER_ALREADY_PROCESSED(409, "The order was processed before, with another content"),
    BALANCE_LIMIT_EXCEEDED(409, "The balance would pass its limit"),
    MEMBER_EXISTS(409, "There is such a member already"),
    STORE_EXISTS(409, "There is such a store already"),
    PROGRAM_EXISTS(409, "There is such a program already"),
    IDENTIFIER_TAKEN(409, "Another member has this identifier"),
    LAST_OPERATOR_KEY(409, "The last operator's key cannot be revoked"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
    INVALID_REQUEST(422, "The request is not valid"),
    UNKNOWN_STORE(422, "No such store"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key stands for another request"),
    TOO_MANY_REQUESTS(429, "Too many requests at once", true),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "A fault of ours", true),
    OVERLOADED(503, "More work waits than can be done in time", true),
    LEDGER_UNAVAILABLE(503, "The ledger is not available", true),
    DEADLINE_EXCEEDED(504, "No answer in time", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    Code(int status, String title) {
      this(status, title, false);
    }

    Code(int status, String title, boolean retryable) {
      this.status = status;
      this.title = title;
      this.retryable = retryable;
    }

    int status() {
      return status;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Problem of(Code code, String detail) {
    return new Problem(code, detail, List.of(), new JsonObject());
  }

  static Problem at(Code code, String pointer, String message) {
    return new Problem(code, message, List.of(new FieldError(pointer, message)), new JsonObject());
  }

  Problem with(String member, Object value) {
    return new Problem(code, detail, errors, extra.copy().put(member, value));
  }

  int status() {
    return code.status;
  }

  JsonObject toJson(String requestId) {
    var json =
        new JsonObject()
            .put("type", "urn:points:problem:" + code.label())
            .put("title", code.title)
            .put("status", code.status)
            .put("detail", detail)
            .put("code", code.label())
            .put("requestId", requestId)
            .put("retryable", code.retryable);
    if (!errors.isEmpty()) {
      var array = new JsonArray();
      for (FieldError error : errors) {
        array.add(new JsonObject().put("pointer", error.pointer()).put("message", error.message()));
      }
      json.put("errors", array);
    }
    return json.mergeIn(extra);
  }
}
