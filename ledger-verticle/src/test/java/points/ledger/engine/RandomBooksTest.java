package points.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import points.ledger.award.Award;
import points.ledger.award.Awarding;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Withheld;
import points.ledger.book.RuleBook;
import points.ledger.rules.Fraction;

/** The engine against a plain reading of the document, on books and orders by chance. */
class RandomBooksTest {

  @Test
  void the_engine_gives_what_a_plain_reading_of_the_book_gives() {
    int fired = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      fired += compare(new RandomBooks(seed), seed);
    }
    assertThat(fired).as("orders with a promotion").isGreaterThan(5_000);
  }

  @Test
  void so_it_does_with_numbers_that_fit_into_no_long() {
    int fired = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      fired += compare(new RandomBooks(seed, true), seed);
    }
    assertThat(fired).as("orders with a promotion").isGreaterThan(1_000);
  }

  /** Returns the number of orders for which a promotion gave points. */
  private static int compare(RandomBooks chance, int seed) {
    int fired = 0;
    RuleBook document = chance.book(1 + seed % 12);
    var book = new CompiledBook(document);
    for (int i = 0; i < 5; i++) {
      OrderFacts order = chance.order();
      MemberFacts member = chance.member();
      Awarding awarding = book.award(order, member);

      Map<String, Long> expected = new NaiveReading(document, order, member).points();
      assertThat(byLineAndRule(document, awarding))
          .as("seed %s, order %s", seed, i)
          .isEqualTo(expected);
      assertThat(awarding.points()).isEqualTo(expected.values().stream().mapToLong(it -> it).sum());
      boolean promoted =
          awarding.awards().stream().anyMatch(it -> it.rule() > document.tierNumber());
      fired += promoted ? 1 : 0;
    }
    return fired;
  }

  @Test
  void every_order_of_the_lines_gives_the_same_points_and_the_same_carry() {
    var random = new Random(1);
    for (int seed = 0; seed < 2_000; seed++) {
      var chance = new RandomBooks(seed);
      var book = new CompiledBook(chance.book(1 + seed % 12));
      OrderFacts order = chance.order();
      MemberFacts member = chance.member();
      Awarding awarding = book.award(order, member);

      for (int i = 0; i < 4; i++) {
        List<LineFacts> lines = new ArrayList<>(order.lines());
        Collections.shuffle(lines, random);
        Awarding other = book.award(with(order, lines), member);
        assertThat(other.points()).as("seed %s", seed).isEqualTo(awarding.points());
        assertThat(other.carry()).as("seed %s", seed).isEqualTo(awarding.carry());
      }
    }
  }

  @Test
  void each_promotion_gives_points_or_has_a_reason() {
    for (int seed = 0; seed < 500; seed++) {
      var chance = new RandomBooks(seed);
      RuleBook document = chance.book(12);
      var book = new CompiledBook(document);
      OrderFacts order = chance.order();
      MemberFacts member = chance.member();
      Awarding awarding = book.award(order, member);
      List<Integer> withheld = book.withheld(order, member).stream().map(Withheld::rule).toList();
      List<Integer> gave = awarding.awards().stream().map(Award::rule).toList();

      assertThat(withheld).as("seed %s", seed).doesNotHaveDuplicates();
      assertThat(withheld.stream().filter(gave::contains)).as("seed %s", seed).isEmpty();
    }
  }

  private static OrderFacts with(OrderFacts order, List<LineFacts> lines) {
    return new OrderFacts(
        order.occurredAt(),
        order.zone(),
        order.storeId(),
        order.storeTags(),
        order.channel(),
        order.initialAmount(),
        lines);
  }

  private static Map<String, Long> byLineAndRule(RuleBook document, Awarding awarding) {
    var points = new TreeMap<String, Long>();
    List<String> ids = document.ruleIds();
    for (Award award : awarding.awards()) {
      String key = String.format("%03d %s", award.line(), ids.get(award.rule()));
      points.merge(key, award.points(), Long::sum);
    }
    return points;
  }

  @Test
  void a_carry_is_below_one() {
    for (int seed = 0; seed < 1_000; seed++) {
      var chance = new RandomBooks(seed);
      var book = new CompiledBook(chance.book(3));

      Fraction carry = book.award(chance.order(), chance.member()).carry();

      assertThat(Fraction.ONE.isMoreThan(carry)).as("seed %s", seed).isTrue();
    }
  }
}
