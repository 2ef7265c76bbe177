package points.ledger.book.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.award.Awarding;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Usage;
import points.ledger.book.Birthday;
import points.ledger.book.Caps.Period;
import points.ledger.book.Effect;
import points.ledger.book.Growth;
import points.ledger.book.Hours;
import points.ledger.book.Minimum;
import points.ledger.book.Promotion;
import points.ledger.book.Ratio;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleCap;
import points.ledger.book.Stores;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCost;
import points.ledger.budget.BudgetCost.Basis;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldError;
import points.ledger.form.FieldErrors;
import points.ledger.rules.Fraction;
import points.ledger.tier.Level;
import points.ledger.tier.TierRules;

class RuleBookReaderTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  @Test
  void the_example_is_read_to_its_last_field() throws IOException {
    RuleBook book = read(example());

    Promotion weekend = book.promotions().get(0);
    assertThat(book.timeZone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(book.ruleIds())
        .containsExactly(
            "base",
            "leaders",
            "a",
            "b",
            "steps",
            "tier",
            "weekend",
            "milk",
            "first",
            "birthday",
            "big");
    assertThat(weekend.priority()).isEqualTo(20);
    assertThat(weekend.effect()).isEqualTo(new Effect.Multiply(Fraction.of(2)));
    assertThat(weekend.when().from()).isEqualTo(Instant.parse("2026-11-30T16:00:00Z"));
    assertThat(weekend.when().hours())
        .containsExactly(new Hours(LocalTime.of(10, 0), LocalTime.of(22, 0)));
    assertThat(weekend.when().stores()).isEqualTo(new Stores(Set.of(), Set.of("east")));
    assertThat(weekend.when().minimum()).isEqualTo(new Minimum(30_000, Minimum.Measured.INITIAL));
    assertThat(weekend.when().not().goods().products()).containsExactly("P9");
    assertThat(weekend.when().holdOut()).isEqualTo(1000);
    assertThat(weekend.cap().caps().perMember())
        .isEqualTo(Map.of(Period.DAY, 1000L, Period.MONTH, 5000L));
    assertThat(book.promotions().get(1).effect()).isEqualTo(new Effect.PerUnit(5, 10));
    assertThat(book.promotions().get(3).when().birthday()).isEqualTo(new Birthday(false, 3));
    assertThat(book.promotions().get(3).cap().unit()).isEqualTo(RuleCap.Unit.USES);
    assertThat(book.promotions().get(4).when().linesMin()).isEqualTo(3);
    assertThat(weekend.budget()).isEqualTo("december");
    assertThat(book.budget()).isNull();
    assertThat(book.budgets())
        .containsExactly(
            new Budget(
                "december",
                6_000_000,
                new BudgetCost(10_000_000, 100, 100, Fraction.of(3, 5), Basis.CAUTIOUS),
                false,
                Budget.AtEnd.STOP,
                List.of(Fraction.of(4, 5), Fraction.of(19, 20))));
  }

  /** 300 yuan on a Saturday by a gold member: 300 by its class, 150 by the tier, 450 as double. */
  @Test
  void gold_on_saturday_gets_what_the_merchant_expects() throws IOException {
    var line = new LineFacts("P1", null, "A", Set.of(), 1, 30_000);
    var order =
        new OrderFacts(
            Instant.parse("2026-12-05T11:00:00+08:00"),
            ZoneId.of("Asia/Shanghai"),
            "S001",
            Set.of("east"),
            "till",
            30_000,
            List.of(line));
    var member =
        new MemberFacts("m1", "gold", false, null, Set.of("lapsing"), Fraction.ZERO, Usage.NONE);

    Awarding awarding = new CompiledBook(read(example())).award(order, member);

    assertThat(awarding.points()).isEqualTo(900);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /ruleBookId | null | /ruleBookId
          /base/points | 0 | /base/points
          /base/perAmount | "100" | /base/perAmount
          /base/expr | "x" | /base/expr
          /expr | "x" | /expr
          /timeZone | "Mars/Olympus" | /timeZone
          /sets/leaders | {"products": ["P9"], "storeIds": ["S1"]} | /sets/leaders
          /sets/cn/workdays | ["2027-01-01"] | /sets/cn/workdays
          /sets/cn/holidays | ["1 January"] | /sets/cn/holidays
          /ratios/1/for | "none" | /ratios/1/for
          /ratios/1/id | "base" | /ratios/1/id
          /ratios/1/id | "b" | /ratios/2/id
          /ratios/1/points | -1 | /ratios/1/points
          /brackets/steps | [] | /brackets/steps
          /brackets/steps/1/upTo | 100000 | /brackets/steps/1/upTo
          /brackets/mode | "both" | /brackets/mode
          /tierFactors/gold | "0" | /tierFactors/gold
          /tierFactors/gold | 1.5 | /tierFactors/gold
          /stacking/groups/1/choose | "max" | /stacking/groups/1/choose
          /stacking/combine | "sum" | /stacking/combine
          /rounding/mode | "ceiling" | -
          /rounding | {"mode": "ceiling", "carry": true} | /rounding/carry
          /promotions/0/multiply | "1" | /promotions/0/multiply
          /promotions/0/fixed | 5 | /promotions/0/fixed
          /promotions/0/group | "gone" | /promotions/0/group
          /promotions/2/group | "goods" | /promotions/2/group
          /promotions/0/when/to | "2026-12-01T00:00:00+08:00" | /promotions/0/when/to
          /promotions/0/when/weekdays | ["saturday"] | /promotions/0/when/weekdays/0
          /promotions/0/when/hours | [{"from": "25:00", "to": "02:00"}] | /promotions/0/when/hours/0/from
          /promotions/0/when/stores | "leaders" | /promotions/0/when/stores
          /promotions/0/when/channels | ["phone"] | /promotions/0/when/channels/0
          /promotions/0/when/tiers | ["gone"] | /promotions/0/when/tiers/0
          /promotions/0/when/holdOut | "100%" | /promotions/0/when/holdOut
          /promotions/0/when/days | {"from": "2027-01-02", "to": "2027-01-02"} | /promotions/0/when/days/to
          /promotions/0/when/minimum/amount | 0 | /promotions/0/when/minimum/amount
          /promotions/0/cap/perMember/decade | 1 | /promotions/0/cap/perMember/decade
          /promotions/3/when/birthday | "P61D" | /promotions/3/when/birthday
          /caps/perOrder | -1 | /caps/perOrder
          /caps/return | "sometimes" | /caps/return
          /growth/rules | [] | /growth/rules
          /growth/rules/1/id | "big" | /growth/rules/1/id
          /growth/rules/1/fixed | 0 | /growth/rules/1/fixed
          /growth/rules/1/points | 1 | /growth/rules/1/points
          /growth/rules/0/perDay | 0 | /growth/rules/0/perDay
          /tiers/levels | [] | /tiers/levels
          /tiers/levels/0/from | 1 | /tiers/levels/0/from
          /tiers/levels/2/from | 1000 | /tiers/levels/2/from
          /tiers/levels/1/name | {"zh": "金"} | /tiers/levels/1/name/en
          /tiers/levels/1/benefits/0/kind | "1 2" | /tiers/levels/1/benefits/0/kind
          /tiers/levels/1/colour | "red" | /tiers/levels/1/colour
          /tiers/measure/account | "points" | /tiers/measure/account
          /tiers/measure/length | "P37M" | /tiers/measure/length
          /tiers/measure/length | "P1Y" | /tiers/measure/length
          /tiers/measure/period | "calendarYear" | /tiers/measure/length
          /tiers/review | null | /tiers/review
          /tiers/review/on | "never" | /tiers/review/on
          /tiers/down | "all" | /tiers/down
          /tiers/grace | "P1M" | /tiers/grace
          /tiers/onRefund | "sometimes" | /tiers/onRefund
          /tiers/onRefund | {"ifWithin": "P0D"} | /tiers/onRefund/ifWithin
          /tierFactors/bronze | "1" | /tierFactors/bronze
          /budget | "december" | -
          /budget | "gone" | /budget
          /promotions/0/budget | "gone" | /promotions/0/budget
          /budgets/0/id | "other" | /promotions/0/budget
          /budgets/1 | {"id": "december", "limit": 5} | /budgets/1/id
          /budgets/1 | {"id": "b"} | /budgets/1/limit
          /budgets/1 | {"id": "b", "limit": 0, "per": "store"} | -
          /budgets/1 | {"id": "b", "limit": 5, "redemptionRate": "1", "pointsPerUnit": {"points": 1, "amount": 1}} | /budgets/1/marketingCost
          /budgets/0/limit | "formula" | -
          /budgets/0/limit | "all" | /budgets/0/limit
          /budgets/0/limit | -1 | /budgets/0/limit
          /budgets/0/marketingCost | 0 | /budgets/0/marketingCost
          /budgets/0/pointsPerUnit/amount | 0 | /budgets/0/pointsPerUnit/amount
          /budgets/0/redemptionRate | "1.01" | /budgets/0/redemptionRate
          /budgets/0/redemptionRate | "0" | /budgets/0/redemptionRate
          /budgets/0/basis | "bold" | /budgets/0/basis
          /budgets/0/warnAt | ["0.9", "0.8"] | /budgets/0/warnAt
          /budgets/0/warnAt | ["1.1"] | /budgets/0/warnAt
          /budgets/0/atEnd | "never" | /budgets/0/atEnd
          /budgets/0/per | "city" | /budgets/0/per
          """)
  void a_fault_is_named_by_its_field(String pointer, String value, String expected)
      throws IOException {
    JsonObject book = example();
    JsonPointer.from(pointer).writeJson(book, new JsonArray("[" + value + "]").getValue(0), true);

    List<String> faults = faults(book).stream().map(FieldError::pointer).toList();

    assertThat(faults).isEqualTo(expected.equals("-") ? List.of() : List.of(expected));
  }

  @Test
  void the_tiers_of_the_example_are_read() throws IOException {
    RuleBook book = read(example());
    TierRules tiers = Objects.requireNonNull(book.tiers());

    assertThat(tiers.levels()).extracting(Level::id).containsExactly("silver", "gold", "black");
    Level gold = tiers.levels().get(1);
    assertThat(gold.from()).isEqualTo(1_000);
    assertThat(gold.name()).isEqualTo(new Level.Named("金卡", "Gold"));
    assertThat(gold.benefits().get(0).facts()).isEqualTo(Map.of("factor", "1.5"));
    assertThat(tiers.measure()).isEqualTo(TierRules.Measure.GROWTH);
    assertThat(tiers.months()).isEqualTo(12);
    assertThat(tiers.risesAtOnce()).isTrue();
    assertThat(tiers.review()).isEqualTo(TierRules.Review.ANNIVERSARY);
    assertThat(tiers.oneStep()).isTrue();
    assertThat(tiers.grace()).isEqualTo(30);
    assertThat(tiers.refundsWithin()).isNull();
    assertThat(Objects.requireNonNull(book.growth()).rules())
        .containsExactly(
            new Growth.Rule("spend", Ratio.proRata(1, 100), 0, 0),
            new Growth.Rule("visit", null, 10, 1));
  }

  @Test
  void a_level_is_named_once_and_there_are_twelve_at_most() throws IOException {
    JsonObject book = example();
    JsonArray levels = book.getJsonObject("tiers").getJsonArray("levels");
    levels.add(new JsonObject("{\"id\": \"gold\", \"from\": 9000}"));
    assertThat(faults(book)).extracting(FieldError::pointer).containsExactly("/tiers/levels/3/id");
    levels.remove(3);
    while (levels.size() < 12) {
      int from = 10_000 + levels.size();
      levels.add(new JsonObject().put("id", "l" + from).put("from", from));
    }
    assertThat(faults(book)).isEmpty();
    levels.add(new JsonObject().put("id", "more").put("from", 20_000));
    assertThat(faults(book)).extracting(FieldError::pointer).contains("/tiers/levels");
  }

  @Test
  void conditions_and_examples_name_levels_of_the_book() throws IOException {
    JsonObject book = example();
    book.getJsonObject("tierFactors").remove("gold");
    assertThat(faults(book)).isEmpty();
    book.getJsonObject("tiers").getJsonArray("levels").remove(1);
    assertThat(faults(book))
        .extracting(FieldError::pointer)
        .contains("/promotions/0/when/tiers/0", "/examples/0/member/tier");
  }

  private static RuleBook read(JsonObject json) {
    var errors = new FieldErrors();
    RuleBook book = RuleBookReader.read(json, UTC, errors);
    assertThat(errors.all()).isEmpty();
    return book;
  }

  private static List<FieldError> faults(JsonObject json) {
    var errors = new FieldErrors();
    RuleBookReader.read(json, UTC, errors);
    return errors.all();
  }

  private static JsonObject example() throws IOException {
    return new JsonObject(Files.readString(Path.of("../docs/examples/rule-book.json")));
  }
}
