package points.gateway.rating;

import io.vertx.core.json.JsonObject;
import points.ledger.form.Formats;
import points.ledger.rating.Rating;

/** Ratings as callers see them. */
final class RatingJson {

  private RatingJson() {}

  static JsonObject of(Rating rating) {
    var json =
        new JsonObject()
            .put("ratingId", id(rating))
            .put("storeId", rating.storeId())
            .put("orderId", rating.orderId())
            .put("memberId", rating.memberId())
            .put("stars", rating.stars());
    Formats.putUnlessNull(json, "text", rating.text());
    json.put("givenAt", rating.givenAt().toString())
        .put("changedAt", rating.changedAt().toString())
        .put("changeableUntil", rating.changeableUntil().toString())
        .put("hidden", rating.hidden() != null);
    if (rating.hidden() != null) {
      json.put("hiddenAt", rating.hidden().at().toString())
          .put("hiddenReason", rating.hidden().reason());
    }
    return json;
  }

  static String id(Rating rating) {
    return Long.toString(rating.ratingId());
  }
}
