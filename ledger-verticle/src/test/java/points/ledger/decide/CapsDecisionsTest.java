package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.award.Award;
import points.ledger.award.CapUse;
import points.ledger.award.EarningFacts;
import points.ledger.book.Caps.Period;
import points.ledger.book.RuleBook;
import points.ledger.book.json.RuleBookReader;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.SaleTerms;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldErrors;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
import points.ledger.rules.Fraction;

/** Facts of members that rule books look at: caps, what is carried, and the first purchase. */
class CapsDecisionsTest {

  /** A point a yuan, at most 100 a day; Sunday is the first day after {@link Deciding#NOON}. */
  private static final String DAILY =
      """
      {"ruleBookId": "daily", "base": {"points": 1, "perAmount": 100},
       "caps": {"perMember": {"day": 100}}}
      """;

  private static final String CARRYING =
      """
      {"ruleBookId": "carry", "base": {"points": 1, "perAmount": 5000},
       "rounding": {"mode": "floor", "carry": true}}
      """;

  private static final String PROMOTED =
      """
      {"ruleBookId": "promoted", "base": {"points": 1, "perAmount": 100},
       "promotions": [
         {"id": "first", "fixed": 100, "when": {"firstPurchase": true}},
         {"id": "double", "multiply": "2", "cap": {"perMember": {"day": 30, "month": 50}}},
         {"id": "thrice", "fixed": 7, "cap": {"perMember": {"week": 2}, "unit": "uses"}}]}
      """;

  static Deciding member(String document) {
    return new Deciding(program(document));
  }

  private static Program program(String document) {
    Program plain = Deciding.MONTHLY;
    var errors = new FieldErrors();
    RuleBook book = RuleBookReader.read(new JsonObject(document), plain.timeZone(), errors);
    assertThat(errors.all()).isEmpty();
    return plain.ratingBy(new PublishedBook(3, book.ruleBookId(), new CompiledBook(book)));
  }

  private static EarningFacts facts(Deciding member) {
    return member.state == null ? EarningFacts.FRESH : member.state.facts();
  }

  @Test
  void room_that_a_refund_makes_under_a_daily_cap_is_free_again_on_that_day() {
    Deciding member = member(DAILY);
    assertThat(member.accept(member.sale("o1", 6_000)).points()).isEqualTo(60);
    assertThat(member.accept(member.sale("o2", 6_000)).points()).isEqualTo(40);
    assertThat(member.accept(member.refund("o2", "r", 6_000L)).points()).isEqualTo(-40);
    assertThat(member.accept(member.sale("o3", 6_000)).points()).isEqualTo(40);
  }

  @Test
  void a_refund_on_the_next_day_makes_no_room() {
    Deciding member = member(DAILY);
    member.accept(member.sale("o1", 6_000));
    member.accept(member.sale("o2", 6_000));
    Instant sold = member.now;
    member.now = sold.plus(Duration.ofDays(1));
    assertThat(member.accept(member.sale("o3", 6_000)).points()).isEqualTo(60);
    member.accept(member.refund("o2", "r", 6_000L));

    assertThat(member.accept(member.accrual(6_000, sold)).points()).isZero();
    assertThat(member.accept(member.sale("o4", 6_000)).points()).isEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource({"samePeriod, 40, 0", "always, 40, 40", "never, 0, 0"})
  void the_book_says_when_a_refund_makes_room(String policy, long today, long later) {
    Deciding member =
        member(
            """
            {"ruleBookId": "daily", "base": {"points": 1, "perAmount": 100},
             "caps": {"perMember": {"day": 100}, "return": "%s"}}
            """
                .formatted(policy));
    Instant sold = member.now;
    member.accept(member.sale("o1", 6_000));
    member.accept(member.sale("o2", 6_000));
    member.accept(member.refund("o2", "r", 6_000L));
    assertThat(member.accept(member.sale("o3", 6_000)).points()).isEqualTo(today);
    member.now = sold.plus(Duration.ofDays(1));
    member.decide(member.refund(today == 0 ? "o1" : "o3", "r", null));
    long room = policy.equals("never") ? 0 : later;
    assertThat(member.accept(member.accrual(4_000, sold)).points()).isEqualTo(room);
  }

  @Test
  void an_order_counts_on_the_day_on_which_it_was_paid() {
    Deciding member = member(DAILY);
    Instant yesterday = member.now.minus(Duration.ofDays(1));
    assertThat(member.accept(member.accrual(9_000, yesterday)).points()).isEqualTo(90);
    assertThat(member.accept(member.accrual(9_000)).points()).isEqualTo(90);
    assertThat(member.accept(member.accrual(9_000, yesterday)).points()).isEqualTo(10);
  }

  @Test
  void the_entry_keeps_what_each_rule_gave_and_what_was_cut() {
    Deciding member = member(PROMOTED);
    Entry entry = member.accept(member.accrual(4_000));

    assertThat(entry.points()).isEqualTo(40 + 100 + 30 + 7);
    assertThat(entry.awarded()).isNotNull();
    assertThat(entry.awarded().publication()).isEqualTo(3);
    assertThat(entry.awarded().awards())
        .extracting(Award::points)
        .containsExactlyInAnyOrder(40L, 100L, 30L, 7L);
    assertThat(entry.awarded().cuts()).hasSize(1).allMatch(it -> it.points() == 10);
    assertThat(entry.factsChange().capUses())
        .extracting(CapUse::rule, CapUse::period, CapUse::used)
        .containsExactlyInAnyOrder(
            tuple("double", Period.DAY, 30L),
            tuple("double", Period.MONTH, 30L),
            tuple("thrice", Period.WEEK, 1L));
  }

  @Test
  void a_program_without_a_published_book_keeps_nothing_of_the_kind() {
    var member = new Deciding(Deciding.MONTHLY);
    Entry entry = member.accept(member.accrual(4_000));
    assertThat(entry.awarded()).isNull();
    assertThat(entry.changedFacts()).isNull();
  }

  @Test
  void the_first_purchase_is_the_first_order_whatever_becomes_of_it() {
    Deciding member = member(PROMOTED);
    member.accept(member.topUp("t", 500, 0L)); // a top-up is no order
    assertThat(member.accept(member.sale("o1", 100)).points()).isEqualTo(1 + 100 + 1 + 7);
    assertThat(member.accept(member.refund("o1", "r", null)).points()).isEqualTo(-109);
    assertThat(member.accept(member.sale("o2", 100)).points()).isEqualTo(1 + 1 + 7);
  }

  @Test
  void an_order_counts_under_a_cap_of_orders_until_all_of_it_has_come_back() {
    Deciding member = member(PROMOTED);
    member.accept(member.sale("o1", 1_000));
    member.accept(member.sale("o2", 1_000));
    assertThat(member.accept(member.sale("o3", 1_000)).points()).isEqualTo(20);
    member.accept(member.refund("o2", "half", 500L));
    assertThat(member.accept(member.sale("o4", 1_000)).points()).isEqualTo(10 + 5);
    member.accept(member.refund("o2", "rest", null));
    assertThat(member.accept(member.sale("o5", 1_000)).points()).isEqualTo(10 + 5 + 7);
  }

  @Test
  void what_is_carried_counts_with_the_next_order() {
    Deciding member = member(CARRYING);
    assertThat(member.accept(member.sale("o1", 3_000)).points()).isZero();
    assertThat(member.accept(member.sale("o2", 2_000)).points()).isEqualTo(1);
    assertThat(facts(member).carry().isZero()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"o1", "o2"})
  void a_refund_takes_its_part_of_the_carry_back(String order) {
    Deciding member = member(CARRYING);
    member.accept(member.sale("o1", 3_000));
    member.accept(member.sale("o2", 2_000));
    long taken = member.accept(member.refund(order, "r", null)).points();
    // What is left is worth what the other order alone is worth: 2/5 or 3/5 of a point.
    long left = order.equals("o1") ? 2_000 : 3_000;
    assertThat(facts(member).carry().plus(Fraction.of(1 + taken)).reduced())
        .isEqualTo(Fraction.of(left, 5_000).reduced());
    assertThat(member.accept(member.sale("o3", 5_000 - left)).points() + 1 + taken).isEqualTo(1);
  }

  @Test
  void a_carry_below_zero_takes_from_the_next_order_and_never_gives_less_than_none() {
    Deciding member = member(CARRYING);
    member.accept(member.sale("o1", 3_000));
    member.accept(member.sale("o2", 2_000));
    member.accept(member.refund("o1", "r", null)); // the point was for o2, and stays: -3/5
    assertThat(facts(member).carry()).isEqualTo(Fraction.of(-3, 5));
    Entry small = member.accept(member.sale("o3", 1_000));
    assertThat(small.points()).isZero();
    assertThat(facts(member).carry()).isEqualTo(Fraction.of(-2, 5));
    assertThat(member.accept(member.sale("o4", 6_900)).points()).isZero();
    assertThat(member.accept(member.sale("o5", 100)).points()).isEqualTo(1);
    assertThat(facts(member).carry().isZero()).isTrue();
  }

  @Test
  void a_reversal_gives_the_caps_and_the_carry_back() {
    Deciding member = member(DAILY);
    Entry sale = member.accept(member.sale("o1", 6_000));
    member.accept(member.reversal(sale));
    assertThat(member.accept(member.sale("o2", 10_000)).points()).isEqualTo(100);

    Deciding carrying = member(CARRYING);
    Entry carried = carrying.accept(carrying.sale("o1", 3_000));
    carrying.accept(carrying.reversal(carried));
    assertThat(facts(carrying).carry().isZero()).isTrue();
  }

  @Test
  void the_reversal_of_a_refund_takes_the_room_again() {
    Deciding member = member(DAILY);
    member.accept(member.sale("o1", 6_000));
    Entry refund = member.accept(member.refund("o1", "r", 3_000L));
    member.accept(member.reversal(refund));
    assertThat(member.accept(member.sale("o2", 10_000)).points()).isEqualTo(40);
  }

  @Test
  void a_cancelled_order_makes_room_once() {
    Deciding member = member(DAILY);
    var pending = new SaleTerms(0, 0, true, null);
    Entry sale = member.accept(member.sale("o1", 6_000, pending));
    member.accept(member.refund("o1", "part", 1_000L));
    member.accept(member.endPending(sale, false));
    assertThat(facts(member).capUses().all()).isEmpty();
    assertThat(member.accept(member.sale("o2", 20_000)).points()).isEqualTo(100);
  }

  @Test
  void goods_of_a_cancelled_order_that_come_back_make_no_room_again() {
    Deciding member = member(DAILY);
    Entry sale = member.accept(member.sale("o1", 6_000, new SaleTerms(0, 0, true, null)));
    member.accept(member.sale("o2", 3_000));
    member.accept(member.endPending(sale, false));
    member.accept(member.refund("o1", "back", null));
    assertThat(facts(member).capUses().all()).extracting(CapUse::used).containsExactly(30L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void refunds_in_any_pieces_leave_the_facts_that_one_whole_refund_leaves(int seed) {
    var random = new Random(seed);
    for (String document : List.of(DAILY, CARRYING, PROMOTED)) {
      Deciding pieces = member(document);
      Deciding whole = member(document);
      Line[] lines = {
        new Line("1", "P1", null, 1, 100 + random.nextInt(3_000)),
        new Line("2", "P2", null, 1, 100 + random.nextInt(3_000)),
      };
      long amount = lines[0].amount() + lines[1].amount();
      for (Deciding member : List.of(pieces, whole)) {
        member.accept(member.sale("o1", amount, lines));
        member.accept(member.sale("o2", 777));
      }
      long left = lines[0].amount();
      for (int i = 0; left > 0; i++) {
        long part = Math.min(left, 1 + random.nextInt(700));
        left -= part;
        pieces.decide(pieces.refundLine("o1", "p" + i, "1", part));
      }
      pieces.accept(pieces.refund("o1", "rest", null));
      Refund all = whole.refund("o1", "all", null);
      whole.accept(all);

      assertThat(facts(pieces)).isEqualTo(facts(whole));
      assertThat(pieces.available("points") - pieces.debt())
          .isEqualTo(whole.available("points") - whole.debt());
    }
  }

  @Test
  void periods_that_ended_long_ago_are_dropped() {
    Deciding member = member(DAILY);
    for (int day = 0; day < 60; day++) {
      member.accept(member.accrual(1_000));
      member.now = member.now.plus(Duration.ofDays(1));
    }
    assertThat(facts(member).capUses().all()).hasSize(41);
  }

  @Test
  void a_moved_sale_takes_its_caps_and_its_carry_along_and_is_refunded_where_it_went() {
    var members = new DecidingMembers(program(PROMOTED));
    MemberKey first = DecidingMembers.member("first");
    MemberKey other = DecidingMembers.member("other");
    members.enrol(first, other);
    Entry sale = members.earn(first, "o", 1_000);
    members.accept(members.moveIn(members.accept(members.moveOut(sale, other)), other));

    assertThat(members.state(first).facts().capUses().all()).isEmpty();
    assertThat(members.state(other).facts().capUses().all())
        .extracting(CapUse::rule, CapUse::used)
        .containsExactlyInAnyOrder(tuple("thrice", 1L), tuple("double", 10L), tuple("double", 10L));
    members.accept(members.refund(other, "o", null));
    assertThat(members.state(other).facts().capUses().all()).isEmpty();

    var carrying = new DecidingMembers(program(CARRYING));
    carrying.enrol(first, other);
    carrying.thereAndBack(carrying.earn(first, "o", 3_000));
    assertThat(carrying.state(first).facts().carry()).isEqualTo(Fraction.of(3, 5));
  }
}
