package points.gateway.rulebook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCost;
import points.ledger.budget.BudgetForecast;
import points.ledger.budget.BudgetTerms.Term;
import points.ledger.figure.FigurePlace;
import points.ledger.rulebook.BudgetHistory;
import points.ledger.rulebook.BudgetRows.Drawn;

/** The history of a budget as callers see it, with where it leads. */
final class BudgetHistoryJson {

  private static final int SHARE_SCALE = 4;

  /** The days, or hours, that a caller asks for, in the program's time zone. */
  record Range(LocalDate from, LocalDate to, boolean byHour, ZoneId zone) {}

  /** All that the answer is made of, read one after the other. */
  record Found(
      FigurePlace place, List<BudgetHistory.Part> parts, BudgetHistory.Sums sums, Drawn drawn) {}

  private BudgetHistoryJson() {}

  static JsonObject of(Term term, Range range, Found found, Instant now) {
    var items = new JsonArray();
    found.parts().forEach(it -> items.add(part(it)));
    var json =
        new JsonObject()
            .put("budgetId", term.budget().id())
            .put("by", range.byHour() ? "hour" : "day")
            .put("from", range.from().toString())
            .put("to", range.to().toString())
            .put("timeZone", range.zone().getId())
            .put("asOf", found.place().asOf().toString())
            .put("usedBefore", found.sums().before())
            .put("items", items);
    if (found.place().rebuildingSince() != null) {
      json.put("rebuildingSince", found.place().rebuildingSince().toString());
    }
    BudgetCost cost = term.budget().cost();
    JsonObject redeemed = redeemed(found, cost);
    if (redeemed != null) {
      json.put("redeemed", redeemed);
    }
    JsonObject forecast = forecast(term, found, range.zone(), now);
    return forecast == null ? json : json.put("forecast", forecast);
  }

  private static JsonObject part(BudgetHistory.Part part) {
    var json = new JsonObject().put("day", part.day().toString());
    if (part.hour() != null) {
      json.put("hour", part.hour().toString());
    }
    return json.put("issued", part.issued())
        .put("reversed", part.reversed())
        .put("lapsed", part.lapsed());
  }

  /** Points do not remember their rule, so the share is that of all points of the program. */
  private static @Nullable JsonObject redeemed(Found found, @Nullable BudgetCost cost) {
    long earned = found.sums().earned();
    if (earned <= 0) {
      return null;
    }
    long spent = Math.min(earned, Math.max(0, found.sums().spent()));
    long outstanding = found.drawn().used() - found.drawn().lapsed();
    long points =
        BigInteger.valueOf(outstanding)
            .multiply(BigInteger.valueOf(spent))
            .divide(BigInteger.valueOf(earned))
            .longValueExact();
    String share =
        BigDecimal.valueOf(spent)
            .divide(BigDecimal.valueOf(earned), SHARE_SCALE, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    var json =
        new JsonObject()
            .put("basis", "shareOfProgram")
            .put("days", BudgetHistory.SHARE_DAYS)
            .put("share", share)
            .put("points", points);
    return cost == null ? json : json.put("cost", BudgetJson.capped(cost.worthOf(points)));
  }

  private static @Nullable JsonObject forecast(Term term, Found found, ZoneId zone, Instant now) {
    LocalDate firstDay = found.sums().firstDay();
    LocalDate today = LocalDate.ofInstant(now, zone);
    if (firstDay == null || !firstDay.isBefore(today) || !now.isBefore(term.runsUntil())) {
      return null;
    }
    Budget budget = term.budget();
    int days = (int) Math.min(BudgetForecast.DAYS_MAX, ChronoUnit.DAYS.between(firstDay, today));
    BudgetForecast forecast =
        BudgetForecast.of(
            budget.perStore() ? null : budget.points(),
            found.drawn().used(),
            found.sums().lately(),
            days,
            term.runsUntil(),
            now);
    var json =
        new JsonObject()
            .put("basis", "meanOfDays")
            .put("days", forecast.days())
            .put("points", forecast.points());
    if (forecast.endsAt() != null) {
      json.put("endsOn", LocalDate.ofInstant(forecast.endsAt(), zone).toString());
    }
    if (forecast.usedAtEnd() != null) {
      json.put("usedAtEnd", forecast.usedAtEnd());
      if (budget.cost() != null) {
        long outstanding = forecast.usedAtEnd() - found.drawn().lapsed();
        json.put("costAtEnd", BudgetJson.capped(budget.cost().expectedCostOf(outstanding)));
      }
    }
    return json;
  }
}
