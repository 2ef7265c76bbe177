package points.ledger.book.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.book.RuleBook;
import points.ledger.budget.Budget;
import points.ledger.budget.Budget.AtEnd;
import points.ledger.budget.BudgetCost;
import points.ledger.budget.BudgetCost.Basis;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Fraction;

/** Reads budgets, whose limit is a number of points or is reckoned from a marketing cost. */
final class BudgetReader {

  private static final int WARNINGS_MAX = 5;

  /** The fields of a limit that is reckoned; one of them takes the others. */
  private static final List<String> COST =
      List.of("marketingCost", "pointsPerUnit", "redemptionRate", "basis");

  private static final Map<String, AtEnd> ENDS = Map.of("cut", AtEnd.CUT, "stop", AtEnd.STOP);

  private static final Map<String, Basis> BASES =
      Map.of("cautious", Basis.CAUTIOUS, "expected", Basis.EXPECTED);

  private static final Map<String, Boolean> SCOPES = Map.of("program", false, "store", true);

  private BudgetReader() {}

  static List<Budget> read(JsonFields book) {
    var budgets = new ArrayList<Budget>();
    var ids = new HashSet<String>();
    for (JsonFields it : book.objects("budgets", RuleBook.BUDGETS_MAX)) {
      Budget budget = budget(it);
      if (!ids.add(budget.id())) {
        it.wrong("id", FieldFault.BUDGET_TWICE);
      }
      it.end();
      budgets.add(budget);
    }
    return List.copyOf(budgets);
  }

  static Set<String> ids(List<Budget> budgets) {
    return budgets.stream().map(Budget::id).collect(Collectors.toSet());
  }

  /** Reads the name of the budget that pays; it may be left out. */
  static @Nullable String reference(JsonFields parent, Set<String> budgets) {
    return parent.has("budget")
        ? parent.known("budget", budgets::contains, FieldFault.BUDGET_UNKNOWN)
        : null;
  }

  private static Budget budget(JsonFields it) {
    String id = it.code("id");
    BudgetCost cost = COST.stream().anyMatch(it::has) ? cost(it) : null;
    long limit = cost == null ? it.integer("limit", 0, Limits.POINTS_MAX) : reckoned(it, cost);
    Boolean perStore = it.has("per") ? it.oneOf("per", SCOPES) : Boolean.FALSE;
    AtEnd atEnd = it.has("atEnd") ? it.oneOf("atEnd", ENDS) : AtEnd.CUT;
    return new Budget(
        id,
        limit,
        cost,
        perStore != null && perStore,
        atEnd == null ? AtEnd.CUT : atEnd,
        warnings(it));
  }

  private static BudgetCost cost(JsonFields it) {
    long money = it.integer("marketingCost", 1, Limits.AMOUNT_MAX);
    JsonFields rate = it.object("pointsPerUnit");
    long points = rate.integer("points", 1, EarningRule.POINTS_MAX);
    long amount = rate.integer("amount", 1, EarningRule.PER_AMOUNT_MAX);
    rate.end();
    String rateOfUse = it.known("redemptionRate", BudgetReader::isShare, FieldFault.SHARE_OF_WHOLE);
    Basis basis = it.has("basis") ? it.oneOf("basis", BASES) : Basis.CAUTIOUS;
    return new BudgetCost(
        Math.max(1, money),
        Math.max(1, points),
        Math.max(1, amount), // a wrong one has a fault already
        isShare(rateOfUse) ? Fractions.of(rateOfUse) : Fraction.ONE,
        basis == null ? Basis.CAUTIOUS : basis);
  }

  /** The limit of a budget with a cost: it may be given too, and is lower then. */
  private static long reckoned(JsonFields it, BudgetCost cost) {
    BigInteger points = cost.pointsBy(cost.basis()).min(BigInteger.valueOf(Limits.POINTS_MAX));
    if (it.has("limit") && it.isText("limit")) {
      it.known("limit", "formula"::equals, FieldFault.BUDGET_LIMIT);
      return points.longValueExact();
    }
    Long limit = it.optionalInteger("limit", 0, Limits.POINTS_MAX);
    return limit == null ? points.longValueExact() : limit;
  }

  /** Returns whether a text is a number above 0 and at most 1. */
  private static boolean isShare(String text) {
    if (!Fractions.isDecimal(text)) {
      return false;
    }
    Fraction share = Fractions.of(text);
    return share.isMoreThan(Fraction.ZERO) && !share.isMoreThan(Fraction.ONE);
  }

  private static List<Fraction> warnings(JsonFields it) {
    if (!it.has("warnAt")) {
      return List.of();
    }
    List<String> shares = it.texts("warnAt", 0, WARNINGS_MAX);
    var warnings = new ArrayList<Fraction>();
    Fraction before = Fraction.ZERO;
    for (String text : shares) {
      if (!isShare(text)) {
        it.wrong("warnAt", FieldFault.SHARE_OF_WHOLE);
        return List.of();
      }
      Fraction share = Fractions.of(text);
      if (!share.isMoreThan(before)) {
        it.wrong("warnAt", FieldFault.WARN_AT);
        return List.of();
      }
      warnings.add(share);
      before = share;
    }
    return List.copyOf(warnings);
  }
}
