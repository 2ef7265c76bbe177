package points.gateway.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.gateway.web.Problem.Code;
import points.ledger.form.FieldErrors;
import points.ledger.form.JsonFields;

/**
 * The lines of a body of NDJSON, each read by itself. A line that is wrong has a problem, and the
 * others count all the same.
 *
 * @param problem of the body as a whole; null when it has none
 */
public record JsonLines<T>(List<Line<T>> lines, @Nullable Problem problem) {

  /** The media type, and one for clients that would write a body of a JSON type as a string. */
  private static final Set<String> TYPES = Set.of("application/x-ndjson", "text/plain");

  /**
   * A line that is not blank.
   *
   * @param number the number of the line, from 1; blank lines count
   * @param value null when the line is wrong
   * @param problem null when it is right
   */
  public record Line<T>(long number, @Nullable T value, @Nullable Problem problem) {

    /** Returns the same line as one that is wrong. */
    public Line<T> wrong(Problem why) {
      return new Line<>(number, null, why);
    }
  }

  /**
   * Reads the body of a request.
   *
   * @param linesMax greatest number of lines that are not blank
   * @param reader reads a line; its value counts unless it has noted an error
   */
  public static <T> JsonLines<T> read(
      RoutingContext ctx, int linesMax, Function<JsonFields, T> reader) {
    String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !TYPES.contains(JsonRequest.typeOf(type))) {
      return failed(
          Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/x-ndjson."));
    }
    Buffer body = Bodies.of(ctx);
    var lines = new ArrayList<Line<T>>();
    int start = 0;
    for (long number = 1; start < body.length(); number++) {
      int end = endOfLine(body, start);
      Buffer text = body.slice(start, end);
      start = end + 1;
      if (text.toString().isBlank()) {
        continue;
      }
      if (lines.size() == linesMax) {
        return failed(
            Problem.of(
                Code.TOO_MANY_LINES,
                "A request has at most %d lines. Nothing was applied.".formatted(linesMax)));
      }
      lines.add(line(number, text, reader));
    }
    return new JsonLines<>(List.copyOf(lines), null);
  }

  private static <T> JsonLines<T> failed(Problem problem) {
    return new JsonLines<>(List.of(), problem);
  }

  private static int endOfLine(Buffer body, int from) {
    int at = from;
    while (at < body.length() && body.getByte(at) != '\n') {
      at++;
    }
    return at;
  }

  private static <T> Line<T> line(long number, Buffer text, Function<JsonFields, T> reader) {
    JsonObject json = parse(text);
    if (json == null) {
      return new Line<>(
          number,
          null,
          Problem.of(Code.INVALID_JSON, "The line must be a JSON object: UTF-8, each name once."));
    }
    var errors = new FieldErrors();
    var fields = new JsonFields(json, "", errors);
    T value = reader.apply(fields);
    fields.end();
    return errors.isEmpty()
        ? new Line<>(number, value, null)
        : new Line<>(number, null, Problem.of(Code.INVALID_REQUEST, errors, pointer -> pointer));
  }

  private static @Nullable JsonObject parse(Buffer text) {
    try {
      return StrictJson.object(text);
    } catch (DecodeException e) {
      return null;
    }
  }
}
