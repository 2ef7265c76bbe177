package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.command.EntryHistory;
import points.ledger.command.OrderCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.RefundShare;
import points.ledger.model.Status;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** What comes back when an order does. */
class RefundDeciderTest {

  private final Deciding member = new Deciding(MONTHLY);

  @Test
  void a_whole_refund_takes_back_points_earned_and_gives_back_points_spent() {
    member.accept(member.accrual(500, dayOf("2026-11-20")));
    member.accept(member.sale("o", 100));
    member.accept(member.deductionFor("o", 300));
    Entry refund = member.accept(member.refund("o", "r", null));

    Detail.Refunded detail = detail(refund);
    assertThat(detail.takenBack()).containsEntry(Accounts.POINTS, 100L);
    assertThat(detail.givenBack()).containsEntry(Accounts.POINTS, 300L);
    assertThat(detail.whole()).isTrue();
    assertThat(refund.amount()).isEqualTo(100);
    assertThat(refund.points()).isEqualTo(200);
    assertThat(state().lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-21"), 500));
    assertThat(state().lifetimeEarned()).isEqualTo(500);
    assertThat(state().lifetimeSpent()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"33,33,34", "1,1,98", "99,1,0", "50,50,0", "100,0,0"})
  void parts_add_up_to_the_whole(long first, long second, long third) {
    var rule = new EarningRule(1, 3, Rounding.FLOOR);
    var folding = new Deciding(Deciding.program(rule, MONTHLY.validity()));
    folding.accept(folding.accrual(3_000));
    folding.accept(folding.sale("o", 100));
    folding.accept(folding.deductionFor("o", 77));
    for (long part : new long[] {first, second, third}) {
      if (part > 0) {
        folding.accept(folding.refund("o", folding.key(), part));
      }
    }
    assertThat(folding.available(Accounts.POINTS)).isEqualTo(1_000);
    assertThat(folding.refuse(folding.refund("o", "more", 1L)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 0));
    assertThat(folding.refuse(folding.refund("o", "again", null)))
        .isEqualTo(new Refusal.OrderAlreadyRefunded());
  }

  @Test
  void a_line_comes_back_with_its_own_points() {
    member.accept(member.sale("o", 100, line("a", 70), line("b", 30)));
    Entry refund = member.accept(member.refundLine("o", "r1", "b", null));
    assertThat(detail(refund).takenBack()).containsEntry(Accounts.POINTS, 30L);
    assertThat(member.refuse(member.refundLine("o", "r2", "b", 1L)))
        .isEqualTo(new Refusal.RefundExceedsOrder("b", 0));
    assertThat(member.refuse(member.refundLine("o", "r3", "c", null)))
        .isEqualTo(new Refusal.LineNotFound("c"));
    assertThat(member.refuse(member.refundLine("o", "r4", "a", 71L)))
        .isEqualTo(new Refusal.RefundExceedsOrder("a", 70));
    member.accept(member.refund("o", "r5", null));
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void points_spent_already_are_owed_and_paid_by_the_next_points_earned() {
    member.accept(member.sale("o", 100));
    member.accept(member.deduction(80));
    Entry refund = member.accept(member.refund("o", "r", null));

    assertThat(detail(refund).debt()).isEqualTo(80);
    assertThat(refund.balance()).isZero();
    assertThat(member.debt()).isEqualTo(80);
    assertThat(member.accept(member.accrual(50)).balance()).isZero();
    assertThat(member.debt()).isEqualTo(30);
    assertThat(member.accept(member.accrual(50)).balance()).isEqualTo(20);
    assertThat(member.debt()).isZero();
  }

  @Test
  void points_that_were_spent_already_are_charged_where_the_program_says_so() {
    Deciding charged = folding(true, null);
    charged.accept(charged.sale("o", 100));
    charged.accept(charged.deduction(80));
    Detail.Refunded detail = detail(charged.accept(charged.refund("o", "r", null)));

    assertThat(detail.shortfall()).isEqualTo(80);
    assertThat(detail.charge()).isEqualTo(56); // 100 points are worth 70
    assertThat(detail.debt()).isZero();
    assertThat(charged.debt()).isZero();
  }

  @Test
  void points_come_back_to_their_old_expiry_and_expire_at_once_if_that_is_over() {
    member.accept(member.accrual(60, dayOf("2026-11-20")));
    member.accept(member.accrual(60, dayOf("2026-11-22")));
    member.accept(member.sale("o", 10, new SaleTerms(90, 0, false, null)));
    member.now = dayOf("2026-12-21");
    Entry refund = member.accept(member.refund("o", "r", null));

    assertThat(detail(refund).givenBack()).containsEntry(Accounts.POINTS, 90L);
    assertThat(detail(refund).expired()).isEqualTo(60);
    assertThat(state().lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-23"), 60));
  }

  @Test
  void a_grace_lets_points_come_back_that_have_expired() {
    Deciding graced = folding(false, Period.ofDays(5));
    graced.accept(graced.accrual(60, dayOf("2026-11-20")));
    graced.accept(graced.sale("o", 10, new SaleTerms(60, 0, false, null)));
    graced.now = dayOf("2027-01-10");
    Entry refund = graced.accept(graced.refund("o", "r", null));
    assertThat(detail(refund).expired()).isZero();
    assertThat(Objects.requireNonNull(graced.state).lots().byExpiry())
        .contains(new Lot(dayOf("2027-01-16"), 60)); // what the order had earned has expired
  }

  @Test
  void parts_give_back_first_the_lots_that_expire_last() {
    member.accept(member.accrual(50, dayOf("2026-11-20")));
    member.accept(member.accrual(50, dayOf("2026-11-21")));
    member.accept(member.sale("o", 100, new SaleTerms(100, 0, false, null)));
    Entry half = member.accept(member.refund("o", "r1", 50L));
    assertThat(half.lots()).contains(new Lot(dayOf("2026-12-22"), 50));
    Entry rest = member.accept(member.refund("o", "r2", null));
    assertThat(rest.lots()).contains(new Lot(dayOf("2026-12-21"), 50));
  }

  @Test
  void an_order_that_only_spent_comes_back_whole() {
    member.accept(member.accrual(50));
    member.accept(member.deductionFor("o", 50));
    assertThat(member.refuse(member.refund("o", "r", 1L)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 0));
    member.accept(member.refund("o", "r", null));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(50);
    assertThat(member.refuse(member.refund("o", "r2", null)))
        .isEqualTo(new Refusal.OrderAlreadyRefunded());
  }

  @Test
  void points_captured_for_the_order_come_back_too() {
    member.accept(member.accrual(50));
    Entry hold = member.accept(member.hold(30, 0, Duration.ofMinutes(1)));
    member.accept(member.capture(hold, 20L));
    String order = Objects.requireNonNull(hold.origin().orderId());
    Entry refund = member.accept(member.refund(order, "r", null));
    assertThat(detail(refund).givenBack()).containsEntry(Accounts.POINTS, 20L);
    assertThat(member.available(Accounts.POINTS)).isEqualTo(50);
  }

  @Test
  void pending_points_are_taken_back_before_anything_else() {
    member.accept(member.accrual(10));
    member.accept(member.sale("o", 100, new SaleTerms(0, 0, true, null)));
    Entry refund = member.accept(member.refund("o", "r", 40L));
    assertThat(refund.balance()).isEqualTo(10);
    assertThat(state().setAside(Accounts.POINTS, Movement.Place.PENDING)).isEqualTo(60);
  }

  @Test
  void cancelled_points_are_not_taken_back_again() {
    Entry sale = member.accept(member.sale("o", 100, new SaleTerms(0, 0, true, null)));
    member.accept(member.accrual(10));
    member.accept(member.endPending(sale, false));
    Entry refund = member.accept(member.refund("o", "r", null));
    assertThat(detail(refund).takenBack()).doesNotContainKey(Accounts.POINTS);
    assertThat(member.available(Accounts.POINTS)).isEqualTo(10);
  }

  @Test
  void a_top_up_comes_back_with_its_bonus_and_points_as_far_as_it_is_there() {
    Deciding rich = folding(false, null);
    Entry topUp = rich.accept(rich.topUp("t", 20_000, null));
    assertThat(topUp.balances()).containsEntry(Accounts.STORED_VALUE, 22_000L);
    assertThat(topUp.points()).isEqualTo(20);
    rich.accept(rich.payment("p", 1_000));
    assertThat(rich.refuse(rich.refund("t", "r1", null)))
        .isEqualTo(new Refusal.InsufficientStoredValue(21_000));
    rich.accept(rich.refund("p", "r2", null));
    Entry refund = rich.accept(rich.refund("t", "r3", null));
    assertThat(detail(refund).takenBack())
        .containsEntry(Accounts.STORED_VALUE, 22_000L)
        .containsEntry(Accounts.POINTS, 20L);
    assertThat(rich.available(Accounts.STORED_VALUE)).isZero();
  }

  @Test
  void an_unknown_order_is_not_found() {
    member.accept(member.accrual(1));
    assertThat(member.refuse(member.refund("o", "r", null))).isEqualTo(new Refusal.OrderNotFound());
  }

  @Test
  void names_the_shares_of_other_members() {
    Entry mine = member.accept(member.sale("o", 100));
    var other = new MemberKey("program", "other");
    Entry theirs =
        new Entry(
            other,
            1,
            Entry.Kind.DEDUCTION,
            -5,
            0,
            List.of(Movement.available(Accounts.POINTS, new Lot(Lot.NEVER, -5))),
            Collections.emptySortedMap(),
            null,
            mine.origin(),
            null,
            List.of(),
            null,
            null,
            null,
            null,
            member.now,
            member.now);
    OrderCommand.Refund refund = member.refund("o", "r", null);
    var history = new EntryHistory(refund.order(), 1, List.of(mine, theirs));
    var decided =
        (Decision.Accepted)
            CommandDecider.decide(member.state, refund, history, MONTHLY, member.now);
    var detail = (Detail.Refunded) Objects.requireNonNull(decided.answer().detail());
    assertThat(detail.givenBack()).isEmpty();
    assertThat(detail.others())
        .containsExactly(
            new RefundShare("other", new TreeMap<>(), new TreeMap<>(Map.of(Accounts.POINTS, 5L))));
    assertThat(decided.answer().hasEffect()).isTrue();
  }

  @Test
  void a_frozen_member_may_have_its_order_undone() {
    member.accept(member.sale("o", 100));
    member.accept(member.change(Status.FROZEN));
    member.accept(member.refund("o", "r", null));
  }

  private static Deciding folding(boolean charges, @Nullable Period grace) {
    return new Deciding(Deciding.rich(charges, grace));
  }

  private static Line line(String lineId, long amount) {
    return new Line(lineId, "product", null, 1, amount);
  }

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }

  private MemberState state() {
    return Objects.requireNonNull(member.state);
  }
}
