package points.gateway.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * An answer that is a problem document (RFC 9457).
 *
 * @param detail text for people about this one occurrence
 * @param errors the errors by field; none where no field is to blame
 * @param extra members beside the standard ones
 */
public record Problem(Code code, String detail, List<FieldError> errors, JsonObject extra) {

  /** An error of a field, which is named by JSON pointer (RFC 6901). */
  public record FieldError(String pointer, String message) {}

  /** Every problem that the gateway answers with; in lower case its name is its {@code code}. */
  public enum Code {
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
    HOLD_NOT_FOUND(404, "No such hold"),
    PENDING_NOT_FOUND(404, "Nothing pending of this name"),
    ORDER_NOT_FOUND(404, "No such order"),
    PARKED_REFUND_NOT_FOUND(404, "No such refund was parked"),
    REVIEW_NOT_FOUND(404, "No such review"),
    POOL_NOT_FOUND(404, "No such pool"),
    METHOD_NOT_ALLOWED(405, "This address has no such method"),
    REQUEST_TIMEOUT(408, "The body did not arrive in time", true),
    INSUFFICIENT_POINTS(409, "The member has fewer points"),
    MEMBER_FROZEN(409, "The member is frozen"),
    ALREADY_FROZEN(409, "The member is frozen already"),
    NOT_FROZEN(409, "The member is not frozen"),
    ORDER_ALREADY_PROCESSED(409, "The order was processed before, with another content"),
    BALANCE_LIMIT_EXCEEDED(409, "The balance would pass its limit"),
    INSUFFICIENT_STORED_VALUE(409, "The member has less stored value"),
    MEMBER_CLOSED(409, "The member has left the program"),
    MEMBER_MERGED(409, "The member goes on as another"),
    MEMBER_HAS_HOLDS(409, "Something of the member is still held"),
    TOO_MUCH_SET_ASIDE(409, "The member has too many holds and pending accruals"),
    HOLD_ALREADY_CAPTURED(409, "The hold was captured before"),
    HOLD_ALREADY_RELEASED(409, "The hold was released before"),
    HOLD_EXPIRED(409, "The hold has run out"),
    CAPTURE_EXCEEDS_HOLD(409, "Less is held"),
    PENDING_ALREADY_ENDED(409, "It is not pending any more"),
    ORDER_MISMATCH(409, "The order is another than the one that is meant"),
    REFUND_STORE_NOT_ALLOWED(409, "The program lets only the store that sold take back"),
    REFUND_NOT_WAITING(409, "The refund waits for its sale no longer"),
    ORDER_OF_SEVERAL_MEMBERS(409, "Several members take part in the order"),
    ORDER_ALREADY_REFUNDED(409, "Nothing of the order is left"),
    ORDER_TOO_LONG(409, "The order has too many entries"),
    REFUND_EXCEEDS_ORDER(409, "Less of the order is left"),
    REFUND_NOT_BY_POINTS(409, "The order comes back by its money"),
    NOT_REVERSIBLE(409, "The entry cannot be reversed"),
    NOT_MOVABLE(409, "The sale cannot go to another member"),
    ALREADY_REVERSED(409, "The entry was reversed before"),
    NO_EXCHANGE_RATE(409, "The program does not exchange these"),
    EXCHANGE_NOT_WHOLE(409, "Only whole multiples are exchanged"),
    NOT_IN_POOL(409, "The member does not share this pool"),
    POOL_FULL(409, "The pool has as many members as it may"),
    CURRENCY_IN_USE(409, "Members may have points of this currency"),
    HISTORY_TOO_LONG(409, "The member has too many entries"),
    MEMBER_EXISTS(409, "There is such a member already"),
    STORE_EXISTS(409, "There is such a store already"),
    PROGRAM_EXISTS(409, "There is such a program already"),
    REVIEW_ALREADY_DECIDED(409, "The review was decided before"),
    IDENTIFIER_TAKEN(409, "Another member has this identifier"),
    LAST_OPERATOR_KEY(409, "The last operator's key cannot be revoked"),
    BODY_TOO_LARGE(413, "The body is too large"),
    LINE_TOO_LONG(413, "The line is too long"),
    TOO_MANY_LINES(413, "The batch has too many lines"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of another media type"),
    EXPECTATION_FAILED(417, "What the header Expect asks for cannot be done"),
    INVALID_REQUEST(422, "The request is not valid"),
    UNKNOWN_STORE(422, "No such store"),
    UNKNOWN_LINE(422, "The order has no such line"),
    UNKNOWN_CURRENCY(422, "The program has no such currency"),
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

    public int status() {
      return status;
    }

    public boolean isRetryable() {
      return retryable;
    }

    /**
     * Returns the code of a refusal that was stored by its kind.
     *
     * @param kind the name of a {@link points.ledger.command.Refusal.Kind}
     */
    public static Code ofRefusal(String kind) {
      return switch (kind) {
        case "LINE_NOT_FOUND" -> UNKNOWN_LINE;
        case "KEY_REUSED" -> IDEMPOTENCY_KEY_REUSED;
        default -> valueOf(kind); // all other reasons for refusing a refund
      };
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Problem of(Code code, String detail) {
    return new Problem(code, detail, List.of(), new JsonObject());
  }

  public static Problem at(Code code, String pointer, String message) {
    return new Problem(code, message, List.of(new FieldError(pointer, message)), new JsonObject());
  }

  public Problem with(String member, Object value) {
    return new Problem(code, detail, errors, extra.copy().put(member, value));
  }

  public int status() {
    return code.status;
  }

  public JsonObject toJson(String requestId) {
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
