package points.gateway.rating;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.web.QueryParameters;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.rating.Rating;
import points.ledger.rating.RatingSearch;

/** Reads the query of a list of ratings. */
final class RatingQuery {

  static final String[] PARAMETERS = {
    "storeId", "orderId", "memberId", "stars", "hidden", "from", "to", "cursor", "limit"
  };

  private static final Map<String, Integer> STARS =
      IntStream.rangeClosed(Rating.STARS_MIN, Rating.STARS_MAX)
          .boxed()
          .collect(Collectors.toUnmodifiableMap(String::valueOf, it -> it));

  private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);

  private RatingQuery() {}

  /** Returns the search that a caller asks for: within its stores, when it names none. */
  static RatingSearch of(QueryParameters query, Credential caller) {
    String storeId = id(query, "storeId");
    long after = query.numberPosition(0);
    var search =
        new RatingSearch(
            storeId == null ? caller.stores() : Set.of(storeId),
            id(query, "orderId"),
            id(query, "memberId"),
            query.oneOf("stars", STARS),
            query.oneOf("hidden", FLAGS),
            query.time("from"),
            query.time("to"),
            query.get("cursor") == null ? null : Long.valueOf(after));
    if (search.from() != null && search.to() != null && !search.from().isBefore(search.to())) {
      query.wrong("to", FieldFault.AFTER_FROM);
    }
    return search;
  }

  private static @Nullable String id(QueryParameters query, String name) {
    String value = query.get(name);
    if (value != null && !Formats.isId(value)) {
      query.wrong(name, FieldFault.NO_ID);
    }
    return value;
  }
}
