package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.dayOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.command.Refusal.AlreadyInStatus;
import points.ledger.command.Refusal.BalanceLimitExceeded;
import points.ledger.command.Refusal.InsufficientPoints;
import points.ledger.command.Refusal.MemberFrozen;
import points.ledger.command.Refusal.MemberNotFound;
import points.ledger.model.MemberState;
import points.ledger.model.Status;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** Why commands are refused, and which reason comes first. */
class RefusalsDecisionsTest {

  private final Deciding member = new Deciding(MONTHLY);

  @Test
  void only_an_accrual_enrols() {
    assertThat(member.refuse(member.deduction(1))).isEqualTo(new MemberNotFound());
    assertThat(member.refuse(member.adjustment(1))).isEqualTo(new MemberNotFound());
    assertThat(member.refuse(member.adjustment(-1))).isEqualTo(new MemberNotFound());
    assertThat(member.refuse(member.change(Status.FROZEN))).isEqualTo(new MemberNotFound());
    assertThat(member.refuse(member.change(Status.ACTIVE))).isEqualTo(new MemberNotFound());
  }

  @Test
  void nothing_enrols_where_the_program_says_so() {
    var closed =
        new Program(
            "program",
            "closed",
            "CNY",
            MONTHLY.timeZone(),
            MONTHLY.earning(),
            MONTHLY.validity(),
            false);
    var folding = new Deciding(closed);
    assertThat(folding.refuse(folding.accrual(1))).isEqualTo(new MemberNotFound());
    folding.state = MemberState.ENROLLED;
    folding.accept(folding.accrual(1));
  }

  @Test
  void a_frozen_member_neither_earns_nor_spends_but_may_be_adjusted() {
    member.accept(member.accrual(10));
    member.accept(member.change(Status.FROZEN));
    assertThat(member.refuse(member.accrual(1))).isEqualTo(new MemberFrozen());
    assertThat(member.refuse(member.accrual(0))).isEqualTo(new MemberFrozen());
    assertThat(member.refuse(member.deduction(1))).isEqualTo(new MemberFrozen());
    member.accept(member.adjustment(1));
    member.accept(member.adjustment(-11));
  }

  @Test
  void a_status_is_changed_to_another_only() {
    member.accept(member.accrual(10));
    assertThat(member.refuse(member.change(Status.ACTIVE)))
        .isEqualTo(new AlreadyInStatus(Status.ACTIVE));
    member.accept(member.change(Status.FROZEN));
    assertThat(member.refuse(member.change(Status.FROZEN)))
        .isEqualTo(new AlreadyInStatus(Status.FROZEN));
  }

  @Test
  void the_sums_over_a_lifetime_do_not_run_over() {
    Lots ten = Lots.NONE.plus(new Lot(Lot.NEVER, 10));
    member.state = new MemberState(Status.ACTIVE, 7, Long.MAX_VALUE - 5, 0, ten);
    assertThat(member.refuse(member.accrual(6))).isEqualTo(new BalanceLimitExceeded(10));
    member.state = new MemberState(Status.ACTIVE, 7, 0, Long.MAX_VALUE - 3, ten);
    assertThat(member.refuse(member.deduction(4))).isEqualTo(new BalanceLimitExceeded(10));
  }

  @Test
  void more_than_there_is_cannot_be_taken() {
    member.accept(member.accrual(10));
    assertThat(member.refuse(member.deduction(11))).isEqualTo(new InsufficientPoints(10));
    assertThat(member.refuse(member.adjustment(-11))).isEqualTo(new InsufficientPoints(10));
    member.accept(member.deduction(10));
    assertThat(member.refuse(member.deduction(1))).isEqualTo(new InsufficientPoints(0));
  }

  @Test
  void expired_points_cannot_be_spent_whether_or_not_an_expiry_is_written() {
    member.accept(member.accrual(10, dayOf("2026-11-20")));
    member.accept(member.accrual(5, dayOf("2026-11-21")));
    member.now = dayOf("2026-12-21");
    MemberState before = member.state;
    assertThat(member.refuse(member.deduction(6))).isEqualTo(new InsufficientPoints(5));
    assertThat(member.state).as("a refusal changes nothing").isEqualTo(before);
    assertThat(member.entries).hasSize(2);
  }

  @Test
  void a_balance_has_its_limit() {
    member.accept(member.accrual(Limits.POINTS_MAX - 1));
    assertThat(member.refuse(member.accrual(2)))
        .isEqualTo(new BalanceLimitExceeded(Limits.POINTS_MAX - 1));
    assertThat(member.refuse(member.adjustment(2)))
        .isEqualTo(new BalanceLimitExceeded(Limits.POINTS_MAX - 1));
    member.accept(member.accrual(1));
    assertThat(member.refuse(member.accrual(1)))
        .isEqualTo(new BalanceLimitExceeded(Limits.POINTS_MAX));
    member.accept(member.accrual(0));
    assertThat(member.accept(member.deduction(Limits.POINTS_MAX)).balance()).isZero();
  }

  @Test
  void an_order_that_earns_more_than_any_balance_is_refused() {
    var generous = new EarningRule(1_000_000, 1, Rounding.FLOOR);
    var folding = new Deciding(Deciding.program(generous, new Validity.Never()));
    assertThat(folding.refuse(folding.accrual(Limits.AMOUNT_MAX)))
        .isEqualTo(new BalanceLimitExceeded(0));
  }

  @Test
  void an_unknown_member_comes_before_status_and_status_before_points() {
    member.accept(member.accrual(Limits.POINTS_MAX));
    member.accept(member.change(Status.FROZEN));
    assertThat(List.of(member.refuse(member.deduction(1)), member.refuse(member.accrual(1))))
        .containsOnly(new MemberFrozen());
    member.now = dayOf("2030-01-01");
    assertThat(member.refuse(member.deduction(1))).isEqualTo(new MemberFrozen());
    member.state = null;
    assertThat(member.refuse(member.deduction(Limits.POINTS_MAX))).isEqualTo(new MemberNotFound());
  }

  @Test
  void a_refusal_neither_enrols_nor_writes_down() {
    var generous = new EarningRule(1_000_000, 1, Rounding.FLOOR);
    var folding = new Deciding(Deciding.program(generous, new Validity.Never()));
    folding.refuse(folding.accrual(Limits.AMOUNT_MAX));
    assertThat(folding.state).isNull();
  }
}
