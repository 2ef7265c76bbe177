package points.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.engine.BookBuilder.category;
import static points.ledger.engine.BookBuilder.line;
import static points.ledger.engine.BookBuilder.marginClass;
import static points.ledger.engine.BookBuilder.order;
import static points.ledger.engine.BookBuilder.product;
import static points.ledger.engine.BookBuilder.stepFrom;
import static points.ledger.engine.BookBuilder.stepUpTo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.award.Award;
import points.ledger.award.Awarding;
import points.ledger.award.Cut;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.Reason;
import points.ledger.award.Usage;
import points.ledger.award.Withheld;
import points.ledger.book.Brackets.Mode;
import points.ledger.book.Caps;
import points.ledger.book.Caps.Period;
import points.ledger.book.Condition;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.ExclusiveGroup.Choice;
import points.ledger.book.ExclusiveGroup.Scope;
import points.ledger.book.Goods;
import points.ledger.book.Hours;
import points.ledger.book.Ratio;
import points.ledger.book.RuleBook.Combine;
import points.ledger.book.RuleCap;
import points.ledger.rules.EarningRule.Per;
import points.ledger.rules.Fraction;
import points.ledger.rules.Rounding;

/** Examples of merchants' rules, with the points that they are known to make. */
class WorkedExamplesTest {

  private static final MemberFacts ANYBODY = MemberFacts.of("m");

  @ParameterizedTest
  @CsvSource({
    // points, per amount, order, pro rata, full steps
    "1, 100, 10000, 100, 100", // 1 yuan 1 point
    "1, 2000, 12850, 6, 6", // 20 yuan 1 point
    "1000, 1000, 1000, 1000, 1000",
    "5, 250, 300, 6, 5",
    "5, 250, 499, 9, 5",
    "5, 250, 500, 10, 10",
  })
  void ratios_are_pro_rata_or_for_full_steps(
      long points, long perAmount, long amount, long proRata, long fullSteps) {
    var proRatio = new BookBuilder().base(new Ratio(points, perAmount, Per.PRO_RATA)).book();
    var fullStep = new BookBuilder().base(new Ratio(points, perAmount, Per.FULL_STEP)).book();

    assertThat(proRatio.award(order(amount), ANYBODY).points()).isEqualTo(proRata);
    assertThat(fullStep.award(order(amount), ANYBODY).points()).isEqualTo(fullSteps);
  }

  @Test
  void full_steps_are_counted_over_all_lines_of_one_ratio() {
    var book = new BookBuilder().base(new Ratio(5, 250, Per.FULL_STEP)).book();

    Awarding awarding = book.award(order(line(100), line(150)), ANYBODY);

    assertThat(awarding.awards()).containsExactly(new Award(0, 0, 2), new Award(0, 1, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "50000, 500, 500",
    "100000, 1000, 1000",
    "100001, 1000, 1500",
    "500000, 7000, 7500",
    "600000, 9000, 12000"
  })
  void brackets_are_marginal_or_for_the_whole_order(long amount, long marginal, long whole) {
    Map<Mode, Long> expected = Map.of(Mode.MARGINAL, marginal, Mode.WHOLE, whole);

    expected.forEach(
        (mode, points) -> {
          var book =
              new BookBuilder()
                  .brackets(
                      mode,
                      stepUpTo(0, 1, 100),
                      stepUpTo(100_000, 3, 200),
                      stepUpTo(500_000, 2, 100))
                  .book();
          assertThat(book.award(order(amount), ANYBODY).points()).isEqualTo(points);
        });
  }

  @ParameterizedTest
  @CsvSource({"20000, 0", "99999, 0", "100000, 100", "196000, 196", "299999, 299", "300000, 333"})
  void brackets_may_begin_at_an_amount(long amount, long points) {
    var book =
        new BookBuilder()
            .brackets(
                Mode.WHOLE,
                stepFrom(0, 0, 1),
                stepFrom(100_000, 1, 1000),
                stepFrom(300_000, 1, 900))
            .book();

    assertThat(book.award(order(amount), ANYBODY).points()).isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({"ADD, 400", "MULTIPLY, 600", "BEST, 300"})
  void multipliers_add_up_multiply_or_the_best_counts(Combine combine, long points) {
    var book =
        new BookBuilder()
            .combine(combine)
            .multiply("a", Fraction.of(2))
            .multiply("b", Fraction.of(3))
            .book();

    assertThat(book.award(order(10_000), ANYBODY).points()).isEqualTo(points);
  }

  @Test
  void the_best_multiplier_leaves_the_other_without_effect_and_says_so() {
    var book =
        new BookBuilder()
            .combine(Combine.BEST)
            .multiply("a", Fraction.of(2))
            .multiply("b", Fraction.of(3))
            .book();
    int a = book.book().promotionNumber(0);
    int b = book.book().promotionNumber(1);

    assertThat(book.withheld(order(10_000), ANYBODY))
        .containsExactly(new Withheld(a, Reason.LOST_TO, b));
  }

  @Test
  void a_low_promotion_never_beats_a_higher_one_by_being_exclusive() {
    for (boolean reversed : new boolean[] {false, true}) {
      var group = new ExclusiveGroup("g", Choice.PRIORITY, Scope.ORDER);
      var builder = new BookBuilder().group(group);
      List<Runnable> made =
          List.of(
              () -> inGroup(builder, "a", 10, Fraction.of(2)),
              () -> inGroup(builder, "b", 1, Fraction.of(3)));
      made.get(reversed ? 1 : 0).run();
      made.get(reversed ? 0 : 1).run();

      assertThat(builder.book().award(order(10_000), ANYBODY).points()).isEqualTo(200);
    }
  }

  private static void inGroup(BookBuilder builder, String id, int priority, Fraction factor) {
    builder.promotion(
        id, priority, "g", Goods.NONE, new Effect.Multiply(factor), Condition.ALWAYS, RuleCap.NONE);
  }

  @ParameterizedTest
  @CsvSource({"LINE, 1000", "ORDER, 800"})
  void in_a_group_the_one_that_gives_most_wins_by_line_or_by_order(Scope scope, long points) {
    var builder = new BookBuilder().group(new ExclusiveGroup("g", Choice.BEST, scope));
    builder.promotion(
        "all",
        0,
        "g",
        Goods.NONE,
        new Effect.Multiply(Fraction.of(2)),
        Condition.ALWAYS,
        RuleCap.NONE);
    builder.promotion(
        "milk",
        0,
        "g",
        category("milk"),
        new Effect.Multiply(Fraction.of(6)),
        Condition.ALWAYS,
        RuleCap.NONE);

    Awarding awarding =
        builder
            .book()
            .award(order(line("x", null, 1, 20_000), line("y", "milk", 1, 10_000)), ANYBODY);

    // 300 by the ratio; 200 more for one line and 500 for the other, or 500 for the order
    assertThat(awarding.points()).isEqualTo(points);
  }

  @Test
  void a_promotion_whose_units_are_used_up_keeps_no_other_from_the_next_line() {
    var builder = new BookBuilder().group(new ExclusiveGroup("g", Choice.BEST, Scope.LINE));
    builder.promotion(
        "units", 0, "g", Goods.NONE, new Effect.PerUnit(50, 3), Condition.ALWAYS, RuleCap.NONE);
    builder.promotion(
        "double",
        0,
        "g",
        Goods.NONE,
        new Effect.Multiply(Fraction.of(2)),
        Condition.ALWAYS,
        RuleCap.NONE);

    Awarding awarding =
        builder
            .book()
            .award(
                order(
                    line("x", null, 2, 1_000),
                    line("y", null, 2, 7_000),
                    line("z", null, 2, 6_000)),
                ANYBODY);

    // 140 by the ratio; 100 for two units, then 70 and 60, which are more than 50 for the third
    assertThat(awarding.points()).isEqualTo(370);
  }

  @Test
  void equal_lines_with_a_tier_get_equal_points() {
    var book = new BookBuilder().tier("gold", Fraction.of(3, 2)).book();

    Awarding awarding = book.award(order(line(3333), line(3333), line(3334)), ofTier("gold"));

    assertThat(awarding.points()).isEqualTo(150);
    assertThat(pointsByLine(awarding, 3)).containsExactly(50, 50, 50);
  }

  @Test
  void silver_earns_once_and_gold_one_and_a_half_times() {
    var book =
        new BookBuilder()
            .tier("silver", Fraction.of(1))
            .tier("gold", Fraction.of(3, 2))
            .tier("guest", Fraction.of(1, 2))
            .book();

    assertThat(book.award(order(10_000), ofTier("silver")).points()).isEqualTo(100);
    assertThat(book.award(order(10_000), ofTier("gold")).points()).isEqualTo(150);
    assertThat(book.award(order(10_000), ofTier("guest")).points()).isEqualTo(50);
    assertThat(book.award(order(10_000), ofTier("other")).points()).isEqualTo(100);
  }

  @Test
  void goods_earn_by_their_class_and_loss_leaders_nothing() {
    var book =
        new BookBuilder()
            .ratio("leaders", product("P9"), Ratio.proRata(0, 1))
            .ratio("b", marginClass("B"), Ratio.proRata(2, 100))
            .book();
    var classB = new LineFacts("P1", "x", "B", Set.of(), 1, 10_000);
    var leader = new LineFacts("P9", "x", "B", Set.of(), 1, 10_000);

    assertThat(book.award(order(line(10_000)), ANYBODY).points()).isEqualTo(100);
    assertThat(book.award(order(classB), ANYBODY).points()).isEqualTo(200);
    assertThat(book.award(order(leader), ANYBODY).points()).isZero();
  }

  @Test
  void a_line_has_the_most_specific_ratio() {
    var book =
        new BookBuilder()
            .ratio("class", marginClass("A"), Ratio.proRata(2, 100))
            .ratio("food", category("food"), Ratio.proRata(3, 100))
            .ratio("milk", category("food/milk"), Ratio.proRata(4, 100))
            .ratio("product", product("P1"), Ratio.proRata(5, 100))
            .book();

    assertThat(rate(book, "P1", "food/milk", "A")).isEqualTo(5);
    assertThat(rate(book, "P2", "food/milk/goat", "A")).isEqualTo(4);
    assertThat(rate(book, "P2", "food/bread", "A")).isEqualTo(3);
    assertThat(rate(book, "P2", "foods", "A")).isEqualTo(2);
    assertThat(rate(book, "P2", null, null)).isEqualTo(1);
  }

  private static long rate(
      CompiledBook book, String product, @Nullable String category, @Nullable String marginClass) {
    var line = new LineFacts(product, category, marginClass, Set.of(), 1, 100);
    return book.award(order(line), ANYBODY).points();
  }

  @Test
  void excluded_goods_earn_nothing_and_the_goods_earn_all() {
    var not = new Goods(Set.of(), Set.of("deposit", "shipping", "giftCard"), Set.of(), Set.of());
    var book =
        new BookBuilder()
            .excluding(not)
            .promotion("all", new Effect.Multiply(Fraction.of(2)), Condition.ALWAYS)
            .book();

    Awarding awarding =
        book.award(
            order(
                line("bottle", "deposit", 1, 25),
                line("goods", "food", 1, 2000),
                line("parcel", "shipping", 1, 1500),
                line("card", "giftCard/50", 1, 5000)),
            ANYBODY);

    assertThat(pointsByLine(awarding, 4)).containsExactly(0, 40, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "2027-05-31T15:59:59Z, 100",
    "2027-05-31T16:00:00Z, 200",
    "2027-06-19T23:59:59+08:00, 200",
    "2027-06-20T00:00:00+08:00, 100"
  })
  void a_window_is_half_open(Instant at, long points) {
    Condition june =
        window(Instant.parse("2027-05-31T16:00:00Z"), Instant.parse("2027-06-19T16:00:00Z"));
    var book =
        new BookBuilder().promotion("june", new Effect.Multiply(Fraction.of(2)), june).book();

    assertThat(book.award(order(at, line(10_000)), ANYBODY).points()).isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-05T21:59:59+08:00, 100",
    "2026-12-05T22:00:00+08:00, 200",
    "2026-12-06T01:00:00+08:00, 200", // Sunday, in the window that began on Saturday
    "2026-12-06T02:00:00+08:00, 100",
    "2026-12-06T22:30:00+08:00, 100"
  })
  void hours_that_cross_midnight_belong_to_the_day_on_which_they_begin(Instant at, long points) {
    Condition saturdayNight =
        hours(Set.of(DayOfWeek.SATURDAY), new Hours(LocalTime.of(22, 0), LocalTime.of(2, 0)));
    var book =
        new BookBuilder()
            .promotion("night", new Effect.Multiply(Fraction.of(2)), saturdayNight)
            .book();

    assertThat(book.award(order(at, line(10_000)), ANYBODY).points()).isEqualTo(points);
  }

  @Test
  void a_daily_cap_cuts_the_second_order() {
    var book = new BookBuilder().caps(new Caps(Long.MAX_VALUE, Map.of(Period.DAY, 100L))).book();

    assertThat(book.award(order(6000), ANYBODY).points()).isEqualTo(60);
    Awarding second = book.award(order(6000), having((rule, period) -> 60));
    assertThat(second.points()).isEqualTo(40);
    assertThat(second.cuts()).containsExactly(new Cut(0, Reason.CAP, 20));
    assertThat(book.award(order(6000), having((rule, period) -> 100)).points()).isZero();
  }

  @Test
  void caps_take_from_the_rule_that_is_applied_last_and_base_points_go_last() {
    var book =
        new BookBuilder()
            .tier("gold", Fraction.of(3, 2))
            .promotion("fixed", new Effect.Fixed(30), Condition.ALWAYS)
            .multiply("double", Fraction.of(2))
            .caps(new Caps(120, Map.of()))
            .book();

    // 100 by the ratio, 50 by the tier, 150 by the multiplier, 30 fixed
    Awarding awarding = book.award(order(10_000), ofTier("gold"));

    assertThat(pointsByRule(awarding)).isEqualTo(Map.of(0, 100L, book.book().tierNumber(), 20L));
    assertThat(awarding.cuts()).extracting(Cut::points).containsExactly(30L, 150L, 30L);
  }

  @Test
  void a_cap_of_a_promotion_leaves_what_others_give() {
    var cap = new RuleCap(new Caps(70, Map.of(Period.DAY, 100L)), RuleCap.Unit.POINTS);
    var book =
        new BookBuilder()
            .promotion(
                "double",
                0,
                null,
                Goods.NONE,
                new Effect.Multiply(Fraction.of(2)),
                Condition.ALWAYS,
                cap)
            .book();

    assertThat(book.award(order(10_000), ANYBODY).points()).isEqualTo(170);
    assertThat(book.award(order(10_000), having((rule, period) -> 60)).points()).isEqualTo(140);
  }

  @Test
  void a_promotion_that_is_used_up_gives_nothing() {
    var cap = new RuleCap(new Caps(Long.MAX_VALUE, Map.of(Period.YEAR, 1L)), RuleCap.Unit.USES);
    var book =
        new BookBuilder()
            .promotion(
                "double",
                0,
                null,
                Goods.NONE,
                new Effect.Multiply(Fraction.of(2)),
                Condition.ALWAYS,
                cap)
            .book();

    assertThat(book.award(order(10_000), ANYBODY).points()).isEqualTo(200);
    MemberFacts used = having((rule, period) -> 1);
    assertThat(book.award(order(10_000), used).points()).isEqualTo(100);
    assertThat(book.withheld(order(10_000), used))
        .extracting(Withheld::reason)
        .containsExactly(Reason.CAP);
  }

  @Test
  void units_count_up_to_their_cap_the_first_lines_first() {
    var book =
        new BookBuilder()
            .base(Ratio.proRata(0, 1))
            .promotion(
                "milk",
                0,
                null,
                category("milk"),
                new Effect.PerUnit(5, 10),
                Condition.ALWAYS,
                RuleCap.NONE)
            .book();

    Awarding awarding =
        book.award(
            order(line("a", "milk", 8, 800), line("b", "bread", 3, 900), line("c", "milk", 8, 700)),
            ANYBODY);

    assertThat(pointsByLine(awarding, 3)).containsExactly(40, 0, 10);
  }

  @Test
  void the_remainder_is_carried_to_the_next_order() {
    var book = new BookBuilder().base(Ratio.proRata(1, 5000)).rounding(Rounding.FLOOR, true).book();

    Awarding first = book.award(order(3000), ANYBODY);
    Awarding second = book.award(order(2000), carrying(first.carry()));

    assertThat(first.points()).isZero();
    assertThat(first.carry()).isEqualTo(Fraction.of(3, 5));
    assertThat(second.points()).isEqualTo(1);
    assertThat(second.carry().isZero()).isTrue();
  }

  @Test
  void more_points_than_any_account_may_have_are_said_to_be_so() {
    var book =
        new BookBuilder().base(Ratio.proRata(1_000_000, 1)).multiply("m", Fraction.of(100)).book();

    assertThat(book.award(order(1_000_000_000_000L), ANYBODY).isBeyondLimit()).isTrue();
  }

  private static Condition window(Instant from, Instant to) {
    Condition any = Condition.ALWAYS;
    return new Condition(
        from,
        to,
        null,
        null,
        Set.of(),
        List.of(),
        null,
        any.stores(),
        Set.of(),
        Set.of(),
        Set.of(),
        any.minimum(),
        0,
        false,
        null,
        0,
        any.not());
  }

  private static Condition hours(Set<DayOfWeek> weekdays, Hours hours) {
    Condition any = Condition.ALWAYS;
    return new Condition(
        any.from(),
        any.to(),
        null,
        null,
        weekdays,
        List.of(hours),
        null,
        any.stores(),
        Set.of(),
        Set.of(),
        Set.of(),
        any.minimum(),
        0,
        false,
        null,
        0,
        any.not());
  }

  private static MemberFacts ofTier(String tier) {
    return new MemberFacts("m", tier, false, null, Set.of(), Fraction.ZERO, Usage.NONE);
  }

  private static MemberFacts having(Usage usage) {
    return new MemberFacts("m", null, false, null, Set.of(), Fraction.ZERO, usage);
  }

  @Test
  void a_carry_of_more_than_a_point_goes_to_the_next_order_that_earns() {
    var book = new BookBuilder().excluding(category("fuel")).rounding(Rounding.FLOOR, true).book();
    MemberFacts member = carrying(Fraction.of(27, 10));

    Awarding fuel = book.award(order(line("f", "fuel", 1, 5_000)), member);
    Awarding small = book.award(order(50), member);

    assertThat(fuel.points()).isZero();
    assertThat(fuel.carry()).isEqualTo(Fraction.of(27, 10));
    assertThat(small.points()).isEqualTo(3);
    assertThat(small.carry()).isEqualTo(Fraction.of(1, 5));
  }

  @Test
  void a_carry_of_less_than_minus_one_point_is_made_up_for_by_the_next_order() {
    var book = new BookBuilder().rounding(Rounding.FLOOR, true).book();

    Awarding awarding =
        book.award(
            order(line("x", null, 1, 500), line("y", null, 1, 70)), carrying(Fraction.of(-16, 5)));

    assertThat(awarding.points()).isEqualTo(2);
    assertThat(awarding.carry()).isEqualTo(Fraction.of(1, 2));
  }

  private static MemberFacts carrying(Fraction carry) {
    return new MemberFacts("m", null, false, null, Set.of(), carry, Usage.NONE);
  }

  private static long[] pointsByLine(Awarding awarding, int lines) {
    long[] points = new long[lines];
    awarding.awards().forEach(it -> points[it.line()] += it.points());
    return points;
  }

  private static Map<Integer, Long> pointsByRule(Awarding awarding) {
    var points = new TreeMap<Integer, Long>();
    awarding.awards().forEach(it -> points.merge(it.rule(), it.points(), Long::sum));
    return points;
  }
}
