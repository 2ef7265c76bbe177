package points.load.model.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.load.model.Fraction;
import points.load.model.book.Rating.Award;
import points.load.model.book.RuleBook.Due;

/** The model of rule books against numbers that people have worked out. */
class RuleBookTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final String NOON = "2026-12-02T12:00:00+08:00";
  private static final Buyer ANYBODY = new Buyer("m", "", Counters.FRESH.bought());

  @Test
  void rates_the_worked_examples_of_the_document() throws IOException {
    JsonObject document =
        new JsonObject(Files.readString(Path.of("../docs/examples/rule-book.json")));
    JsonArray promotions = document.getJsonArray("promotions");
    promotions.getJsonObject(0).getJsonObject("when").remove("groups"); // nobody is in one yet
    RuleBook book = RuleBook.read(document, SHANGHAI);
    JsonArray examples = document.getJsonArray("examples");

    assertThat(examples).hasSize(2);
    for (Object example : examples) {
      JsonObject it = (JsonObject) example;
      assertThat(points(book, it)).as(it.getString("title")).isEqualTo(it.getLong("points"));
    }
  }

  private static long points(RuleBook book, JsonObject example) {
    JsonObject member = example.getJsonObject("member");
    JsonObject store = example.getJsonObject("store", new JsonObject());
    JsonObject order = example.getJsonObject("order");
    List<BoughtLine> lines = new ArrayList<>();
    for (Object line : order.getJsonArray("lines")) {
      JsonObject it = (JsonObject) line;
      lines.add(
          new BoughtLine(
              it.getString("productId", ""),
              it.getString("category", ""),
              it.getString("marginClass", ""),
              Set.of(),
              it.getLong("quantity", 1L),
              it.getLong("amount")));
    }
    var bought =
        new BoughtOrder(
            OffsetDateTime.parse(example.getString("at")).toInstant(),
            SHANGHAI,
            store.getString("storeId", "S9"),
            Json.strings(store, "storeTags"),
            order.getString("channel"),
            order.getLong("amount"),
            lines);
    Counters counters =
        member.getBoolean("firstPurchase", false) ? Counters.FRESH : Counters.FRESH.bought();
    return book.rate(bought, new Buyer("m-3", member.getString("tier", ""), counters)).points();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 250, proRata, 300, 6",
    "5, 250, fullStep, 300, 5",
    "5, 250, fullStep, 499, 5",
    "5, 250, fullStep, 500, 10",
    "1, 5000, proRata, 3000, 0",
  })
  void ratios(long points, long perAmount, String per, long amount, long expected) {
    JsonObject base = new JsonObject().put("points", points).put("perAmount", perAmount);

    assertThat(rate(book().put("base", base.put("per", per)), amount)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"add, 400", "multiply, 600", "best, 300"})
  void two_multipliers(String combine, long expected) {
    JsonObject book =
        book(multiply("two", "2"), multiply("three", "3"))
            .put("stacking", new JsonObject().put("combine", combine));

    assertThat(rate(book, 10_000)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"marginal, 7000", "whole, 7500"})
  void brackets_that_say_where_they_end(String mode, long expected) {
    JsonArray steps =
        new JsonArray()
            .add(new JsonObject("{\"upTo\":100000,\"points\":1,\"perAmount\":100}"))
            .add(new JsonObject("{\"upTo\":500000,\"points\":3,\"perAmount\":200}"))
            .add(new JsonObject("{\"points\":2,\"perAmount\":100}"));

    assertThat(rate(brackets(mode, steps), 500_000)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"20000, 0", "99999, 0", "100000, 100", "196000, 196", "300000, 333"})
  void brackets_that_say_where_they_begin(long amount, long expected) {
    JsonArray steps =
        new JsonArray()
            .add(new JsonObject("{\"from\":0,\"points\":0}"))
            .add(new JsonObject("{\"from\":100000,\"points\":1,\"perAmount\":1000}"))
            .add(new JsonObject("{\"from\":300000,\"points\":1,\"perAmount\":900}"));

    assertThat(rate(brackets("whole", steps), amount)).isEqualTo(expected);
  }

  private static JsonObject brackets(String mode, JsonArray steps) {
    return book()
        .put("brackets", new JsonObject().put("id", "s").put("mode", mode).put("steps", steps));
  }

  @Test
  void equal_lines_of_a_tier_get_equal_points() {
    RuleBook book =
        RuleBook.read(book().put("tierFactors", new JsonObject().put("gold", "1.5")), SHANGHAI);
    BoughtOrder order = order(NOON, line(3333), line(3333), line(3334));

    Rating rating = book.rate(order, new Buyer("m", "gold", Counters.FRESH));

    assertThat(rating.points()).isEqualTo(150);
    assertThat(List.of(rating.points(0), rating.points(1), rating.points(2))).containsOnly(50L);
  }

  @Test
  void a_budget_cuts_the_rule_that_is_applied_last_first() {
    JsonObject low =
        new JsonObject("{\"id\":\"low\",\"priority\":1,\"fixed\":10,\"budget\":\"b\"}");
    JsonObject high =
        new JsonObject("{\"id\":\"high\",\"priority\":2,\"fixed\":7,\"budget\":\"b\"}");
    JsonObject free = new JsonObject("{\"id\":\"zz\",\"fixed\":3}");
    JsonObject budget = new JsonObject("{\"id\":\"b\",\"limit\":100}");
    RuleBook book =
        RuleBook.read(book(low, high, free).put("budgets", new JsonArray().add(budget)), SHANGHAI);

    Rating rating = book.rate(order(NOON, line(1_000)), ANYBODY, Map.of("b", 9L));

    assertThat(rating.awards())
        .containsExactly(
            new Award(0, "base", 10),
            new Award(0, "high", 7),
            new Award(0, "low", 2),
            new Award(0, "zz", 3));
    assertThat(rating.cuts()).isEqualTo(Map.of("low", 8L));
  }

  @Test
  void excluded_goods_earn_nothing_and_count_for_nothing() {
    JsonObject fixed =
        new JsonObject("{\"id\":\"f\",\"fixed\":7,\"when\":{\"minimum\":{\"amount\":2001}}}");
    RuleBook book =
        RuleBook.read(
            book(fixed).put("excluded", new JsonObject("{\"categories\":[\"deposit\"]}")),
            SHANGHAI);
    BoughtOrder order = order(NOON, line(2_000), BoughtLine.of("x", "deposit/bottle", 1, 5_000));

    assertThat(book.rate(order, ANYBODY).awards()).containsExactly(new Award(0, "base", 20));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-05T22:00:00+08:00, 200",
    "2026-12-06T01:59:59+08:00, 200", // Sunday, in the hours that began on Saturday
    "2026-12-06T02:00:00+08:00, 100",
    "2026-12-05T01:00:00+08:00, 100", // Saturday, in the hours that began on Friday
    "2026-12-06T22:00:00+08:00, 100",
  })
  void hours_that_cross_midnight_belong_to_the_day_on_which_they_begin(String at, long expected) {
    JsonObject when =
        new JsonObject(
            "{\"weekdays\":[\"sat\"],\"hours\":[{\"from\":\"22:00\",\"to\":\"02:00\"}]}");
    RuleBook book = RuleBook.read(book(multiply("n", "2").put("when", when)), SHANGHAI);

    assertThat(book.rate(order(at, line(10_000)), ANYBODY).points()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2027-06-19T23:59:59+08:00, 200",
    "2027-06-20T00:00:00+08:00, 100",
    "2027-05-31T16:00:00Z, 200",
    "2027-05-31T15:59:59Z, 100",
  })
  void days_are_those_of_the_store(String at, long expected) {
    JsonObject when = new JsonObject("{\"days\":{\"from\":\"2027-06-01\",\"to\":\"2027-06-20\"}}");
    RuleBook book = RuleBook.read(book(multiply("n", "2").put("when", when)), SHANGHAI);

    assertThat(book.rate(order(at, line(10_000)), ANYBODY).points()).isEqualTo(expected);
  }

  @Test
  void a_cap_for_a_day_gets_its_room_back_on_that_day_only() {
    RuleBook book =
        RuleBook.read(
            book().put("caps", new JsonObject("{\"perMember\":{\"day\":100}}")), SHANGHAI);
    BoughtOrder order = order(NOON, line(6_000));
    Instant at = order.occurredAt();
    Counters first = after(book, order, Counters.FRESH);
    Rating cut = book.rate(order, new Buyer("m", "", first));

    assertThat(cut.points()).isEqualTo(40);
    assertThat(cut.cuts()).isEqualTo(Map.of("base", 20L));
    Counters second = after(book, order, first);
    Counters today = second.plus(wholeRefund(book, order, first, at), at);
    assertThat(book.rate(order, new Buyer("m", "", today)).points()).isEqualTo(40);
    Instant tomorrow = at.plusSeconds(86_400);
    Counters late = second.plus(wholeRefund(book, order, first, tomorrow), tomorrow);
    assertThat(book.rate(order, new Buyer("m", "", late)).points()).isZero();
  }

  @Test
  void a_remainder_counts_with_the_next_order_and_comes_back_with_a_refund() {
    RuleBook book =
        RuleBook.read(
            book()
                .put("base", new JsonObject().put("points", 1).put("perAmount", 5_000))
                .put("rounding", new JsonObject().put("carry", true)),
            SHANGHAI);
    BoughtOrder large = order(NOON, line(3_000));
    BoughtOrder small = order(NOON, line(2_000));
    Counters first = after(book, large, Counters.FRESH);

    assertThat(first.carry()).isEqualTo(Fraction.of("0.6"));
    assertThat(book.rate(small, new Buyer("m", "", first)).points()).isEqualTo(1);
    Counters second = after(book, small, first);
    assertThat(second.carry()).isEqualTo(Fraction.ZERO);
    Counters back =
        second.plus(wholeRefund(book, large, Counters.FRESH, large.occurredAt()), Instant.now());
    assertThat(back.carry()).isEqualTo(Fraction.of("-0.6"));
    assertThat(book.rate(small, new Buyer("m", "", back)).points()).isZero();
  }

  @Test
  void a_cap_of_uses_counts_orders_and_drops_a_promotion_before_its_group_chooses() {
    JsonObject often = multiply("often", "3").put("group", "g");
    often.put("cap", new JsonObject("{\"perMember\":{\"day\":1},\"unit\":\"uses\"}"));
    JsonObject book =
        book(often, multiply("other", "2").put("group", "g"))
            .put(
                "stacking",
                new JsonObject(
                    "{\"groups\":[{\"id\":\"g\",\"choose\":\"best\",\"scope\":\"order\"}]}"));
    RuleBook read = RuleBook.read(book, SHANGHAI);
    BoughtOrder order = order(NOON, line(10_000));

    assertThat(read.rate(order, ANYBODY).points()).isEqualTo(300);
    Counters once = after(read, order, ANYBODY.counters());
    assertThat(read.rate(order, new Buyer("m", "", once)).points()).isEqualTo(200);
  }

  @Test
  void a_field_that_the_model_does_not_know_is_refused() {
    JsonObject book = book(multiply("n", "2").put("when", new JsonObject().put("moon", "full")));

    assertThatThrownBy(() -> RuleBook.read(book, SHANGHAI)).hasMessageContaining("moon");
  }

  private static Counters after(RuleBook book, BoughtOrder order, Counters before) {
    Rating rating = book.rate(order, new Buyer("m", "", before));
    return before.plus(book.change(order, rating, before), order.occurredAt()).bought();
  }

  private static Counters.Change wholeRefund(
      RuleBook book, BoughtOrder order, Counters before, Instant at) {
    Rating rating = book.rate(order, new Buyer("m", "", before));
    var rated = new RuleBook.Rated(rating, book.change(order, rating, before));
    Due all = points -> new Due.Sums(0, Arrays.stream(points).sum());
    return book.refund(order, rated, all, Fraction.ONE, at);
  }

  private static long rate(JsonObject book, long amount) {
    return RuleBook.read(book, SHANGHAI).rate(order(NOON, line(amount)), ANYBODY).points();
  }

  private static JsonObject book(JsonObject... promotions) {
    return new JsonObject()
        .put("ruleBookId", "b")
        .put("base", new JsonObject().put("points", 1).put("perAmount", 100))
        .put("promotions", new JsonArray(List.of(promotions)));
  }

  private static JsonObject multiply(String id, String factor) {
    return new JsonObject().put("id", id).put("multiply", factor);
  }

  private static BoughtLine line(long amount) {
    return BoughtLine.of("P1", "", 1, amount);
  }

  private static BoughtOrder order(String at, BoughtLine... lines) {
    return BoughtOrder.atTill(OffsetDateTime.parse(at).toInstant(), SHANGHAI, "S1", List.of(lines));
  }
}
