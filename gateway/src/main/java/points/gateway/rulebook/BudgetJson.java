package points.gateway.rulebook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import points.ledger.account.Limits;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCost;
import points.ledger.budget.BudgetCost.Basis;
import points.ledger.budget.BudgetTerms.Term;
import points.ledger.rulebook.BudgetRows.Drawn;
import points.ledger.rules.Fraction;

/** Budgets as callers see them. */
final class BudgetJson {

  /** A budget by the terms of now, and what was drawn on it. */
  record Shown(Term term, Drawn drawn) {}

  private BudgetJson() {}

  static JsonObject of(Shown shown, Instant now) {
    Budget budget = shown.term.budget();
    Drawn drawn = shown.drawn;
    var json =
        new JsonObject()
            .put("budgetId", budget.id())
            .put("per", budget.perStore() ? "store" : "program")
            .put("atEnd", budget.atEnd().name().toLowerCase(Locale.ROOT))
            .put("limit", budget.points());
    if (runs(shown, now) && shown.term.runsUntil().isBefore(Instant.MAX)) {
      json.put("runsUntil", shown.term.runsUntil().toString());
    }
    if (budget.perStore()) {
      json.put("stores", drawn.scopes());
      addPoints(json, drawn);
      json.put("state", runs(shown, now) ? "running" : "over");
    } else {
      addPoints(json, drawn);
      addLeft(json, budget, drawn);
      json.put("state", state(shown, now));
    }
    if (budget.cost() != null) {
      json.put("cost", cost(budget.cost(), drawn));
    }
    return json;
  }

  /** Returns the budget of one store. */
  static JsonObject ofStore(Budget budget, Drawn drawn) {
    var json = new JsonObject().put("storeId", drawn.name()).put("limit", budget.points());
    addPoints(json, drawn);
    addLeft(json, budget, drawn);
    return json;
  }

  private static void addPoints(JsonObject json, Drawn drawn) {
    json.put("issued", drawn.issued())
        .put("reversed", drawn.reversed())
        .put("lapsed", drawn.lapsed())
        .put("outstanding", drawn.used() - drawn.lapsed());
  }

  private static void addLeft(JsonObject json, Budget budget, Drawn drawn) {
    json.put("left", isStopped(budget, drawn) ? 0 : Math.max(0, budget.points() - drawn.used()));
    var warnings = new JsonArray();
    for (Fraction share : budget.warnAt()) {
      boolean reached = !share.times(budget.points()).isMoreThan(Fraction.of(drawn.used()));
      warnings.add(new JsonObject().put("at", Budget.decimal(share)).put("reached", reached));
    }
    json.put("warnings", warnings);
  }

  private static boolean isStopped(Budget budget, Drawn drawn) {
    return budget.atEnd() == Budget.AtEnd.STOP
        && drawn.stoppedAt() > 0
        && drawn.stoppedAt() >= budget.points();
  }

  private static boolean runs(Shown shown, Instant now) {
    return now.isBefore(shown.term.runsUntil());
  }

  private static String state(Shown shown, Instant now) {
    Budget budget = shown.term.budget();
    if (!runs(shown, now)) {
      return "over";
    } else if (isStopped(budget, shown.drawn)) {
      return "stopped";
    }
    return shown.drawn.used() >= budget.points() ? "usedUp" : "running";
  }

  /** Issued points are no cost yet: only those that are redeemed will be. */
  private static JsonObject cost(BudgetCost cost, Drawn drawn) {
    long outstanding = drawn.used() - drawn.lapsed();
    return new JsonObject()
        .put("marketingCost", cost.marketingCost())
        .put("basis", cost.basis().name().toLowerCase(Locale.ROOT))
        .put("limitCautious", capped(cost.pointsBy(Basis.CAUTIOUS)))
        .put("limitExpected", capped(cost.pointsBy(Basis.EXPECTED)))
        .put("atMost", capped(cost.worthOf(outstanding)))
        .put("expected", capped(cost.expectedCostOf(outstanding)));
  }

  static long capped(BigInteger number) {
    return number.min(BigInteger.valueOf(Limits.POINTS_MAX)).longValueExact();
  }
}
