package points.ledger.engine;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.AbuseLimits;
import points.ledger.award.LineFacts;
import points.ledger.award.OrderFacts;
import points.ledger.book.BookRounding;
import points.ledger.book.Brackets;
import points.ledger.book.Caps;
import points.ledger.book.CapsReturn;
import points.ledger.book.Condition;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.Goods;
import points.ledger.book.GoodsRatio;
import points.ledger.book.Promotion;
import points.ledger.book.Ratio;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleBook.Combine;
import points.ledger.book.RuleCap;
import points.ledger.budget.Budget;
import points.ledger.rules.Fraction;
import points.ledger.rules.Rounding;

/** Makes rule books, and orders for them. A new one has one rule: a point for 100. */
final class BookBuilder {

  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final Instant NOON = Instant.parse("2026-12-02T04:00:00Z");

  private Goods excluded = Goods.NONE;
  private BookRounding rounding = new BookRounding(Rounding.FLOOR, false);
  private Ratio base = Ratio.proRata(1, 100);
  private final List<GoodsRatio> ratios = new ArrayList<>();
  private @Nullable Brackets brackets;
  private final TreeMap<String, Fraction> tiers = new TreeMap<>();
  private Combine combine = Combine.ADD;
  private final List<ExclusiveGroup> groups = new ArrayList<>();
  private final List<Promotion> promotions = new ArrayList<>();
  private Caps caps = Caps.NONE;
  private final List<Budget> budgets = new ArrayList<>();
  private @Nullable String budget;

  BookBuilder excluding(Goods goods) {
    excluded = goods;
    return this;
  }

  BookBuilder rounding(Rounding mode, boolean carry) {
    rounding = new BookRounding(mode, carry);
    return this;
  }

  BookBuilder base(Ratio ratio) {
    base = ratio;
    return this;
  }

  BookBuilder ratio(String id, Goods goods, Ratio ratio) {
    ratios.add(new GoodsRatio(id, goods, ratio));
    return this;
  }

  BookBuilder brackets(Brackets.Mode mode, Brackets.Step... steps) {
    brackets = new Brackets("steps", mode, List.of(steps));
    return this;
  }

  BookBuilder tier(String tier, Fraction factor) {
    tiers.put(tier, factor);
    return this;
  }

  BookBuilder combine(Combine combine) {
    this.combine = combine;
    return this;
  }

  BookBuilder group(ExclusiveGroup group) {
    groups.add(group);
    return this;
  }

  BookBuilder multiply(String id, Fraction factor) {
    return promotion(id, new Effect.Multiply(factor), Condition.ALWAYS);
  }

  BookBuilder promotion(String id, Effect effect, Condition when) {
    return promotion(id, 0, null, Goods.NONE, effect, when, RuleCap.NONE);
  }

  BookBuilder promotion(
      String id,
      int priority,
      @Nullable String group,
      Goods goods,
      Effect effect,
      Condition when,
      RuleCap cap) {
    promotions.add(new Promotion(id, priority, group, goods, effect, when, cap, null));
    return this;
  }

  /** Has a budget pay for the newest promotion. */
  BookBuilder paidBy(Budget budget) {
    if (!budgets.contains(budget)) {
      budgets.add(budget);
    }
    Promotion it = promotions.remove(promotions.size() - 1);
    promotions.add(
        new Promotion(
            it.id(),
            it.priority(),
            it.group(),
            it.goods(),
            it.effect(),
            it.when(),
            it.cap(),
            budget.id()));
    return this;
  }

  /** Has a budget pay for all. */
  BookBuilder wholePaidBy(Budget whole) {
    budgets.add(whole);
    budget = whole.id();
    return this;
  }

  BookBuilder caps(Caps caps) {
    this.caps = caps;
    return this;
  }

  RuleBook document() {
    return new RuleBook(
        "book",
        SHANGHAI,
        "points",
        excluded,
        rounding,
        base,
        List.copyOf(ratios),
        brackets,
        tiers,
        combine,
        List.copyOf(groups),
        List.copyOf(promotions),
        caps,
        CapsReturn.SAME_PERIOD,
        null,
        null,
        List.copyOf(budgets),
        budget,
        AbuseLimits.NONE);
  }

  CompiledBook book() {
    return new CompiledBook(document());
  }

  /** Goods of one category. */
  static Goods category(String category) {
    return new Goods(Set.of(), Set.of(category), Set.of(), Set.of());
  }

  static Goods marginClass(String marginClass) {
    return new Goods(Set.of(), Set.of(), Set.of(marginClass), Set.of());
  }

  static Goods product(String product) {
    return new Goods(Set.of(product), Set.of(), Set.of(), Set.of());
  }

  static Brackets.Step stepUpTo(long before, long points, long perAmount) {
    return new Brackets.Step(
        before, before == 0 ? 0 : before + 1, Ratio.proRata(points, perAmount));
  }

  static Brackets.Step stepFrom(long from, long points, long perAmount) {
    return new Brackets.Step(from, from, Ratio.proRata(points, perAmount));
  }

  static LineFacts line(long amount) {
    return new LineFacts("p", null, null, Set.of(), 1, amount);
  }

  static LineFacts line(String product, @Nullable String category, long quantity, long amount) {
    return new LineFacts(product, category, null, Set.of(), quantity, amount);
  }

  static OrderFacts order(LineFacts... lines) {
    return order(NOON, lines);
  }

  static OrderFacts order(Instant at, LineFacts... lines) {
    long initial = List.of(lines).stream().mapToLong(LineFacts::amount).sum();
    return new OrderFacts(at, SHANGHAI, "S1", Set.of(), "till", initial, List.of(lines));
  }

  static OrderFacts order(long amount) {
    return order(line(amount));
  }
}
