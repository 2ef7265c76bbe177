package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.NOON;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.command.Command;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberState;
import points.ledger.model.Status;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** What commands do that are accepted. */
class CommandDeciderTest {

  private final Deciding member = new Deciding(MONTHLY);

  @Test
  void an_accrual_enrols_and_earns_a_lot_by_the_time_of_the_order() {
    Instant paid = dayOf("2026-11-20");
    Entry entry = member.accept(member.accrual(120, paid));

    assertThat(entry.kind()).isEqualTo(Entry.Kind.ACCRUAL);
    assertThat(entry.transactionId()).isEqualTo("member-1");
    assertThat(entry.points()).isEqualTo(120);
    assertThat(entry.balance()).isEqualTo(120);
    assertThat(entry.amount()).isEqualTo(120);
    assertThat(entry.lots()).containsExactly(new Lot(dayOf("2026-12-21"), 120));
    assertThat(entry.occurredAt()).isEqualTo(paid);
    assertThat(entry.recordedAt()).isEqualTo(NOON);
    assertThat(member.state).isEqualTo(Deciding.buyer(1, 120, 0, Lots.of(entry.lots())));
  }

  @Test
  void an_order_worth_nothing_is_recorded_all_the_same() {
    Entry entry = member.accept(member.accrual(0, new Line("l", "p", null, 1, 0)));
    assertThat(entry.points()).isZero();
    assertThat(entry.lots()).isEmpty();
    assertThat(entry.lines()).containsExactly(new EarnedLine(new Line("l", "p", null, 1, 0), 0));
    assertThat(member.entries).hasSize(1);
  }

  @Test
  void the_points_of_an_order_are_shared_out_over_its_lines() {
    var third = new EarningRule(1, 3, Rounding.FLOOR);
    var folding = new Deciding(Deciding.program(third, new Validity.Never()));
    Entry entry =
        folding.accept(
            folding.accrual(
                100,
                new Line("a", "p", null, 1, 50),
                new Line("b", "p", null, 1, 0),
                new Line("c", "p", null, 1, 50)));
    assertThat(entry.points()).isEqualTo(33);
    assertThat(entry.lines()).extracting(EarnedLine::points).containsExactly(17L, 0L, 16L);
  }

  @Test
  void accruals_of_a_day_are_one_lot() {
    member.accept(member.accrual(10, dayOf("2026-11-20")));
    member.accept(member.accrual(5, dayOf("2026-11-21").minusNanos(1)));
    assertThat(lots()).containsExactly(new Lot(dayOf("2026-12-21"), 15));
  }

  @Test
  void a_deduction_takes_the_lots_that_expire_first() {
    member.accept(member.accrual(10, dayOf("2026-11-21")));
    member.accept(member.accrual(10, dayOf("2026-11-20")));
    Entry entry = member.accept(member.deduction(12));

    assertThat(entry.points()).isEqualTo(-12);
    assertThat(entry.lots())
        .containsExactly(new Lot(dayOf("2026-12-21"), -10), new Lot(dayOf("2026-12-22"), -2));
    assertThat(lots()).containsExactly(new Lot(dayOf("2026-12-22"), 8));
    assertThat(member.state).extracting(MemberState::lifetimeSpent).isEqualTo(12L);
  }

  @Test
  void a_deduction_may_take_all_there_is() {
    member.accept(member.accrual(10));
    assertThat(member.accept(member.deduction(10)).balance()).isZero();
    assertThat(lots()).isEmpty();
  }

  @Test
  void an_adjustment_gives_or_takes_and_counts_neither_as_earned_nor_as_spent() {
    member.accept(member.accrual(10));
    assertThat(member.accept(member.adjustment(5)).lots())
        .containsExactly(new Lot(dayOf("2026-12-23"), 5));
    assertThat(member.accept(member.adjustment(-7)).balance()).isEqualTo(8);
    assertThat(member.state)
        .isEqualTo(Deciding.buyer(3, 10, 0, Lots.of(List.of(new Lot(dayOf("2026-12-23"), 8)))));
  }

  @Test
  void a_change_of_status_is_an_entry_of_no_points() {
    member.accept(member.accrual(10));
    Entry entry = member.accept(member.change(Status.FROZEN));
    assertThat(entry.kind()).isEqualTo(Entry.Kind.FREEZE);
    assertThat(entry.points()).isZero();
    assertThat(entry.balance()).isEqualTo(10);
    assertThat(member.accept(member.change(Status.ACTIVE)).kind()).isEqualTo(Entry.Kind.UNFREEZE);
    assertThat(member.accept(member.deduction(10)).balance()).isZero();
  }

  @Test
  void time_is_cut_to_microseconds() {
    member.now = Instant.parse("2026-11-22T04:00:00.123456789Z");
    Entry entry = member.accept(member.accrual(1, member.now));
    assertThat(entry.recordedAt()).isEqualTo("2026-11-22T04:00:00.123456Z");
    assertThat(entry.occurredAt()).isEqualTo("2026-11-22T04:00:00.123456Z");
  }

  @Test
  void the_same_arguments_make_the_same_decision() {
    Command accrual = member.accrual(10);
    assertThat(CommandDecider.decide(null, accrual, MONTHLY, NOON))
        .isEqualTo(CommandDecider.decide(null, accrual, MONTHLY, NOON));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Limits.POINTS_MAX + 1, Long.MIN_VALUE})
  void deductions_out_of_range_are_a_fault(long points) {
    assertFault(member.deduction(points));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Limits.POINTS_MAX + 1, -Limits.POINTS_MAX - 1, Long.MIN_VALUE})
  void adjustments_out_of_range_are_a_fault(long points) {
    assertFault(member.adjustment(points));
  }

  @Test
  void accruals_out_of_range_are_a_fault() {
    assertFault(member.accrual(-1));
    assertFault(member.accrual(Limits.AMOUNT_MAX + 1));
    assertFault(member.accrual(10, new Line("l", "p", null, 1, 9)));
    assertFault(member.accrual(10, new Line("l", "p", null, 1, 11)));
    assertFault(member.accrual(10, new Line("l", "p", null, -1, 10)));
    assertFault(
        member.accrual(10, new Line("l", "p", null, 1, 11), new Line("k", "p", null, 1, -1)));
  }

  private void assertFault(Command command) {
    member.state = MemberState.ENROLLED;
    assertThatIllegalArgumentException().isThrownBy(() -> member.decide(command));
  }

  private List<Lot> lots() {
    return member.state == null ? List.of() : member.state.lots().byExpiry();
  }
}
