package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.OrderPart;

/** Parts of an order come back by one rule, whatever they are parts of. */
class PartsDecisionsTest {

  /** One point, one growth value and one star per 100. */
  private final Deciding member = folding(false);

  private static Deciding folding(boolean charges) {
    return new Deciding(PartsProgram.of(charges));
  }

  private static Line line(String id, long amount) {
    return new Line(id, "x", null, 1, amount);
  }

  private static Line[] lines(int count, long amount) {
    return IntStream.range(0, count).mapToObj(i -> line("l" + i, amount)).toArray(Line[]::new);
  }

  private static RefundedLine[] ofEach(int count, long amount) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RefundedLine("l" + i, amount))
        .toArray(RefundedLine[]::new);
  }

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }

  private static long taken(Entry refund, String account) {
    return detail(refund).takenBack().getOrDefault(account, 0L);
  }

  private static long given(Entry refund, String account) {
    return detail(refund).givenBack().getOrDefault(account, 0L);
  }

  private static void assertTaken(Entry refund, long each) {
    assertThat(taken(refund, Accounts.POINTS)).isEqualTo(each);
    assertThat(taken(refund, Accounts.GROWTH)).isEqualTo(each);
    assertThat(taken(refund, PartsProgram.STARS)).isEqualTo(each);
    assertThat(refund.lines().stream().mapToLong(EarnedLine::points).sum()).isEqualTo(each);
  }

  @Test
  void of_a_hundred_small_lines_an_amount_takes_back_its_part_of_every_currency() {
    member.accept(member.sale("o", 10_000, lines(100, 100)));
    assertTaken(member.accept(member.refund("o", "r1", 9_900L)), 99);
    assertTaken(member.accept(member.refund("o", "r2", null)), 1);
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void of_a_hundred_lines_a_part_each_takes_back_the_part_of_the_order() {
    member.accept(member.sale("o", 10_000, lines(100, 100)));
    assertTaken(member.accept(member.refundLines("o", "r1", ofEach(100, 99))), 99);
    assertTaken(member.accept(member.refundLines("o", "r2", ofEach(100, 1))), 1);
  }

  @Test
  void half_of_each_of_eight_articles_takes_back_half() {
    member.accept(member.sale("o", 10_000, lines(8, 1_250)));
    assertTaken(member.accept(member.refundLines("o", "r1", ofEach(8, 625))), 50);
    assertTaken(member.accept(member.refund("o", "r2", 5_000L)), 50);
  }

  @Test
  void payments_in_points_and_stored_value_come_back_by_the_same_rule() {
    member.accept(member.topUp("t", 3_000, 0L));
    member.accept(member.adjustment(2_000));
    var paid = new SaleTerms(1_000, 1_000, false, null);
    member.accept(member.sale("o", 10_000, paid, lines(100, 100)));
    Entry part = member.accept(member.refundLines("o", "r1", ofEach(100, 99)));
    assertThat(given(part, Accounts.POINTS)).isEqualTo(990);
    assertThat(given(part, Accounts.STORED_VALUE)).isEqualTo(990);
    Entry rest = member.accept(member.refund("o", "r2", null));
    assertThat(given(rest, Accounts.POINTS)).isEqualTo(10);
    assertThat(given(rest, Accounts.STORED_VALUE)).isEqualTo(10);
  }

  @Test
  void half_of_an_order_gives_back_half_of_the_points_paid() {
    member.accept(member.accrual(300_000));
    member.accept(member.sale("o", 7_000, new SaleTerms(3_000, 0, false, null)));
    Entry half = member.accept(member.refund("o", "r", 3_500L));
    assertTaken(half, 35);
    assertThat(given(half, Accounts.POINTS)).isEqualTo(1_500);
  }

  @Test
  void a_whole_line_takes_back_the_points_shown_for_it() {
    Entry sale =
        member.accept(
            member.sale("o", 10_000, line("a", 3_333), line("b", 3_333), line("c", 3_334)));
    for (EarnedLine earned : sale.lines()) {
      String id = earned.line().lineId();
      Entry refund = member.accept(member.refundLine("o", "r" + id, id, null));
      assertTaken(refund, earned.points());
    }
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void ten_small_parts_take_back_one_point_in_all() {
    member.accept(member.sale("o", 100));
    for (int i = 0; i < 9; i++) {
      assertTaken(member.accept(member.refund("o", "r" + i, 10L)), 0);
    }
    assertTaken(member.accept(member.refund("o", "r9", 10L)), 1);
  }

  @Test
  void a_line_that_is_back_is_not_refunded_again() {
    member.accept(member.sale("o", 10_000, line("a", 6_000), line("b", 4_000), line("free", 0)));
    member.accept(member.refundLine("o", "r1", "a", null));
    assertThat(member.refuse(member.refundLine("o", "r2", "a", null)))
        .isEqualTo(new Refusal.RefundExceedsOrder("a", 0));
    assertThat(member.refuse(member.refundLine("o", "r2", "free", null)))
        .isEqualTo(new Refusal.RefundExceedsOrder("free", 0));
    var both = new RefundedLine[] {new RefundedLine("b", null), new RefundedLine("a", null)};
    assertThat(member.refuse(member.refundLines("o", "r2", both)))
        .isEqualTo(new Refusal.RefundExceedsOrder("a", 0));
    member.accept(
        member.refundLines("o", "r3", new RefundedLine("b", null), new RefundedLine("free", null)));
    for (String line : List.of("a", "b", "free")) {
      assertThat(member.refuse(member.refundLine("o", "r4", line, null)))
          .isEqualTo(new Refusal.OrderAlreadyRefunded());
    }
    assertThat(member.refuse(member.refund("o", "r4", null)))
        .isEqualTo(new Refusal.OrderAlreadyRefunded());
  }

  @Test
  void an_order_of_nothing_has_nothing_to_come_back() {
    member.accept(member.sale("o", 0));
    assertThat(member.refuse(member.refund("o", "r", null)))
        .isEqualTo(new Refusal.OrderAlreadyRefunded());
  }

  @Test
  void lines_without_a_price_give_back_equal_shares_of_their_payment() {
    member.accept(member.topUp("t", 900, 0L));
    member.accept(member.adjustment(1_000));
    member.accept(
        member.sale("o", 0, new SaleTerms(1_000, 900, false, null), line("a", 0), line("b", 0)));
    Entry refund = member.accept(member.refundLine("o", "r", "a", null));
    assertThat(given(refund, Accounts.POINTS)).isEqualTo(500);
    assertThat(given(refund, Accounts.STORED_VALUE)).isEqualTo(450);
    Entry rest = member.accept(member.refundLine("o", "r2", "b", null));
    assertThat(given(rest, Accounts.POINTS)).isEqualTo(500);
    assertThat(detail(rest).whole()).isTrue();
  }

  @Test
  void parts_are_charged_as_much_as_the_whole() {
    Deciding charging = folding(true);
    charging.accept(charging.sale("o", 4_000, lines(10, 400)));
    charging.accept(charging.deduction(40));
    long charged = 0;
    for (int i = 0; i < 10; i++) {
      charged += detail(charging.accept(charging.refundLine("o", "r" + i, "l" + i, null))).charge();
    }
    assertThat(charged).isEqualTo(4);
  }

  @Test
  void goods_and_a_top_up_of_one_number_are_undone_each_by_itself() {
    member.accept(member.topUp("o", 5_000, 0L));
    member.accept(member.sale("o", 10_000, line("a", 6_000), line("b", 4_000)));
    member.accept(member.payment("p", 5_000)); // all that was topped up is spent
    Entry goods = member.accept(member.refundLine("o", "r1", "a", null));
    assertThat(detail(goods).takenBack()).doesNotContainKey(Accounts.STORED_VALUE);
    assertThat(member.refuse(member.refund("o", "r2", null).restrictedTo(null, OrderPart.TOP_UP)))
        .isEqualTo(new Refusal.InsufficientStoredValue(0));
    member.accept(member.refund("p", "r", null));
    Entry topUp =
        member.accept(member.refund("o", "r2", 2_000L).restrictedTo(null, OrderPart.TOP_UP));
    assertThat(taken(topUp, Accounts.STORED_VALUE)).isEqualTo(2_000);
    assertThat(member.refuse(member.refund("o", "r3", 3_001L).restrictedTo(null, OrderPart.TOP_UP)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 3_000));
    assertTaken(member.accept(member.refund("o", "r4", null)), 40);
    assertThat(member.refuse(member.refund("o", "r5", null)))
        .isEqualTo(new Refusal.OrderAlreadyRefunded());
  }

  @Test
  void the_refund_of_goods_does_not_keep_a_top_up_of_their_number_from_being_reversed() {
    Entry topUp = member.accept(member.topUp("o", 5_000, 0L));
    Entry sale = member.accept(member.sale("o", 10_000));
    member.accept(member.refund("o", "r", 1_000L));
    assertThat(member.refuse(member.reversal(sale)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.ACCRUAL, true));
    member.accept(member.reversal(topUp));
    assertThat(member.available(Accounts.STORED_VALUE)).isZero();
  }

  @Test
  void stored_value_that_a_hold_paid_comes_back_in_parts_as_a_payment_does() {
    member.accept(member.topUp("t", 5_000, 0L));
    Entry hold = member.accept(member.hold(0, 3_000, Duration.ofMinutes(5)));
    member.accept(member.capture(hold, null));
    String order = Objects.requireNonNull(hold.origin().orderId());
    Entry part = member.accept(member.refund(order, "r1", 1_000L));
    assertThat(given(part, Accounts.STORED_VALUE)).isEqualTo(1_000);
    assertThat(member.refuse(member.refund(order, "r2", 2_001L)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 2_000));
    member.accept(member.refund(order, "r3", null));
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(5_000);
  }

  @Test
  void a_line_comes_back_at_its_full_price_while_that_much_is_left_of_the_order() {
    member.accept(member.sale("o", 10_000, line("a", 6_000), line("b", 4_000)));
    assertTaken(member.accept(member.refund("o", "r1", 5_000L)), 50);
    Entry line = member.accept(member.refundLine("o", "r2", "b", null));
    assertThat(line.amount()).isEqualTo(4_000);
    assertThat(member.refuse(member.refundLine("o", "r3", "a", 1_001L)))
        .isEqualTo(new Refusal.RefundExceedsOrder("a", 1_000));
    Entry last = member.accept(member.refundLine("o", "r4", "a", null));
    assertThat(last.amount()).isEqualTo(1_000);
    assertThat(detail(last).whole()).isTrue();
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void points_that_are_only_held_are_owed_and_never_charged() {
    Deciding charging = folding(true);
    charging.accept(charging.sale("o", 10_000));
    charging.accept(charging.deduction(30));
    Entry hold = charging.accept(charging.hold(70, 0, Duration.ofMinutes(5)));
    Entry refund = charging.accept(charging.refund("o", "r", null));
    assertThat(detail(refund).shortfall()).isEqualTo(30);
    assertThat(detail(refund).debt()).isEqualTo(70);
    charging.accept(charging.release(hold));
    assertThat(charging.debt()).isZero();
    assertThat(charging.available(Accounts.POINTS)).isZero();
  }
}
