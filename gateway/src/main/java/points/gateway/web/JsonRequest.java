package points.gateway.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.web.Problem.Code;
import points.ledger.form.FieldErrors;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Actor;

/** The headers and the body of a call, with the errors found in them. */
public final class JsonRequest {

  private static final CharSequence KEY = HttpHeaders.createOptimized("Idempotency-Key");
  private static final int KEY_LENGTH_MAX = 255;

  private static final String OPTIONAL = "optionalBody";

  private final String key;
  private final JsonFields body;
  private final FieldErrors errors = new FieldErrors();
  private final @Nullable Problem problem;
  private final @Nullable Actor actor;

  private JsonRequest(
      String key, JsonObject json, @Nullable Problem problem, @Nullable Actor actor) {
    this.key = key;
    this.actor = actor;
    this.body = new JsonFields(json, "", errors);
    this.problem = problem;
  }

  /** Reads a call that changes something, and so needs an idempotency key. */
  public static JsonRequest ofWrite(RoutingContext ctx) {
    List<String> keys = ctx.request().headers().getAll(KEY);
    String key =
        keys.isEmpty() ? null : String.join(" ", keys); // two keys together are not a valid one
    Problem wrong = wrongKey(key, "Idempotency-Key");
    return wrong == null
        ? read(ctx, Authentication.caller(ctx).requestKey(String.valueOf(key)), "application/json")
        : failed(wrong);
  }

  /**
   * Reads a record of a batch.
   *
   * @param actor the sender of the batch
   * @param body the body of the call that the record stands for
   */
  public static JsonRequest ofRecord(
      Credential caller, Actor actor, @Nullable String key, JsonObject body) {
    Problem wrong = wrongKey(key, "key");
    return wrong == null
        ? new JsonRequest(caller.requestKey(String.valueOf(key)), body, null, actor)
        : failed(wrong);
  }

  /**
   * Reads a stored call again, under a key that was valid then or that the gateway made.
   *
   * @param actor the caller that has it carried out now
   */
  public static JsonRequest ofStored(String key, JsonObject body, Actor actor) {
    return new JsonRequest(key, body, null, actor);
  }

  private static @Nullable Problem wrongKey(@Nullable String key, String name) {
    if (key == null) {
      return Problem.of(
          Code.IDEMPOTENCY_KEY_MISSING,
          "Send %s: a new one for every request, the same for its retries.".formatted(name));
    }
    return isKey(key)
        ? null
        : Problem.of(
            Code.IDEMPOTENCY_KEY_INVALID, name + " must be 1 to 255 visible ASCII characters.");
  }

  public static boolean isKey(String text) {
    return Formats.isVisibleAscii(text, KEY_LENGTH_MAX);
  }

  /** Reads a call that may be repeated without an idempotency key. */
  public static JsonRequest ofBody(RoutingContext ctx) {
    return read(ctx, "", "application/json");
  }

  /** Reads a JSON merge patch (RFC 7386), which may also be called plain JSON. */
  public static JsonRequest ofPatch(RoutingContext ctx) {
    return read(ctx, "", "application/merge-patch+json");
  }

  /** Lets the call come without a body, as if all its fields were left out. */
  static void allowEmptyBody(RoutingContext ctx) {
    ctx.put(OPTIONAL, true);
    ctx.next();
  }

  private static JsonRequest read(RoutingContext ctx, String key, String mediaType) {
    Buffer bytes = Bodies.of(ctx);
    if (bytes.length() == 0 && ctx.get(OPTIONAL) != null) {
      return new JsonRequest(key, new JsonObject(), null, Authentication.actor(ctx));
    }
    HttpServerRequest request = ctx.request();
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return failed(
          Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding."));
    }
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (given == null || !isOneOf(given, mediaType)) {
      return failed(
          Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json."));
    }
    try {
      JsonObject json = StrictJson.object(bytes);
      return json == null
          ? failed(Problem.of(Code.INVALID_JSON, "The body must be a JSON object."))
          : new JsonRequest(key, json, null, Authentication.actor(ctx));
    } catch (DecodeException e) {
      return failed(
          Problem.of(
              Code.INVALID_JSON,
              "The body cannot be read as JSON: UTF-8, each name of an object once."));
    }
  }

  private static boolean isOneOf(String given, String mediaType) {
    String type = typeOf(given);
    return type.equals("application/json") || type.equals(mediaType);
  }

  /** Returns a media type without its parameters. */
  public static String typeOf(String given) {
    int end = given.indexOf(';');
    return (end < 0 ? given : given.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static JsonRequest failed(Problem problem) {
    return new JsonRequest("", new JsonObject(), problem, null);
  }

  /** Returns the body as it was sent; it is UTF-8 when it could be read. */
  public static String textOf(RoutingContext ctx) {
    return Bodies.of(ctx).toString(StandardCharsets.UTF_8);
  }

  /** Returns the problem by which headers or body cannot be read; null when they can. */
  public @Nullable Problem unreadable() {
    return problem;
  }

  /** Returns the idempotency key, in the space of the caller's store or program. */
  public String key() {
    return key;
  }

  /** Returns the caller that sent it; null when the headers or the body cannot be read. */
  public @Nullable Actor actor() {
    return actor;
  }

  public JsonFields body() {
    return body;
  }

  /** Returns whether the input cannot be used. To be asked when all fields were read. */
  public boolean isWrong() {
    if (problem == null) {
      body.end();
    }
    return problem != null || !errors.isEmpty();
  }

  /** Returns the problem that lists the errors. */
  public Problem problem() {
    if (problem != null) {
      return problem;
    }
    return Problem.of(Code.INVALID_REQUEST, errors, pointer -> pointer);
  }
}
