package points.gateway.figure;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import points.gateway.web.Page;
import points.ledger.figure.Figure;
import points.ledger.figure.FigurePlace;
import points.ledger.figure.FigureQuery;
import points.ledger.figure.FigureQuery.By;
import points.ledger.figure.FigureReport;
import points.ledger.form.Formats;
import points.ledger.model.Origin.Channel;
import points.ledger.program.Program;

/** Figures as callers see them. */
final class FigureJson {

  private FigureJson() {}

  /**
   * Returns the answer to a question.
   *
   * @param report may have a group more than the page has room for, when there is another page
   * @param limit greatest number of groups of the page
   */
  static JsonObject of(
      Program program, FigureQuery query, FigureReport report, int limit, Instant now) {
    By by = query.by();
    var json =
        new JsonObject()
            .put("by", by.name().toLowerCase(Locale.ROOT))
            .put("from", query.from().toString())
            .put("to", query.to().toString())
            .put("timeZone", program.timeZone().getId())
            .put("currency", program.currency());
    put(json, report.place());
    json.put("lagSeconds", Math.max(0, Duration.between(report.place().asOf(), now).toSeconds()));
    return json.mergeIn(
            Page.of(
                report.figures(),
                limit,
                it -> sums(group(it, by), it, by == By.STORE || by == By.DAY),
                it -> FigureCursor.of(by, it)))
        .put("totals", sums(new JsonObject(), report.total(), true));
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

  private static JsonObject sums(JsonObject json, Figure figure, boolean hasMembers) {
    json.put("orders", figure.orders())
        .put("turnover", figure.turnover())
        .put("averageTicket", averageTicket(figure))
        .put("refunds", figure.refunds())
        .put("refunded", figure.refunded());
    if (hasMembers) {
      json.put("membersServed", figure.membersServed())
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
  private static @Nullable BigInteger averageTicket(Figure figure) {
    return figure.orders() <= 0
        ? null
        : new BigDecimal(figure.turnover())
            .divide(BigDecimal.valueOf(figure.orders()), 0, RoundingMode.HALF_UP)
            .toBigIntegerExact();
  }
}
