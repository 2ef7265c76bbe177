package points.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.gateway.http.Problem.Code;
import points.gateway.http.Problem.FieldError;
import points.ledger.domain.Accounts;

/** The parameters of a query, and what is wrong with them. */
final class Query {

  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;
  private static final String BAD_CURSOR = "must be the nextCursor of a page before";

  private static final Duration DAYS_DEFAULT = Duration.ofDays(30);
  private static final Pattern DAYS =
      Pattern.compile("P([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])D");

  private final MultiMap parameters;
  private final List<FieldError> errors = new ArrayList<>(0);

  private Query(MultiMap parameters) {
    this.parameters = parameters;
  }

  /**
   * Lets a call through whose query has nothing else.
   *
   * @param names all parameters that it may have, each at most once
   */
  static Handler<RoutingContext> only(Set<String> names) {
    return ctx -> {
      Query query = of(ctx);
      for (String name : query.parameters.names()) {
        if (!names.contains(name)) {
          query.wrong(name, "is not a parameter of this call");
        } else if (query.parameters.getAll(name).size() > 1) {
          query.wrong(name, "must be given once");
        }
      }
      if (query.isWrong()) {
        Reply.problem(ctx, query.problem());
      } else {
        ctx.next();
      }
    };
  }

  static Query of(RoutingContext ctx) {
    return new Query(ctx.queryParams());
  }

  @Nullable String get(String name) {
    return parameters.get(name);
  }

  /** The value of a parameter that must be there and be an id. */
  String id(String name) {
    String value = parameters.get(name);
    if (value == null || !Text.isId(value)) {
      wrong(name, value == null ? "is required" : "is not an id");
    }
    return value == null ? "" : value;
  }

  /** The name of an account; the first point currency when there is none. */
  String account(String name) {
    String value = parameters.get(name);
    if (value != null && !Text.isCode(value)) {
      wrong(name, "must be " + Text.CODE);
    }
    return value == null ? Accounts.POINTS : value;
  }

  /** A time that is not in the future, cut to microseconds; null when none is given. */
  @Nullable Instant past(String name, Instant now) {
    String value = parameters.get(name);
    if (value == null) {
      return null;
    }
    Instant time = Fields.parse(value);
    if (time == null || time.isAfter(now)) {
      wrong(
          name,
          "must be an RFC 3339 time with offset, such as 2026-11-22T10:00:00Z, not after "
              + now
              + "; a + in it is written %2B");
    }
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }

  /** A number of days, P1D to P366D; 30 when not asked for. */
  Duration days(String name) {
    String value = parameters.get(name);
    if (value == null) {
      return DAYS_DEFAULT;
    }
    if (!DAYS.matcher(value).matches()) {
      wrong(name, "must be P1D to P366D");
      return DAYS_DEFAULT;
    }
    return Duration.parse(value);
  }

  /** How many items a page is to have. */
  int limit() {
    String value = parameters.get("limit");
    if (value == null) {
      return LIMIT_DEFAULT;
    }
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= LIMIT_MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    wrong("limit", "must be a whole number from 1 to " + LIMIT_MAX);
    return LIMIT_DEFAULT;
  }

  /** Where the page begins, in a list by id: after this one; empty at the beginning. */
  String idPosition() {
    String position = position();
    if (position == null) {
      return "";
    }
    if (!Text.isId(position)) {
      wrong("cursor", BAD_CURSOR);
    }
    return position;
  }

  /** Where the page begins, in a list by number. */
  long numberPosition(long beginning) {
    String position = position();
    if (position == null) {
      return beginning;
    }
    try {
      return Long.parseLong(position);
    } catch (NumberFormatException e) {
      wrong("cursor", BAD_CURSOR);
      return beginning;
    }
  }

  /** What {@link #cursor(String)} was made of; null when there is no cursor. */
  private @Nullable String position() {
    String cursor = parameters.get("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // no position is empty
    }
  }

  static String cursor(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  void wrong(String name, String message) {
    errors.add(new FieldError("/" + name, message));
  }

  boolean isWrong() {
    return !errors.isEmpty();
  }

  Problem problem() {
    FieldError first = errors.get(0);
    return new Problem(
        Code.INVALID_QUERY,
        first.pointer().substring(1) + " " + first.message() + ".",
        List.copyOf(errors),
        new JsonObject());
  }
}
