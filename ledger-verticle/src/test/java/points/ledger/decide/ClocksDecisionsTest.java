package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.dayOf;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Lots;
import points.ledger.model.Entry;

/** A member's entries come from several nodes, whose clocks do not quite agree. */
class ClocksDecisionsTest {

  private final Deciding member = new Deciding(Deciding.MONTHLY);

  @Test
  void a_refund_that_was_reversed_by_a_clock_behind_its_own_comes_back_once_more() {
    member.accept(member.accrual(100));
    member.accept(member.deductionFor("o", 100));
    member.now = member.now.plusSeconds(5);
    Entry first = member.accept(member.refund("o", "r1", null));
    member.now = member.now.minusMillis(100);
    member.accept(member.reversal(first));
    member.now = member.now.plusSeconds(1);

    member.accept(member.refund("o", "r2", null));

    assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
  }

  @Test
  void a_refund_by_a_clock_behind_that_of_its_sale_leaves_the_other_lots_to_the_next() {
    Lots before = spendTwoLots();
    member.now = member.now.minusMillis(100);
    member.accept(member.refundPoints("o", "r1", 50));
    member.now = member.now.plusSeconds(1);

    member.accept(member.refund("o", "r2", null));

    assertThat(lots()).isEqualTo(before);
  }

  @Test
  void a_refund_by_a_clock_behind_that_of_its_sale_leaves_its_lots_open_when_it_is_reversed() {
    Lots before = spendTwoLots();
    member.now = member.now.minusMillis(200);
    Entry first = member.accept(member.refundPoints("o", "r1", 50));
    member.now = member.now.plusMillis(100);
    member.accept(member.reversal(first));
    member.now = member.now.plusSeconds(1);

    member.accept(member.refund("o", "r2", null));

    assertThat(lots()).isEqualTo(before);
  }

  private Lots spendTwoLots() {
    member.accept(member.accrual(50, dayOf("2026-11-01")));
    member.accept(member.accrual(50, dayOf("2026-11-20")));
    Lots before = lots();
    member.accept(member.deductionFor("o", 100));
    return before;
  }

  private Lots lots() {
    return Objects.requireNonNull(member.state).lots();
  }
}
