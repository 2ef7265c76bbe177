package points.gateway.event;

import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.web.Authentication;
import points.gateway.web.QueryParameters;
import points.ledger.feed.FeedCursor;
import points.ledger.feed.FeedItem;
import points.ledger.form.FieldFault;
import points.ledger.model.Detail;

/**
 * The events that a caller asks for.
 *
 * @param after the place after which they begin; null when they begin at a time
 * @param since the time at which they begin; null when the query has none
 * @param types empty when the caller wants all
 * @param patience the longest wait for an event when there is none
 */
record EventQuery(
    Credential caller,
    @Nullable FeedCursor after,
    @Nullable Instant since,
    int limit,
    Set<String> types,
    Duration patience) {

  static final String[] PARAMETERS = {"after", "since", "limit", "types", "wait"};
  private static final Pattern WAIT = Pattern.compile("PT([0-9]|[1-5][0-9]|60)S");
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** Reads a query; what is wrong with it is in the parameters. */
  static EventQuery of(RoutingContext ctx, QueryParameters parameters) {
    FeedCursor after = cursor(parameters, "after", parameters.get("after"));
    Instant since = parameters.time("since");
    if (after != null && since != null) {
      parameters.wrong("since", FieldFault.SINCE_OR_AFTER);
    }
    String wait = parameters.get("wait");
    if (wait != null && !WAIT.matcher(wait).matches()) {
      parameters.wrong("wait", FieldFault.WAIT);
      wait = null;
    }
    return new EventQuery(
        Authentication.caller(ctx),
        after,
        since,
        parameters.limit(),
        types(parameters),
        wait == null ? Duration.ZERO : Duration.parse(wait));
  }

  /**
   * Returns the query from the event on that the caller of a stream has had last, if it says so.
   */
  EventQuery resumed(RoutingContext ctx, QueryParameters parameters) {
    String last = ctx.request().getHeader(LAST_EVENT_ID);
    return last == null || last.isEmpty()
        ? this
        : new EventQuery(
            caller, cursor(parameters, LAST_EVENT_ID, last), null, limit, types, patience);
  }

  private static Set<String> types(QueryParameters parameters) {
    String value = parameters.get("types");
    if (value == null) {
      return Set.of();
    }
    Set<String> types = Arrays.stream(value.split(",", -1)).collect(Collectors.toSet());
    if (!EventType.ALL.containsAll(types)) {
      parameters.wrong("types", FieldFault.EVENT_TYPES);
    }
    return types;
  }

  private static @Nullable FeedCursor cursor(
      QueryParameters parameters, String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    FeedCursor cursor = null;
    try {
      var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      cursor = FeedCursor.parse(decoded);
    } catch (IllegalArgumentException e) {
      // refused below
    }
    if (cursor == null || !text.equals(text(cursor))) {
      parameters.wrong(name, FieldFault.EVENT_CURSOR);
      return null;
    }
    return cursor;
  }

  static String text(FeedCursor cursor) {
    return QueryParameters.cursor(cursor.toString());
  }

  /** Returns whether some events are left out. */
  boolean selects() {
    return !types.isEmpty() || caller.stores() != null;
  }

  /** Returns whether the caller may see an event, and asked for its type. */
  boolean selects(FeedItem item) {
    return (types.isEmpty() || types.contains(EventType.of(item))) && maySee(item);
  }

  private boolean maySee(FeedItem item) {
    if (caller.stores() == null) {
      return true;
    } else if (item instanceof FeedItem.OfEntry it) {
      return caller.actsFor(it.entry().origin().storeId())
          || (it.entry().detail() instanceof Detail.Refunded refunded
              && refunded.storeId() != null
              && caller.actsFor(refunded.storeId()));
    }
    var change = (FeedItem.OfChange) item;
    return change.type().startsWith("store.") && caller.actsFor(change.subject());
  }
}
