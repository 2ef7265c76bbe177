package points.ledger.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.book.RuleBook;
import points.ledger.book.json.RuleBookReader;
import points.ledger.command.SaleTerms;
import points.ledger.decide.Deciding;
import points.ledger.decide.DecidingMembers;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldErrors;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
import points.ledger.tier.LevelChange.Reason;

/** Tiers by what orders and refunds do. */
class TierDecisionsTest {

  /** A point a yuan, and silver, gold from 1,000 and black from 5,000 points of growth. */
  static final String BOOK =
      """
      {"ruleBookId": "tiers", "base": {"points": 1, "perAmount": 100},
       "excluded": {"categories": ["giftCard"]},
       "tierFactors": {"silver": "1", "gold": "1.5", "black": "2"},
       "growth": {"rules": [{"id": "spend", "points": 1, "perAmount": 100},
                            {"id": "visit", "fixed": 10, "perDay": 1}]},
       "tiers": {
         "levels": [{"id": "silver", "from": 0}, {"id": "gold", "from": 1000},
                    {"id": "black", "from": 5000}],
         "measure": {"account": "%s", "period": "rolling", "length": "P12M"},
         "review": {"on": "anniversary"}, "onRefund": %s}}
      """;

  private static final int NOVEMBER = 2026 * 12 + 10;

  static Deciding member() {
    return member(BOOK.formatted("growth", "\"review\""));
  }

  static Deciding member(String document) {
    return new Deciding(program(document));
  }

  static Program program(String document) {
    Program plain = Deciding.MONTHLY;
    var errors = new FieldErrors();
    RuleBook book = RuleBookReader.read(new JsonObject(document), plain.timeZone(), errors);
    assertThat(errors.all()).isEmpty();
    return plain.ratingBy(new PublishedBook(3, book.ruleBookId(), new CompiledBook(book)));
  }

  static TierFacts facts(Deciding member) {
    return member.state == null ? TierFacts.NONE : member.state.facts().tier();
  }

  private static LevelChange change(Entry entry) {
    return Objects.requireNonNull(entry.factsChange().tier().level());
  }

  @Test
  void an_order_that_lifts_is_rated_by_the_tier_before_it_and_the_next_by_the_new_one() {
    Deciding member = member();
    member.accept(member.accrual(94_000)); // 940 + 10 of growth for the first order of the day
    Entry lifting = member.accept(member.accrual(5_000));

    assertThat(lifting.points()).isEqualTo(50);
    assertThat(change(lifting))
        .isEqualTo(
            new LevelChange(
                "silver", "gold", member.now, Deciding.dayOf("2027-11-22"), false, Reason.RISE));
    assertThat(member.accept(member.accrual(10_000)).points()).isEqualTo(150);
    assertThat(member.available("growth")).isEqualTo(10 + 940 + 50 + 100);
  }

  @Test
  void one_order_may_lift_by_several_levels_and_no_order_lifts_twice() {
    Deciding member = member();
    Entry lifting = member.accept(member.accrual(600_000));
    assertThat(lifting.points()).isEqualTo(6_000);
    assertThat(change(lifting).to()).isEqualTo("black");
    Entry next = member.accept(member.accrual(100));
    assertThat(next.points()).isEqualTo(2);
    assertThat(next.factsChange().tier().level()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"growth, 1000", "visits, 1", "spend, 100000"})
  void the_book_says_what_is_measured(String account, long from) {
    String document = BOOK.formatted(account, "\"review\"").replace("1000}", from + "}");
    document = document.replace("5000}", "5000000}");
    Deciding member = member(document);
    Entry below = member.accept(member.accrual(account.equals("growth") ? 98_900 : 99_900));
    assertThat(below.factsChange().tier().level() == null).isEqualTo(!account.equals("visits"));
    member.accept(member.accrual(100));
    assertThat(facts(member).levelAt(member.now)).isEqualTo("gold");
  }

  @Test
  void a_late_order_is_rated_by_the_tier_of_the_time_at_which_it_was_paid() {
    Deciding member = member();
    Instant yesterday = member.now.minus(Duration.ofDays(1));
    member.accept(member.accrual(200_000));
    assertThat(member.accept(member.accrual(10_000, yesterday)).points()).isEqualTo(100);
    assertThat(member.accept(member.accrual(10_000, member.now)).points()).isEqualTo(150);
  }

  @Test
  void a_late_order_lifts_from_the_time_at_which_it_was_paid() {
    Deciding member = member();
    Instant yesterday = member.now.minus(Duration.ofDays(1));
    assertThat(change(member.accept(member.accrual(200_000, yesterday))).since())
        .isEqualTo(yesterday);
    assertThat(member.accept(member.accrual(10_000, yesterday)).points()).isEqualTo(150);
    Instant before = yesterday.minusMillis(1);
    assertThat(member.accept(member.accrual(10_000, before)).points()).isEqualTo(100);
  }

  @Test
  void a_late_order_never_begins_a_level_before_the_level_that_the_member_has() {
    Deciding member = member();
    member.accept(member.accrual(200_000));
    Instant before = member.now.minus(Duration.ofDays(3));
    assertThat(change(member.accept(member.accrual(400_000, before))).since())
        .isEqualTo(member.now);
  }

  @Test
  void orders_of_another_year_count_as_long_as_the_period_is() {
    Deciding member = member();
    member.accept(member.accrual(98_000)); // 990 in November 2026
    member.now = Instant.parse("2027-11-30T04:00:00Z");
    assertThat(change(member.accept(member.accrual(100))).to()).isEqualTo("gold");

    Deciding later = member();
    later.accept(later.accrual(98_000));
    later.now = Instant.parse("2027-12-01T04:00:00Z");
    assertThat(later.accept(later.accrual(100)).factsChange().tier().level()).isNull();
  }

  @Test
  void months_that_no_period_reaches_any_more_are_dropped() {
    Deciding member = member();
    for (int month = 0; month < 45; month++) {
      member.accept(member.accrual(100));
      member.now = member.now.plus(Duration.ofDays(28));
    }
    assertThat(facts(member).months()).hasSize(13);
  }

  @Test
  void growth_with_a_limit_counts_once_a_day_and_again_when_the_whole_order_came_back() {
    Deciding member = member();
    member.accept(member.sale("o1", 1_000));
    member.accept(member.sale("o2", 1_000));
    assertThat(member.available("growth")).isEqualTo(10 + 10 + 10);
    member.accept(member.refund("o1", "half", 500L));
    member.accept(member.sale("o3", 1_000));
    assertThat(member.available("growth")).isEqualTo(10 + 10 + 10 + 10 - 10);
    member.accept(member.refund("o1", "rest", null));
    member.accept(member.sale("o4", 1_000));
    assertThat(member.available("growth")).isEqualTo(10 + 10 + 20);
  }

  @Test
  void goods_that_are_excluded_count_for_nothing_and_take_nothing_when_they_come_back() {
    Deciding member = member();
    var goods = new Line("1", "P1", "food", 1, 10_000);
    var card = new Line("2", "P2", "giftCard", 1, 50_000);
    member.accept(member.sale("o", 60_000, goods, card));
    assertThat(facts(member).months()).containsExactly(new Measured(NOVEMBER, 110, 1, 10_000));
    member.accept(member.refundLine("o", "card", "2", null));
    assertThat(facts(member).months()).containsExactly(new Measured(NOVEMBER, 110, 1, 10_000));
    assertThat(member.available("growth")).isEqualTo(110);
    member.accept(member.refundLine("o", "half", "1", 5_000L));
    assertThat(facts(member).months()).containsExactly(new Measured(NOVEMBER, 55, 1, 5_000));
    assertThat(member.available("growth")).isEqualTo(55);
    member.accept(member.refundLine("o", "rest", "1", null));
    assertThat(facts(member).months()).isEmpty();
    assertThat(member.available("growth")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"review\"', 0, gold",
    "'\"immediate\"', 0, silver",
    "'\"immediate\"', 300, silver",
    "'{\"ifWithin\": \"P30D\"}', 30, silver",
    "'{\"ifWithin\": \"P30D\"}', 31, gold",
  })
  void a_refund_takes_growth_at_once_and_the_tier_as_the_book_says(
      String onRefund, int days, String tier) {
    Deciding member = member(BOOK.formatted("growth", onRefund));
    member.accept(member.sale("o1", 89_000));
    member.accept(member.sale("o2", 20_000));
    member.now = member.now.plus(Duration.ofDays(days));
    member.accept(member.refund("o2", "r", null));
    assertThat(facts(member).levelAt(member.now)).isEqualTo(tier);
    assertThat(facts(member).months()).containsExactly(new Measured(NOVEMBER, 900, 1, 89_000));
  }

  @Test
  void spending_and_owing_points_change_no_tier() {
    Deciding member = member(BOOK.formatted("growth", "\"immediate\""));
    member.accept(member.accrual(200_000));
    member.accept(member.deduction(member.available("points")));
    assertThat(member.accept(member.adjustment(500)).factsChange().isNone()).isTrue();
    assertThat(facts(member).levelAt(member.now)).isEqualTo("gold");
  }

  @Test
  void a_reversal_takes_what_was_measured_and_the_reversal_of_a_refund_brings_it_back() {
    Deciding member = member(BOOK.formatted("growth", "\"immediate\""));
    Entry sale = member.accept(member.sale("o1", 200_000));
    Entry refund = member.accept(member.refund("o1", "r", 150_000L));
    assertThat(facts(member).levelAt(member.now)).isEqualTo("silver");
    assertThat(change(member.accept(member.reversal(refund))).to()).isEqualTo("gold");
    assertThat(change(member.accept(member.reversal(sale))).to()).isEqualTo("silver");
    assertThat(facts(member).months()).isEmpty();
  }

  @Test
  void a_cancelled_order_takes_what_was_measured_once() {
    Deciding member = member();
    Entry sale = member.accept(member.sale("o1", 6_000, new SaleTerms(0, 0, true, null)));
    member.accept(member.refund("o1", "part", 1_000L));
    member.accept(member.endPending(sale, false));
    assertThat(facts(member).months()).isEmpty();
    member.accept(member.refund("o1", "rest", null));
    assertThat(facts(member).months()).isEmpty();
  }

  @Test
  void a_cancelled_order_without_any_limit_takes_what_was_measured() {
    Deciding member =
        member(
            """
            {"ruleBookId": "b", "base": {"points": 1, "perAmount": 100},
             "tiers": {"levels": [{"id": "silver", "from": 0}],
               "measure": {"account": "spend", "period": "calendarYear"}, "review": {"on": "yearEnd"}}}
            """);
    Entry sale = member.accept(member.sale("o1", 6_000, new SaleTerms(0, 0, true, null)));
    assertThat(facts(member).months()).containsExactly(new Measured(NOVEMBER, 0, 1, 6_000));
    member.accept(member.endPending(sale, false));
    assertThat(facts(member).months()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void refunds_in_any_pieces_take_what_one_whole_refund_takes(int seed) {
    var random = new Random(seed);
    Deciding pieces = member();
    Deciding whole = member();
    Line[] lines = {
      new Line("1", "P1", "giftCard", 1, random.nextInt(3_000)),
      new Line("2", "P2", null, 1, 100 + random.nextInt(30_000)),
      new Line("3", "P3", null, 1, 100 + random.nextInt(30_000)),
    };
    long amount = lines[0].amount() + lines[1].amount() + lines[2].amount();
    for (Deciding member : List.of(pieces, whole)) {
      member.accept(member.sale("o1", amount, lines));
      member.accept(member.sale("o2", 777));
    }
    for (int i = 0; i < 5; i++) {
      long part = 1L + random.nextInt(20);
      pieces.decide(pieces.refund("o1", "p" + i, part));
    }
    pieces.decide(pieces.refundLine("o1", "third", "3", null));
    pieces.accept(pieces.refund("o1", "rest", null));
    whole.accept(whole.refund("o1", "all", null));

    assertThat(facts(pieces)).isEqualTo(facts(whole));
    assertThat(pieces.available("growth")).isEqualTo(whole.available("growth")).isEqualTo(7);
    assertThat(facts(whole).months()).containsExactly(new Measured(NOVEMBER, 7, 1, 777));
  }

  @Test
  void a_moved_sale_lifts_the_member_that_bought_and_not_the_first() {
    var members = new DecidingMembers(program(BOOK.formatted("growth", "\"immediate\"")));
    MemberKey first = DecidingMembers.member("first");
    MemberKey other = DecidingMembers.member("other");
    members.enrol(first, other);
    Entry sale = members.earn(first, "o", 200_000);
    assertThat(tier(members.state(first))).isEqualTo("gold");
    members.accept(members.moveIn(members.accept(members.moveOut(sale, other)), other));

    assertThat(tier(members.state(first))).isEqualTo("silver");
    assertThat(tier(members.state(other))).isEqualTo("gold");
    assertThat(members.state(first).facts().tier().months()).isEmpty();
    assertThat(members.state(other).facts().tier().months()).hasSize(1);
    members.accept(members.refund(other, "o", null));
    assertThat(tier(members.state(other))).isEqualTo("silver");

    var there = new DecidingMembers(program(BOOK.formatted("growth", "\"immediate\"")));
    there.enrol(first, other);
    there.thereAndBack(there.earn(first, "o", 200_000));
    assertThat(tier(there.state(first))).isEqualTo("gold");
  }

  private static String tier(MemberState state) {
    LevelFrom newest = state.facts().tier().newest();
    return newest == null ? "" : newest.level();
  }

  @ParameterizedTest
  @CsvSource({
    "200000, 100, gold, MERGE",
    "100, 200000, gold, ",
    "200000, 600000, black, ",
    "60000, 60000, gold, RISE",
    "100, 100, '', ",
  })
  void merged_members_add_up_what_was_measured_and_the_higher_level_counts(
      long ofFirst, long ofSecond, String level, String reason) {
    var members = new DecidingMembers(program(BOOK.formatted("growth", "\"review\"")));
    MemberKey first = DecidingMembers.member("first");
    MemberKey second = DecidingMembers.member("second");
    members.enrol(first, second);
    members.earn(first, "o1", ofFirst);
    members.earn(second, "o2", ofSecond);
    members.merge(first, second);

    MemberState merged = members.state(second);
    assertThat(tier(merged)).isEqualTo(level);
    assertThat(merged.facts().tier().months())
        .extracting(Measured::spend)
        .containsExactly(ofFirst + ofSecond);
    LevelChange change =
        members.entries.get(members.entries.size() - 1).factsChange().tier().level();
    assertThat(change == null ? null : change.reason().name()).isEqualTo(reason);
    assertThat(members.state(first).facts().tier().months()).isEmpty();
  }

  @Test
  void what_comes_back_of_a_month_that_was_dropped_is_nothing() {
    var back = new Measured(NOVEMBER, -5, -1, -7);
    TierChange change = TierChange.of(List.of(back), List.of());
    assertThat(TierFacts.NONE.after(change, Deciding.NOON)).isEqualTo(TierFacts.NONE);
  }

  @Test
  void a_level_that_a_later_book_does_not_have_becomes_the_level_that_is_earned() {
    Deciding member = member();
    member.accept(member.accrual(200_000));
    String renamed = BOOK.formatted("growth", "\"review\"").replace("gold", "rose");
    var later = new Deciding(program(renamed));
    later.state = member.state;
    later.entries.addAll(member.entries);
    Entry entry = later.accept(later.accrual(10_000));
    assertThat(entry.points()).isEqualTo(150);
    assertThat(change(entry).from()).isEqualTo("gold");
    assertThat(change(entry).to()).isEqualTo("rose");
    assertThat(change(entry).reason()).isEqualTo(Reason.RULE_BOOK);
  }

  @Test
  void a_book_without_tiers_measures_nothing_and_one_without_rules_of_growth_has_the_programs() {
    Deciding plain =
        member("{\"ruleBookId\": \"b\", \"base\": {\"points\": 1, \"perAmount\": 100}}");
    assertThat(plain.accept(plain.accrual(200_000)).factsChange().isNone()).isTrue();
  }
}
