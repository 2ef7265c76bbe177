package points.ledger.book;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.AbuseLimits;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetTerms;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Fraction;
import points.ledger.tier.Level;
import points.ledger.tier.TierRules;

/**
 * One immutable version of the rules by which a program's orders earn points.
 *
 * <p>The rules of a book are numbered from 0, in the order in which they are applied: the base, the
 * ratios, the brackets, the tier factor, then the promotions. Entries keep these numbers; see
 * {@link #ruleIds}.
 *
 * @param ruleBookId unique in the program
 * @param timeZone the zone of stores that have none of their own
 * @param currency the account that its rules give points to
 * @param excluded goods that earn nothing at all, and do not count for any rule
 * @param rounding of the exact points of a whole order
 * @param base the ratio of lines that no other names
 * @param ratios by goods; of those that name a line, the most specific one counts
 * @param brackets ratios by the amount of an order, for lines without a ratio of their own; null
 *     for none
 * @param tierFactors by tier; a tier that is not named has the factor 1
 * @param combine how several multipliers act on one line
 * @param groups promotions that exclude each other
 * @param promotions at most {@link #PROMOTIONS_MAX}
 * @param caps on all that an order, or a member in a period, gets by the book
 * @param capsReturn when refunds make room under them and under the caps of promotions
 * @param growth the rules of growth; null when the program's own ratio counts
 * @param tiers the tiers of members; null for none
 * @param budgets that promotions or the whole book name; at most {@link #BUDGETS_MAX}
 * @param budget the id of the budget that pays for all that the book gives; null for none
 * @param abuse limits against abuse
 */
public record RuleBook(
    String ruleBookId,
    ZoneId timeZone,
    String currency,
    Goods excluded,
    BookRounding rounding,
    Ratio base,
    List<GoodsRatio> ratios,
    @Nullable Brackets brackets,
    SortedMap<String, Fraction> tierFactors,
    Combine combine,
    List<ExclusiveGroup> groups,
    List<Promotion> promotions,
    Caps caps,
    CapsReturn capsReturn,
    @Nullable Growth growth,
    @Nullable TierRules tiers,
    List<Budget> budgets,
    @Nullable String budget,
    AbuseLimits abuse) {

  public static final int PROMOTIONS_MAX = 500;
  public static final int BUDGETS_MAX = 50;

  /** The rule number of the base ratio. */
  public static final int BASE = 0;

  /** The way in which several multipliers act on one line. */
  public enum Combine {
    /** Their gains add up: 2× and 3× make 4×. */
    ADD,
    /** They multiply: 2× and 3× make 6×. */
    MULTIPLY,
    /** The highest counts: 2× and 3× make 3×. */
    BEST
  }

  /** A book with one ratio for all orders. */
  public static RuleBook plain(ZoneId timeZone, String currency, EarningRule earning) {
    return new RuleBook(
        "plain",
        timeZone,
        currency,
        Goods.NONE,
        new BookRounding(earning.rounding(), false),
        new Ratio(earning.points(), earning.perAmount(), earning.per()),
        List.of(),
        null,
        Collections.emptySortedMap(),
        Combine.ADD,
        List.of(),
        List.of(),
        Caps.NONE,
        CapsReturn.SAME_PERIOD,
        null,
        null,
        List.of(),
        null,
        AbuseLimits.NONE);
  }

  /** The same book with other promotions. */
  public RuleBook with(List<Promotion> others) {
    return new RuleBook(
        ruleBookId,
        timeZone,
        currency,
        excluded,
        rounding,
        base,
        ratios,
        brackets,
        tierFactors,
        combine,
        groups,
        others,
        caps,
        capsReturn,
        growth,
        tiers,
        budgets,
        budget,
        abuse);
  }

  /** Returns the tiers that rules and examples may name. */
  public Set<String> tierIds() {
    return tiers == null
        ? tierFactors.keySet()
        : tiers.levels().stream().map(Level::id).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the budgets with the ends of their campaigns. */
  public List<BudgetTerms.Term> budgetTerms() {
    return budgets.stream().map(it -> new BudgetTerms.Term(it, endOf(it.id()))).toList();
  }

  private Instant endOf(String budgetId) {
    return budgetId.equals(budget)
        ? Instant.MAX
        : promotions.stream()
            .filter(it -> budgetId.equals(it.budget()))
            .map(it -> it.when().to())
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
  }

  /** The rule number of a ratio by goods. */
  public int ratioNumber(int ratio) {
    return 1 + ratio;
  }

  /** The rule number of the brackets. */
  public int bracketsNumber() {
    return 1 + ratios.size();
  }

  /** The rule number of the tier factor. */
  public int tierNumber() {
    return 2 + ratios.size();
  }

  /** The rule number of a promotion. */
  public int promotionNumber(int promotion) {
    return 3 + ratios.size() + promotion;
  }

  /** The ids of all rules, by their number. */
  public List<String> ruleIds() {
    var ids = new ArrayList<String>(3 + ratios.size() + promotions.size());
    ids.add("base");
    ratios.forEach(it -> ids.add(it.id()));
    ids.add(brackets == null ? "brackets" : brackets.id());
    ids.add("tier");
    promotions.forEach(it -> ids.add(it.id()));
    return List.copyOf(ids);
  }
}
