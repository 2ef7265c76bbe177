package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.NOON;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.program.Validity;

/** Orders of offline tills, which happened also when what paid for them is not there any more. */
class OfflineDecisionsTest {

  private final Deciding member = new Deciding(Deciding.MONTHLY);

  private Entry sell(long amount, long points, long storedValue) {
    return member.accept(member.sale("o", amount, paidOffline(points, storedValue)));
  }

  private static SaleTerms paidOffline(long points, long storedValue) {
    return new SaleTerms(points, storedValue, false, null, true);
  }

  private static Program claiming() {
    Terms plain = Terms.PLAIN;
    Program monthly = Deciding.MONTHLY;
    return new Program(
        monthly.programId(),
        monthly.name(),
        monthly.currency(),
        monthly.timeZone(),
        monthly.earning(),
        monthly.validity(),
        true,
        new Terms(
            plain.currencies(),
            plain.growth(),
            plain.storedValue(),
            new Terms.RefundRule(false, null, new Terms.PointValue(1, 10), false),
            plain.exchanges(),
            false,
            plain.lateWindow(),
            Terms.Uncovered.CLAIM));
  }

  private Lots lots() {
    return TimeEffects.at(Objects.requireNonNull(member.state), member.now).lots();
  }

  @Test
  void available_points_pay_and_the_member_owes_the_rest() {
    member.accept(member.accrual(30));

    Entry sale = sell(20, 80, 0);

    assertThat(sale.detail()).isEqualTo(new Detail.Uncovered(null, 50, 0, 50, 0));
    assertThat(member.available(Accounts.POINTS)).isZero();
    assertThat(member.debt()).isEqualTo(30); // what it earned repaid 20
    assertThat(Objects.requireNonNull(member.state).lifetimeSpent()).isEqualTo(80);
  }

  @Test
  void stored_value_that_is_not_there_is_claimed_though_points_are_owed() {
    member.accept(member.topUp("t", 1_000, 0L));

    Entry sale = sell(0, 5, 1_500);

    assertThat(sale.detail()).isEqualTo(new Detail.Uncovered(null, 5, 500, 5, 500));
    assertThat(member.available(Accounts.STORED_VALUE)).isZero();
    assertThat(member.debt()).isEqualTo(5);
  }

  @Test
  void a_store_claims_the_worth_of_uncovered_points() {
    Deciding claimed = new Deciding(claiming());
    claimed.accept(claimed.accrual(30));

    Entry sale = claimed.accept(claimed.sale("o", 0, paidOffline(80, 0)));

    assertThat(sale.detail()).isEqualTo(new Detail.Uncovered(null, 50, 0, 0, 500));
    assertThat(claimed.debt()).isZero();
    claimed.accept(claimed.refund("o", "r", null));
    assertThat(claimed.available(Accounts.POINTS)).isEqualTo(30);
  }

  @Test
  void a_covered_order_is_as_any_other() {
    member.accept(member.accrual(80));
    assertThat(sell(0, 80, 0).detail()).isNull();
    assertThat(member.debt()).isZero();
  }

  @Test
  void a_till_that_could_ask_is_refused() {
    member.accept(member.accrual(30));
    var terms = new SaleTerms(80, 0, false, null);
    assertThat(member.refuse(member.sale("o", 20, terms)))
        .isEqualTo(new Refusal.InsufficientPoints(30));
  }

  @Test
  void no_debt_exceeds_its_limit() {
    sell(0, Limits.POINTS_MAX, 0);
    assertThat(member.refuse(member.sale("o2", 0, paidOffline(1, 0))))
        .isEqualTo(new Refusal.BalanceLimitExceeded(0));
  }

  @Test
  void a_refund_ends_the_debt_of_its_order() {
    member.accept(member.accrual(30));
    sell(0, 80, 0);

    Entry refund = member.accept(member.refund("o", "r", null));

    assertThat(((Detail.Refunded) Objects.requireNonNull(refund.detail())).givenBack())
        .containsEntry(Accounts.POINTS, 80L);
    assertThat(member.debt()).isZero();
    assertThat(member.available(Accounts.POINTS)).isEqualTo(30);
  }

  @Test
  void repaid_debt_comes_back_with_the_expiry_of_new_points() {
    sell(0, 80, 0);
    member.accept(member.accrual(80)); // repays it
    member.now = NOON.plus(Duration.ofDays(20));

    member.accept(member.refund("o", "r", null));

    assertThat(lots()).isEqualTo(Lots.NONE.plus(new Lot(dayOf("2027-01-13"), 80)));
    member.now = dayOf("2027-01-13");
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void a_partly_repaid_debt_is_repaid_first() {
    sell(0, 80, 0);
    member.accept(member.accrual(50));
    member.now = NOON.plus(Duration.ofDays(20));

    member.accept(member.refund("o", "r", null));

    assertThat(member.debt()).isZero();
    assertThat(lots()).isEqualTo(Lots.NONE.plus(new Lot(dayOf("2027-01-13"), 50)));
  }

  @Test
  void points_that_come_back_repay_debt_first() {
    Deciding forever =
        new Deciding(Deciding.program(Deciding.MONTHLY.earning(), new Validity.Never()));
    forever.accept(forever.accrual(30));
    forever.accept(forever.sale("o", 0, paidOffline(80, 0)));

    forever.accept(forever.refundPoints("o", "r", 50));

    assertThat(forever.debt()).isZero();
    assertThat(forever.available(Accounts.POINTS)).isZero();
    forever.accept(forever.refund("o", "rest", null));
    assertThat(forever.available(Accounts.POINTS)).isEqualTo(30);
  }

  @Test
  void a_reversal_gives_repaid_debt_the_expiry_of_new_points() {
    Entry sale = sell(0, 80, 0);
    member.accept(member.accrual(80));
    member.now = NOON.plus(Duration.ofDays(20));

    member.accept(member.reversal(sale));

    assertThat(lots()).isEqualTo(Lots.NONE.plus(new Lot(dayOf("2027-01-13"), 80)));
    assertThat(Objects.requireNonNull(member.state).lifetimeSpent()).isZero();
  }
}
