package points.gateway.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import points.ledger.form.FieldError;
import points.ledger.form.FieldErrors;
import points.ledger.form.FieldFault;

/**
 * An answer that is a problem document (RFC 9457).
 *
 * @param detail text for people about this one occurrence
 * @param errors the errors by field; none where no field is to blame
 * @param extra members beside the standard ones
 */
public record Problem(ProblemCode code, String detail, List<FieldError> errors, JsonObject extra) {

  /**
   * A problem of fields.
   *
   * @param shown how the detail names the first field, from its pointer
   */
  static Problem of(Code code, FieldErrors errors, UnaryOperator<String> shown) {
    FieldError first = errors.all().get(0);
    String detail = shown.apply(first.pointer()) + " " + first.message() + ".";
    return new Problem(code, detail, errors.all(), new JsonObject());
  }

  /** The problems that the gateway finds itself; those of refusals are {@link RefusalProblem}. */
  public enum Code implements ProblemCode {
    MALFORMED_REQUEST(400, "The request is not HTTP"),
    INVALID_JSON(400, "The body is not JSON"),
    INVALID_QUERY(400, "The query is not understood"),
    IDEMPOTENCY_KEY_MISSING(400, "The header Idempotency-Key is missing"),
    IDEMPOTENCY_KEY_INVALID(400, "The header Idempotency-Key is not valid"),
    UNAUTHORIZED(401, "No valid API key or session"),
    SIGN_IN_FAILED(401, "Name, password or code are not right"),
    CODE_REQUIRED(401, "A code of the second factor is due"),
    FORBIDDEN(403, "This caller may not do this"),
    CSRF_TOKEN_INVALID(403, "The call does not come from a page of this gateway"),
    PASSWORD_CHANGE_REQUIRED(403, "The password has to be changed first"),
    STORE_OUT_OF_SCOPE(403, "The caller is bound to another store"),
    NOT_FOUND(404, "Nothing is here"),
    PARKED_REFUND_NOT_FOUND(404, "No such refund was parked"),
    REVIEW_NOT_FOUND(404, "No such review"),
    METHOD_NOT_ALLOWED(405, "This address has no such method"),
    REQUEST_TIMEOUT(408, "The body did not arrive in time", true),
    REFUND_NOT_WAITING(409, "The refund waits for its sale no longer"),
    POOL_FULL(409, "The pool has as many members as it may"),
    CURRENCY_IN_USE(409, "Members may have points of this currency"),
    HISTORY_TOO_LONG(409, "The member has too many entries"),
    MEMBER_EXISTS(409, "There is such a member already"),
    STORE_EXISTS(409, "There is such a store already"),
    PROGRAM_EXISTS(409, "There is such a program already"),
    TOO_MANY_PRODUCTS(409, "The program has as many products as it may"),
    RULE_BOOK_EXISTS(409, "There is such a rule book already"),
    RULE_BOOK_PUBLISHED(409, "The rule book was published"),
    RULE_BOOK_IN_FORCE(409, "A rule book is in force"),
    RULE_BOOK_NOT_PUBLISHABLE(409, "The rule book cannot be published as it is"),
    TOO_MANY_RULE_BOOKS(409, "As many rule books wait as may"),
    TOO_MANY_SIMULATIONS(409, "As many simulations wait as may"),
    SIMULATION_ENDED(409, "The simulation has ended"),
    PUBLICATION_FINAL(409, "The publication can no longer be withdrawn"),
    NO_EARLIER_RULE_BOOK(409, "No other rule book was in force before"),
    REVIEW_ALREADY_DECIDED(409, "The review was decided before"),
    SALE_REVERSED(409, "The sale was reversed"),
    RATED_BY_ANOTHER(409, "Another member has rated the order"),
    RATING_FINAL(409, "The rating can no longer be changed"),
    IDENTIFIER_TAKEN(409, "Another member has this identifier"),
    NO_PASSWORD(409, "The account has no password"),
    OWN_ACCOUNT(409, "The account is the caller's own"),
    SECOND_FACTOR_EXISTS(409, "The account has a second factor already"),
    SECOND_FACTOR_UNAVAILABLE(409, "This gateway keeps no second factors"),
    STAFF_EXISTS(409, "There is such an account already"),
    STAFF_CHANGED(409, "The account was changed meanwhile"),
    LAST_HEAD_OFFICE(409, "No account of head office would be left"),
    LAST_OPERATOR_KEY(409, "The last operator's key cannot be revoked"),
    CHANGED_MEANWHILE(412, "It was changed meanwhile"),
    BODY_TOO_LARGE(413, "The body is too large"),
    LINE_TOO_LONG(413, "The line is too long"),
    TOO_MANY_LINES(413, "The batch has too many lines"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of another media type"),
    EXPECTATION_FAILED(417, "What the header Expect asks for cannot be done"),
    INVALID_REQUEST(422, "The request is not valid"),
    UNKNOWN_STORE(422, "No such store"),
    TOO_MANY_REQUESTS(429, "Too many requests at once", true),
    TOO_MANY_ATTEMPTS(429, "Too many sign-ins have failed", true),
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

    @Override
    public int status() {
      return status;
    }

    @Override
    public String title() {
      return title;
    }

    @Override
    public boolean isRetryable() {
      return retryable;
    }
  }

  /**
   * Builds a problem from a value, such as a refusal of one type.
   *
   * @param when which values of the type it is for
   * @param pointer to the field that is to blame; null where none is
   * @param extra members beside the standard ones
   */
  public record Template<T>(
      Class<T> type,
      Predicate<T> when,
      @Nullable Function<T, String> pointer,
      Function<T, String> detail,
      Map<String, Function<T, Object>> extra) {

    public static <T> Template<T> of(Class<T> type) {
      return new Template<>(type, it -> true, null, String::valueOf, Map.of());
    }

    public Template<T> when(Predicate<T> only) {
      return new Template<>(type, only, pointer, detail, extra);
    }

    public Template<T> at(Function<T, String> field) {
      return new Template<>(type, when, field, detail, extra);
    }

    public Template<T> at(String field) {
      return at(it -> field);
    }

    public Template<T> says(Function<T, String> text) {
      return new Template<>(type, when, pointer, text, extra);
    }

    public Template<T> says(String text) {
      return says(it -> text);
    }

    public Template<T> with(String member, Function<T, Object> value) {
      return new Template<>(type, when, pointer, detail, Map.of(member, value));
    }

    boolean fits(Object thing) {
      return type.isInstance(thing) && when.test(type.cast(thing));
    }

    Problem problem(ProblemCode code, Object thing) {
      T it = type.cast(thing);
      Problem problem =
          pointer == null
              ? Problem.of(code, detail.apply(it))
              : Problem.at(code, pointer.apply(it), detail.apply(it));
      for (Map.Entry<String, Function<T, Object>> member : extra.entrySet()) {
        problem = problem.with(member.getKey(), member.getValue().apply(it));
      }
      return problem;
    }
  }

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, List.of(), new JsonObject());
  }

  /** Returns a problem that can have no other cause than this field. */
  public static Problem at(ProblemCode code, String pointer, String message) {
    var error = new FieldError(pointer, code.label(), message, Map.of());
    return new Problem(code, message, List.of(error), new JsonObject());
  }

  /** Returns a problem with a fault of one field. */
  public static Problem at(Code code, String pointer, FieldFault fault, Object... values) {
    var errors = new FieldErrors();
    errors.add(pointer, fault, values);
    return of(code, errors, shown -> shown);
  }

  /** Returns the problem of a request that is not valid because of one field. */
  public static Problem invalid(String pointer, FieldFault fault, Object... values) {
    return at(Code.INVALID_REQUEST, pointer, fault, values);
  }

  public Problem with(String member, Object value) {
    return new Problem(code, detail, errors, extra.copy().put(member, value));
  }

  public int status() {
    return code.status();
  }

  public JsonObject toJson(String requestId) {
    var json =
        new JsonObject()
            .put("type", "urn:points:problem:" + code.label())
            .put("title", code.title())
            .put("status", code.status())
            .put("detail", detail)
            .put("code", code.label())
            .put("requestId", requestId)
            .put("retryable", code.isRetryable());
    if (!errors.isEmpty()) {
      var array = new JsonArray();
      for (FieldError error : errors) {
        array.add(error.toJson());
      }
      json.put("errors", array);
    }
    return json.mergeIn(extra);
  }
}
