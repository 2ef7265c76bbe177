package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.command.OrderCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;

/** One entry is undone by another. */
class ReversalDeciderTest {

  private final Deciding member = new Deciding(MONTHLY);
  private final Deciding rich = new Deciding(Deciding.rich(false, null));

  @Test
  void accrued_points_are_taken_back_from_their_lot() {
    Entry wrong = member.accept(member.accrual(60, dayOf("2026-11-21")));
    member.accept(member.accrual(40, dayOf("2026-11-20")));
    Entry reversal = member.accept(member.reversal(wrong));

    assertThat(reversal.points()).isEqualTo(-60);
    assertThat(reversal.refersTo()).isEqualTo(wrong.sequence());
    assertThat(state(member).lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-21"), 40));
    assertThat(state(member).lifetimeEarned()).isEqualTo(40);
  }

  @Test
  void points_spent_meanwhile_are_owed() {
    Entry wrong = member.accept(member.accrual(60));
    member.accept(member.deduction(50));
    Entry reversal = member.accept(member.reversal(wrong));
    assertThat(reversal.detail()).isEqualTo(new Detail.Reversed(-60, 0, 0, 50));
    assertThat(member.debt()).isEqualTo(50);
  }

  @Test
  void deducted_points_come_back_to_their_lots() {
    member.accept(member.accrual(60, dayOf("2026-11-20")));
    Entry wrong = member.accept(member.deduction(50));
    member.accept(member.reversal(wrong));
    assertThat(state(member).lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-21"), 60));
    assertThat(state(member).lifetimeSpent()).isZero();
  }

  @Test
  void points_that_expired_meanwhile_do_not_come_back() {
    member.accept(member.accrual(60, dayOf("2026-11-20")));
    Entry wrong = member.accept(member.deduction(50));
    member.now = dayOf("2026-12-21");
    Entry reversal = member.accept(member.reversal(wrong));
    assertThat(reversal.points()).isZero();
    assertThat(reversal.detail()).isEqualTo(new Detail.Reversed(0, -50, 50, 0));
  }

  @Test
  void an_entry_is_undone_once() {
    Entry wrong = member.accept(member.accrual(60));
    Entry reversal = member.accept(member.reversal(wrong));
    assertThat(member.refuse(member.reversal(wrong)))
        .isEqualTo(new Refusal.AlreadyReversed(reversal.transactionId()));
    assertThat(member.refuse(member.reversal(reversal)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.REVERSAL, false));
  }

  @Test
  void kinds_with_their_own_ending_are_not_reversed() {
    member.accept(member.accrual(60));
    Entry hold = member.accept(member.hold(10, 0, Duration.ofMinutes(1)));
    Entry freeze = member.accept(member.change(Status.FROZEN));
    assertThat(member.refuse(member.reversal(hold)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.HOLD, false));
    assertThat(member.refuse(member.reversal(freeze)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.FREEZE, false));
    OrderCommand.Reverse unknown =
        OrderCommand.Reverse.of(Deciding.MEMBER, "k", Origin.office("o", "r"), 4_711);
    assertThat(member.refuse(unknown)).isEqualTo(new Refusal.TransactionNotFound());
  }

  @Test
  void a_refunded_order_is_reversed_only_after_its_refunds() {
    Entry sale = member.accept(member.sale("o", 100));
    Entry refund = member.accept(member.refund("o", "r", 40L));
    assertThat(member.refuse(member.reversal(sale)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.ACCRUAL, true));
    member.accept(member.reversal(refund));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
    member.accept(member.reversal(sale));
    assertThat(member.available(Accounts.POINTS)).isZero();
    assertThat(member.refuse(member.refund("o", "r2", null)))
        .isEqualTo(new Refusal.OrderNotFound());
  }

  @Test
  void a_refund_that_was_reversed_can_be_made_anew() {
    member.accept(member.sale("o", 100));
    member.accept(member.reversal(member.accept(member.refund("o", "r", null))));
    member.accept(member.refund("o", "r2", null));
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void a_capture_is_undone_to_the_lots_that_were_held() {
    member.accept(member.accrual(60));
    Entry hold = member.accept(member.hold(50, 0, Duration.ofMinutes(1)));
    Entry capture = member.accept(member.capture(hold, 30L));
    member.accept(member.reversal(capture));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(60);
    assertThat(state(member).lifetimeSpent()).isZero();
  }

  @Test
  void a_top_up_is_undone_only_while_it_is_there() {
    Entry topUp = rich.accept(rich.topUp("t", 1_000, null));
    Entry payment = rich.accept(rich.payment("p", 100));
    assertThat(rich.refuse(rich.reversal(topUp)))
        .isInstanceOf(Refusal.InsufficientStoredValue.class);
    rich.accept(rich.reversal(payment));
    rich.accept(rich.reversal(topUp));
    assertThat(rich.available(Accounts.STORED_VALUE)).isZero();
    assertThat(rich.available(Accounts.POINTS)).isZero();
  }

  @Test
  void an_exchange_is_undone_in_both_currencies() {
    rich.accept(rich.accrual(0));
    rich.accept(rich.adjustment(100));
    Entry exchange = rich.accept(rich.exchange(Accounts.POINTS, "stars", 100));
    assertThat(rich.available("stars")).isEqualTo(10);
    rich.accept(rich.reversal(exchange));
    assertThat(rich.available("stars")).isZero();
    assertThat(rich.available(Accounts.POINTS)).isEqualTo(100);
  }

  private static MemberState state(Deciding folding) {
    return Objects.requireNonNull(folding.state);
  }

  @Test
  void a_refund_that_left_a_debt_is_undone_by_ending_the_debt() {
    member.accept(member.sale("o", 50));
    member.accept(member.deduction(30));
    Entry refund = member.accept(member.refund("o", "r", null));
    assertThat(member.debt()).isEqualTo(30);

    Entry reversal = member.accept(member.reversal(refund));

    assertThat(member.debt()).isZero();
    assertThat(member.available(Accounts.POINTS)).isEqualTo(20);
    assertThat(reversal.points()).isEqualTo(50);
    assertThat(state(member).lifetimeEarned()).isEqualTo(50);
  }

  @Test
  void debt_repaid_meanwhile_comes_back_as_points_of_today() {
    member.accept(member.sale("o", 50));
    member.accept(member.deduction(50));
    Entry refund = member.accept(member.refund("o", "r", null));
    member.accept(member.accrual(20));
    assertThat(member.debt()).isEqualTo(30);
    member.now = Deciding.NOON.plus(Duration.ofDays(2));

    member.accept(member.reversal(refund));

    assertThat(member.debt()).isZero();
    assertThat(state(member).lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-25"), 20));
  }

  @Test
  void pending_points_are_taken_back_while_pending() {
    Entry sale = member.accept(member.sale("o", 60, new SaleTerms(0, 0, true, null)));
    member.accept(member.accrual(40));
    Entry reversal = member.accept(member.reversal(sale));
    assertThat(reversal.points()).isEqualTo(-60);
    assertThat(reversal.detail()).isEqualTo(new Detail.Reversed(-60, 0, 0, 0));
    assertThat(state(member).reserves()).isEmpty();
    assertThat(member.available(Accounts.POINTS)).isEqualTo(40);
  }

  @Test
  void points_effective_now_are_taken_from_their_lot_and_then_owed() {
    Entry sale = member.accept(member.sale("o", 60, new SaleTerms(0, 0, true, null)));
    member.accept(member.accrual(40, dayOf("2026-11-20")));
    member.accept(member.endPending(sale, true));
    member.accept(member.deduction(50)); // all 40 that expire first, and 10 of these
    Entry reversal = member.accept(member.reversal(sale));
    assertThat(reversal.detail()).isEqualTo(new Detail.Reversed(-60, 0, 0, 10));
    assertThat(state(member).lots().byExpiry()).isEmpty();
    assertThat(member.debt()).isEqualTo(10);
  }

  @Test
  void points_missing_from_their_lot_are_taken_from_others_before_they_are_owed() {
    Entry wrong = member.accept(member.accrual(60, dayOf("2026-11-20")));
    member.accept(member.accrual(40, dayOf("2026-11-21")));
    member.accept(member.deduction(50));
    Entry reversal = member.accept(member.reversal(wrong));
    assertThat(reversal.detail()).isEqualTo(new Detail.Reversed(-60, 0, 0, 10));
    assertThat(member.available(Accounts.POINTS)).isZero();
    assertThat(member.debt()).isEqualTo(10);
  }
}
