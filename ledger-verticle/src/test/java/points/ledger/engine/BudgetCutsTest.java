package points.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.engine.BookBuilder.SHANGHAI;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.abuse.AbuseLimits;
import points.ledger.award.Award;
import points.ledger.award.Awarding;
import points.ledger.award.Cut;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Reason;
import points.ledger.book.Condition;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.Goods;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleCap;
import points.ledger.budget.Budget;
import points.ledger.budget.Budget.AtEnd;
import points.ledger.budget.BudgetCharge;
import points.ledger.budget.Budgets;
import points.ledger.rules.Fraction;

/** Points cut to what is left in budgets. */
class BudgetCutsTest {

  private static final Budget ONE = new Budget("one", 1_000, null, false, AtEnd.CUT, List.of());
  private static final Budget WHOLE = new Budget("all", 1_000, null, false, AtEnd.CUT, List.of());
  private static final Budget STOPS = new Budget("stops", 99, null, false, AtEnd.STOP, List.of());
  private static final MemberFacts ANYBODY = MemberFacts.of("m");

  /** An order of 100 base points. */
  private static final OrderFacts ORDER =
      new OrderFacts(
          BookBuilder.NOON,
          SHANGHAI,
          "S1",
          Set.of(),
          "till",
          10_000,
          List.of(new LineFacts("P1", null, null, Set.of(), 1, 10_000)));

  /** Budgets of which so much is left, by id; of the others, all. */
  private record Left(Map<String, Long> points, Set<String> ended) implements Budgets {

    @Override
    public boolean areThere() {
      return true;
    }

    static Left of(String id, long points) {
      return new Left(Map.of(id, points), Set.of());
    }

    @Override
    public @Nullable Budget find(String budgetId) {
      return null;
    }

    @Override
    public Room roomOf(Budget budget, String scope) {
      boolean hasEnded = ended.contains(budget.id());
      long left = points.getOrDefault(budget.id(), budget.points());
      return new Room(hasEnded ? 0 : left, hasEnded);
    }

    @Override
    public boolean runs(String budgetId) {
      return true;
    }
  }

  private static BookBuilder fixed(BookBuilder builder, String id, long points) {
    return builder.promotion(id, new Effect.Fixed(points), Condition.ALWAYS);
  }

  private static Map<String, Long> byRule(CompiledBook book, Awarding awarding) {
    var points = new TreeMap<String, Long>();
    List<String> ids = book.book().ruleIds();
    for (Award award : awarding.awards()) {
      points.merge(ids.get(award.rule()), award.points(), Long::sum);
    }
    return points;
  }

  @Test
  void a_budget_that_ends_within_an_order_cuts_what_it_pays_for() {
    var book = fixed(fixed(new BookBuilder(), "a", 50).paidBy(ONE), "b", 20).book();

    Awarding awarding = book.award(ORDER, ANYBODY, Left.of("one", 30));

    assertThat(byRule(book, awarding)).isEqualTo(Map.of("base", 100L, "a", 30L, "b", 20L));
    assertThat(awarding.cuts())
        .containsExactly(new Cut(book.book().promotionNumber(0), Reason.BUDGET, 20));
    assertThat(awarding.charges()).containsExactly(BudgetCharge.issued("one", "", 30, true));
  }

  @Test
  void an_order_that_takes_exactly_the_rest_is_not_cut_and_relies_on_nothing() {
    var book = fixed(new BookBuilder(), "a", 50).paidBy(ONE).book();

    Awarding awarding = book.award(ORDER, ANYBODY, Left.of("one", 50));

    assertThat(awarding.cuts()).isEmpty();
    assertThat(awarding.charges()).containsExactly(BudgetCharge.issued("one", "", 50, false));
  }

  @Test
  void of_two_promotions_on_one_budget_the_one_applied_last_is_cut_first() {
    var book =
        fixed(new BookBuilder().multiply("twice", Fraction.of(2)).paidBy(ONE), "a", 50)
            .paidBy(ONE)
            .book();

    assertThat(byRule(book, book.award(ORDER, ANYBODY, Left.of("one", 120))))
        .isEqualTo(Map.of("base", 100L, "twice", 100L, "a", 20L));
    assertThat(byRule(book, book.award(ORDER, ANYBODY, Left.of("one", 70))))
        .isEqualTo(Map.of("base", 100L, "twice", 70L));
  }

  @Test
  void the_budget_of_the_whole_book_takes_base_points_last() {
    var book = fixed(new BookBuilder(), "a", 50).wholePaidBy(WHOLE).book();

    assertThat(byRule(book, book.award(ORDER, ANYBODY, Left.of("all", 110))))
        .isEqualTo(Map.of("base", 100L, "a", 10L));
    assertThat(byRule(book, book.award(ORDER, ANYBODY, Left.of("all", 60))))
        .isEqualTo(Map.of("base", 60L));
    assertThat(book.award(ORDER, ANYBODY, Left.of("all", 0)).charges())
        .containsExactly(BudgetCharge.issued("all", "", 0, true));
  }

  @Test
  void a_budget_whose_cut_another_makes_greater_has_decided_nothing() {
    var book = fixed(new BookBuilder(), "a", 50).paidBy(ONE).wholePaidBy(WHOLE).book();

    Awarding awarding =
        book.award(ORDER, ANYBODY, new Left(Map.of("one", 30L, "all", 110L), Set.of()));

    assertThat(awarding.charges())
        .containsExactly(
            BudgetCharge.issued("one", "", 10, false), BudgetCharge.issued("all", "", 110, true));
  }

  @Test
  void a_promotion_whose_budget_has_stopped_leaves_its_group_to_another() {
    var group = new ExclusiveGroup("g", ExclusiveGroup.Choice.BEST, ExclusiveGroup.Scope.ORDER);
    var builder = new BookBuilder().group(group);
    for (String id : List.of("big", "small")) {
      long points = id.equals("big") ? 50 : 5;
      builder.promotion(
          id, 0, "g", Goods.NONE, new Effect.Fixed(points), Condition.ALWAYS, RuleCap.NONE);
      if (id.equals("big")) {
        builder.paidBy(STOPS);
      }
    }
    CompiledBook book = builder.book();

    assertThat(byRule(book, book.award(ORDER, ANYBODY)))
        .isEqualTo(Map.of("base", 100L, "big", 50L));
    Awarding ended = book.award(ORDER, ANYBODY, new Left(Map.of(), Set.of("stops")));
    assertThat(byRule(book, ended)).isEqualTo(Map.of("base", 100L, "small", 5L));
    assertThat(ended.charges()).containsExactly(BudgetCharge.issued("stops", "", 0, true));
  }

  @Test
  void a_budget_whose_promotions_do_not_count_is_not_charged() {
    Condition all = Condition.ALWAYS;
    var web =
        new Condition(
            all.from(),
            all.to(),
            null,
            null,
            Set.of(),
            List.of(),
            null,
            all.stores(),
            Set.of("web"),
            Set.of(),
            Set.of(),
            all.minimum(),
            all.linesMin(),
            false,
            null,
            0,
            all.not());
    var book = new BookBuilder().promotion("a", new Effect.Fixed(5), web).paidBy(STOPS).book();

    Awarding awarding = book.award(ORDER, ANYBODY, new Left(Map.of(), Set.of("stops")));

    assertThat(awarding.charges()).isEmpty();
  }

  /** Books by chance: cut by a plain reading, and with promotions of stopped budgets left out. */
  @Test
  void the_engine_cuts_as_a_plain_reading_does() {
    int cut = 0;
    int withheld = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      var chance = new RandomBooks(seed);
      var random = new Random(seed);
      RuleBook document = withBudgets(chance.book(1 + seed % 12), random);
      var book = new CompiledBook(document);
      var left = new HashMap<String, Long>();
      document.budgets().forEach(it -> left.put(it.id(), (long) random.nextInt(120)));
      Set<String> ended = random.nextInt(3) == 0 ? Set.of("stops") : Set.of();
      OrderFacts order = chance.order();
      MemberFacts member = chance.member();

      Awarding awarding = book.award(order, member, new Left(left, ended));

      Map<Integer, Long> expected = plainly(document, ended, left, order, member);
      var points = new TreeMap<Integer, Long>();
      awarding
          .awards()
          .forEach(it -> points.merge(asApplied(document, it.rule()), it.points(), Long::sum));
      assertThat(points).as("seed %s", seed).isEqualTo(expected);
      for (BudgetCharge it : awarding.charges()) {
        long room = ended.contains(it.budgetId()) ? 0 : left.getOrDefault(it.budgetId(), 0L);
        assertThat(it.issued()).as("seed %s", seed).isLessThanOrEqualTo(room);
        assertThat(!it.usedUp() || it.issued() == room).as("seed %s", seed).isTrue();
        cut += it.usedUp() ? 1 : 0;
      }
      withheld += ended.isEmpty() ? 0 : 1;
    }
    assertThat(cut).as("budgets that ended").isGreaterThan(500);
    assertThat(withheld).isGreaterThan(500);
  }

  private static RuleBook withBudgets(RuleBook book, Random random) {
    var promotions = new ArrayList<Promotion>();
    for (Promotion it : book.promotions()) {
      String budget = List.of("one", "stops", "none").get(random.nextInt(3));
      promotions.add(
          new Promotion(
              it.id(),
              it.priority(),
              it.group(),
              it.goods(),
              it.effect(),
              it.when(),
              it.cap(),
              budget.equals("none") ? null : budget));
    }
    boolean whole = random.nextBoolean();
    List<Budget> budgets = whole ? List.of(WHOLE, ONE, STOPS) : List.of(ONE, STOPS);
    return with(book.with(promotions), budgets, whole ? "all" : null);
  }

  private static RuleBook with(RuleBook book, List<Budget> budgets, @Nullable String whole) {
    return new RuleBook(
        book.ruleBookId(),
        book.timeZone(),
        book.currency(),
        book.excluded(),
        book.rounding(),
        book.base(),
        book.ratios(),
        book.brackets(),
        book.tierFactors(),
        book.combine(),
        book.groups(),
        book.promotions(),
        book.caps(),
        book.capsReturn(),
        null,
        null,
        budgets,
        whole,
        AbuseLimits.NONE);
  }

  /** All ratios are applied at once, and are cut in proportion. */
  private static int asApplied(RuleBook document, int rule) {
    return Math.max(rule, document.bracketsNumber());
  }

  /** Returns the points by rule, cut by hand from those of the book without its budgets. */
  private static Map<Integer, Long> plainly(
      RuleBook document,
      Set<String> ended,
      Map<String, Long> left,
      OrderFacts order,
      MemberFacts member) {
    List<Promotion> counting =
        document.promotions().stream()
            .filter(it -> it.budget() == null || !ended.contains(it.budget()))
            .toList();
    RuleBook without = with(document.with(counting), List.of(), null);
    var book = new CompiledBook(without);
    var points = new TreeMap<Integer, Long>();
    for (Award award : book.award(order, member).awards()) {
      String id = without.ruleIds().get(award.rule());
      int rule = asApplied(document, document.ruleIds().indexOf(id));
      points.merge(rule, award.points(), Long::sum);
    }
    List<Integer> applied = applied(document);
    for (Budget budget : List.of(ONE, STOPS)) {
      cut(
          points,
          applied,
          left.getOrDefault(budget.id(), 0L),
          rule -> budget.id().equals(budgetOf(document, rule)));
    }
    if (document.budget() != null) {
      cut(points, applied, left.getOrDefault("all", 0L), rule -> true);
    }
    points.values().removeIf(it -> it == 0);
    return points;
  }

  private static @Nullable String budgetOf(RuleBook document, int rule) {
    int promotion = rule - document.promotionNumber(0);
    return promotion < 0 ? null : document.promotions().get(promotion).budget();
  }

  /** The rules in the order in which they are applied: ratios, tier, multipliers, bonuses. */
  private static List<Integer> applied(RuleBook document) {
    var rules = new ArrayList<Integer>();
    for (int rule = 0; rule <= document.tierNumber(); rule++) {
      rules.add(rule);
    }
    new CompiledBook(document)
        .promotions()
        .forEach(it -> rules.add(document.promotionNumber(document.promotions().indexOf(it))));
    return rules;
  }

  private static void cut(
      Map<Integer, Long> points, List<Integer> applied, long room, IntPredicate paid) {
    long beyond =
        points.entrySet().stream()
                .filter(it -> paid.test(it.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum()
            - room;
    for (int i = applied.size() - 1; i >= 0 && beyond > 0; i--) {
      int rule = applied.get(i);
      if (paid.test(rule) && points.containsKey(rule)) {
        long taken = Math.min(beyond, points.get(rule));
        points.merge(rule, -taken, Long::sum);
        beyond -= taken;
      }
    }
  }
}
