package points.ledger.rating;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import points.ledger.feed.FeedEvents;

/** Writes changes of ratings to the feed, without their words: those are the member's. */
final class RatingEvents {

  private RatingEvents() {}

  /**
   * Writes a change, in the transaction that makes it.
   *
   * @param type such as {@code rating.given}
   */
  static Future<Rating> write(SqlClient transaction, String programId, String type, Rating rating) {
    JsonObject data =
        new JsonObject()
            .put("ratingId", Long.toString(rating.ratingId()))
            .put("storeId", rating.storeId())
            .put("orderId", rating.orderId())
            .put("memberId", rating.memberId())
            .put("stars", rating.stars())
            .put("hidden", rating.hidden() != null);
    return FeedEvents.write(transaction, programId, type, Long.toString(rating.ratingId()), data)
        .map(rating);
  }
}
