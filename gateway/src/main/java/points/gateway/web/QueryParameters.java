package points.gateway.web;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.gateway.web.Problem.Code;
import points.ledger.account.Accounts;
import points.ledger.form.FieldErrors;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;

/** The parameters of a query, with the errors found in them. */
public final class QueryParameters {

  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");
  private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  private static final Duration DAYS_DEFAULT = Duration.ofDays(30);
  private static final Pattern DAYS =
      Pattern.compile("P([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])D");

  private final MultiMap parameters;
  private final FieldErrors errors = new FieldErrors();

  private QueryParameters(MultiMap parameters) {
    this.parameters = parameters;
  }

  /**
   * Returns a handler that refuses queries with other parameters.
   *
   * @param names all parameters that the query may have, each at most once
   */
  static Handler<RoutingContext> only(Set<String> names) {
    return ctx -> {
      QueryParameters query = of(ctx);
      for (String name : query.parameters.names()) {
        if (query.errors.isFull()) {
          break;
        } else if (!names.contains(name)) {
          query.wrong(Formats.unknown(name), FieldFault.UNKNOWN_PARAMETER);
        } else if (query.parameters.getAll(name).size() > 1) {
          query.wrong(name, FieldFault.GIVEN_TWICE);
        }
      }
      if (query.isWrong()) {
        Responses.problem(ctx, query.problem());
      } else {
        ctx.next();
      }
    };
  }

  public static QueryParameters of(RoutingContext ctx) {
    return new QueryParameters(ctx.queryParams());
  }

  public @Nullable String get(String name) {
    return parameters.get(name);
  }

  /** Returns the value of a parameter that must be there and be an id. */
  public String id(String name) {
    String value = parameters.get(name);
    if (value == null || !Formats.isId(value)) {
      wrong(name, value == null ? FieldFault.REQUIRED : FieldFault.NO_ID);
    }
    return value == null ? "" : value;
  }

  /** Returns the name of an account; the first point currency when there is none. */
  public String account(String name) {
    String value = parameters.get(name);
    if (value != null && !Formats.isCode(value)) {
      wrong(name, FieldFault.ACCOUNT_CODE);
    }
    return value == null ? Accounts.POINTS : value;
  }

  /** Returns a time that is not in the future, cut to microseconds; null when none is given. */
  public @Nullable Instant past(String name, Instant now) {
    String value = parameters.get(name);
    if (value == null) {
      return null;
    }
    Instant time = Formats.time(value);
    if (time == null || time.isAfter(now)) {
      wrong(name, FieldFault.TIME_PAST, now);
    }
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns a time, cut to microseconds; null when none is given, or it is wrong. */
  public @Nullable Instant time(String name) {
    String value = parameters.get(name);
    Instant time = value == null ? null : Formats.time(value);
    if (value != null && time == null) {
      wrong(name, FieldFault.TIME);
    }
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns a number of days, P1D to P366D; 30 when the query has none. */
  public Duration days(String name) {
    String value = parameters.get(name);
    if (value == null) {
      return DAYS_DEFAULT;
    }
    if (!DAYS.matcher(value).matches()) {
      wrong(name, FieldFault.DAYS);
      return DAYS_DEFAULT;
    }
    return Duration.parse(value);
  }

  /** Returns the number of items that a page is to have. */
  public int limit() {
    String value = parameters.get("limit");
    if (value == null) {
      return LIMIT_DEFAULT;
    }
    int limit = LIMIT.matcher(value).matches() ? Integer.parseInt(value) : 0;
    if (limit >= 1 && limit <= LIMIT_MAX) {
      return limit;
    }
    wrong("limit", FieldFault.NUMBER_RANGE, 1, LIMIT_MAX);
    return LIMIT_DEFAULT;
  }

  /** Returns the id after which the page begins; empty at the beginning of the list. */
  public String idPosition() {
    String position = position();
    if (position == null) {
      return "";
    }
    if (!Formats.isId(position)) {
      wrong("cursor", FieldFault.CURSOR);
    }
    return position;
  }

  /** Returns the number at which the page begins, in a list by number. */
  public long numberPosition(long beginning) {
    String position = position();
    if (position == null) {
      return beginning;
    }
    try {
      if (NUMBER.matcher(position).matches()) {
        return Long.parseLong(position);
      }
    } catch (NumberFormatException e) {
      // more digits than a long has: refused below
    }
    wrong("cursor", FieldFault.CURSOR);
    return beginning;
  }

  /** Returns the entry after which the page begins; null at the beginning of the list. */
  public @Nullable TransactionId entryPosition(String programId) {
    return position(it -> TransactionId.of(programId, it));
  }

  /**
   * Returns what the page begins after; null at the beginning of the list.
   *
   * @param parse gives null for a position that is none of the list
   */
  public <T> @Nullable T position(Function<String, @Nullable T> parse) {
    String position = position();
    T parsed = position == null ? null : parse.apply(position);
    if (position != null && parsed == null) {
      wrong("cursor", FieldFault.CURSOR);
    }
    return parsed;
  }

  /** Decodes the cursor into its position; null when there is no cursor, or it is wrong. */
  private @Nullable String position() {
    String cursor = parameters.get("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      String position = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (cursor.equals(cursor(position)) && !position.isEmpty()) {
        return position;
      }
    } catch (IllegalArgumentException e) {
      // refused below
    }
    wrong("cursor", FieldFault.CURSOR);
    return null;
  }

  public static String cursor(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the value of this name; null when the parameter is left out. */
  public <T> @Nullable T oneOf(String name, Map<String, T> values) {
    String given = get(name);
    T value = given == null ? null : values.get(given);
    if (given != null && value == null) {
      wrong(name, FieldFault.ONE_OF, String.join(", ", values.keySet().stream().sorted().toList()));
    }
    return value;
  }

  public void wrong(String name, FieldFault fault, Object... values) {
    errors.add("/" + name, fault, values);
  }

  public boolean isWrong() {
    return !errors.isEmpty();
  }

  public Problem problem() {
    return Problem.of(Code.INVALID_QUERY, errors, pointer -> pointer.substring(1));
  }
}
