package points.gateway.figure;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.gateway.web.Formats;
import points.ledger.figure.Figure;
import points.ledger.figure.FigurePlace;
import points.ledger.figure.FigureQuery;
import points.ledger.figure.FigureQuery.By;
import points.ledger.model.Origin.Channel;
import points.ledger.rules.Program;

/** Figures as callers see them. */
final class FigureJson {

  /**
   * The parts of an answer.
   *
   * @param total the sums of all groups, also of those that are left out
   * @param served members served, by the keys of the groups that have them
   * @param servedInAll members served in the whole time, each once a day
   * @param place how far the figures were
   */
  record Answer(
      Program program,
      FigureQuery query,
      List<Figure> figures,
      Figure total,
      Map<String, Long> served,
      long servedInAll,
      FigurePlace place) {}

  private FigureJson() {}

  static JsonObject of(Answer answer, Instant now) {
    By by = answer.query().by();
    var items = new JsonArray();
    for (Figure figure : answer.figures()) {
      JsonObject item = group(figure, by);
      Long served =
          by == By.STORE || by == By.DAY ? answer.served().getOrDefault(figure.key(), 0L) : null;
      items.add(sums(item, figure, served));
    }
    var json =
        new JsonObject()
            .put("by", by.name().toLowerCase(Locale.ROOT))
            .put("from", answer.query().from().toString())
            .put("to", answer.query().to().toString())
            .put("timeZone", answer.program().timeZone().getId())
            .put("currency", answer.program().currency());
    put(json, answer.place());
    return json.put(
            "lagSeconds", Math.max(0, Duration.between(answer.place().asOf(), now).toSeconds()))
        .put("items", items)
        .put("totals", sums(new JsonObject(), answer.total(), answer.servedInAll()));
  }

  /** Puts how far the figures are, and that they are made again, if they are. */
  static void put(JsonObject json, FigurePlace place) {
    json.put("asOf", place.asOf().toString());
    Formats.putUnlessNull(json, "rebuildingSince", text(place.rebuildingSince()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static JsonObject group(Figure figure, By by) {
    var json = new JsonObject();
    String key = figure.key().isEmpty() ? null : figure.key();
    switch (by) {
      case STORE -> json.put("storeId", key);
      case DAY -> json.put("day", key);
      case HOUR -> json.put("hour", String.valueOf(figure.hour()));
      case CHANNEL -> json.put("channel", key == null ? null : Formats.label(Channel.valueOf(key)));
      case TERMINAL -> json.put("storeId", figure.storeId()).put("terminalId", key);
      case CASHIER -> json.put("cashierId", key);
    }
    return json;
  }

  private static JsonObject sums(JsonObject json, Figure figure, @Nullable Long served) {
    json.put("orders", figure.orders())
        .put("turnover", figure.turnover())
        .put("averageTicket", averageTicket(figure))
        .put("refunds", figure.refunds())
        .put("refunded", figure.refunded());
    if (served != null) {
      json.put("membersServed", served)
          .put("ratings", figure.ratings())
          .put("averageStars", averageStars(figure));
    }
    return json.put("newMembers", figure.newMembers())
        .put("pointsEarned", figure.pointsEarned())
        .put("pointsSpent", figure.pointsSpent())
        .put("pointsExpired", figure.pointsExpired())
        .put("pointsGivenBack", figure.pointsGivenBack())
        .put("pointsTakenBack", figure.pointsTakenBack())
        .put("storedValueIn", figure.storedValueIn())
        .put("storedValueOut", figure.storedValueOut());
  }

  /** With two decimals, half of the last rounded up; null when there are no ratings. */
  private static @Nullable String averageStars(Figure figure) {
    return figure.ratings() == 0
        ? null
        : BigDecimal.valueOf(figure.stars())
            .divide(BigDecimal.valueOf(figure.ratings()), 2, RoundingMode.HALF_UP)
            .toPlainString();
  }

  /** In minor units, half of one rounded up; null when there are no orders. */
  private static @Nullable Long averageTicket(Figure figure) {
    long orders = figure.orders();
    if (orders <= 0) {
      return null;
    }
    long whole = figure.turnover() / orders;
    return figure.turnover() % orders >= (orders + 1) / 2 ? whole + 1 : whole;
  }
}
