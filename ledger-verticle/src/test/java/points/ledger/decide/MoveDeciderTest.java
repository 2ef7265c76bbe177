package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.NOON;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.command.MoveCommand;
import points.ledger.command.Refusal;
import points.ledger.command.Refusal.NotMovable;
import points.ledger.command.Refusal.Unmovable;
import points.ledger.command.SaleTerms;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;

/** Sales that go over to another member, and those that come back. */
class MoveDeciderTest {

  private static final MemberKey FIRST = DecidingMembers.member("first");
  private static final MemberKey OTHER = DecidingMembers.member("other");
  private static final SaleTerms PENDING = new SaleTerms(0, 0, true, null);

  private final DecidingMembers members = new DecidingMembers(MONTHLY);

  MoveDeciderTest() {
    members.enrol(FIRST, OTHER);
  }

  private static SaleTerms paidWith(long points) {
    return new SaleTerms(points, 0, false, null);
  }

  private static SaleTerms pendingAndPaidWith(long points) {
    return new SaleTerms(points, 0, true, null);
  }

  private Entry sell(SaleTerms terms) {
    return members.accept(members.sale(FIRST, "o", 100, terms));
  }

  private Entry move(Entry sale) {
    return members.accept(members.moveIn(members.accept(members.moveOut(sale, OTHER)), OTHER));
  }

  private Unmovable unmovable(Entry sale) {
    int before = members.entries.size();
    Refusal refusal = members.refuse(members.moveOut(sale, OTHER));
    assertThat(members.entries).hasSize(before);
    return ((NotMovable) refusal).why();
  }

  @Test
  void a_sale_that_comes_back_takes_only_points_it_had_given_back() {
    members.earn(FIRST, 30, dayOf("2026-11-01"));
    members.earn(FIRST, 50, dayOf("2026-11-20"));
    Entry sale = sell(paidWith(40));
    members.now = dayOf("2026-12-05"); // the 30 have expired meanwhile
    MemberState before = members.state(FIRST);

    members.thereAndBack(sale);

    assertThat(members.state(FIRST).accounts()).isEqualTo(before.accounts());
    assertThat(members.state(FIRST).lifetimeSpent()).isEqualTo(40);
  }

  @Test
  void a_sale_that_came_back_is_refunded_as_if_it_had_never_left() {
    members.earn(FIRST, 30, dayOf("2026-11-01"));
    members.earn(FIRST, 50, dayOf("2026-11-20"));
    Entry sale = sell(paidWith(40));
    members.now = dayOf("2026-12-05");
    members.thereAndBack(sale);

    Entry refund = members.accept(members.refund(FIRST, "o", null));

    assertThat(DecidingMembers.refunded(refund).givenBack()).containsEntry(Accounts.POINTS, 40L);
    assertThat(DecidingMembers.refunded(refund).expired()).isEqualTo(30);
    assertThat(members.available(FIRST)).isEqualTo(50);
    assertThat(members.state(FIRST).lifetimeSpent()).isZero();
  }

  @Test
  void the_last_member_of_a_moved_sale_pays_all_of_its_cost() {
    members.earn(FIRST, 30, dayOf("2026-11-01"));
    members.earn(FIRST, 50, dayOf("2026-11-20"));
    members.earn(OTHER, 40, NOON);
    Entry sale = sell(paidWith(40));
    members.now = dayOf("2026-12-05");

    move(members.thereAndBack(sale));

    assertThat(members.available(FIRST)).isEqualTo(50);
    assertThat(members.available(OTHER)).isEqualTo(100);
    assertThat(members.state(OTHER).lifetimeSpent()).isEqualTo(40);
  }

  @Test
  void points_given_back_and_spent_are_owed_once_however_often_the_sale_moves() {
    members.earn(FIRST, 20, NOON);
    Entry sale = sell(pendingAndPaidWith(20));
    Entry out = members.accept(members.moveOut(sale, OTHER));
    members.accept(members.deduction(FIRST, 20));
    Entry back = members.accept(members.moveReturn(out));
    assertThat(members.debt(FIRST)).isEqualTo(20);
    members.earn(OTHER, 20, NOON);

    move(members.thereAndBack(back));

    assertThat(members.debt(FIRST)).isZero();
    assertThat(members.available(FIRST)).isZero();
    assertThat(members.available(OTHER)).isZero();
    assertThat(members.pending(OTHER)).isEqualTo(100);
  }

  @Test
  void debt_repaid_by_the_sale_comes_back_with_its_next_move() {
    members.earn(FIRST, 20, NOON);
    Entry out = members.accept(members.moveOut(sell(paidWith(20)), OTHER));
    members.accept(members.deduction(FIRST, 20));
    Entry back = members.accept(members.moveReturn(out));
    assertThat(members.available(FIRST)).isEqualTo(80);

    members.accept(members.moveOut(back, OTHER));

    assertThat(members.available(FIRST)).isZero();
    assertThat(members.debt(FIRST)).isZero();
  }

  @Test
  void a_refund_ends_the_debt_of_a_moved_sale() {
    members.earn(FIRST, 20, NOON);
    Entry out = members.accept(members.moveOut(sell(pendingAndPaidWith(20)), OTHER));
    members.accept(members.deduction(FIRST, 20));
    members.accept(members.moveReturn(out));

    Entry refund = members.accept(members.refund(FIRST, "o", null));

    assertThat(DecidingMembers.refunded(refund).givenBack()).containsEntry(Accounts.POINTS, 20L);
    assertThat(members.debt(FIRST)).isZero();
    assertThat(members.available(FIRST)).isZero();
    assertThat(members.pending(FIRST)).isZero();
  }

  @Test
  void points_given_back_that_repaid_a_debt_are_owed_again() {
    members.earn(FIRST, 20, NOON);
    Entry sale = sell(pendingAndPaidWith(20));
    Entry spent = members.earn(FIRST, 30, NOON);
    members.accept(members.deduction(FIRST, 30));
    members.accept(members.refund(FIRST, String.valueOf(spent.origin().orderId()), null));
    assertThat(members.debt(FIRST)).isEqualTo(30);

    Entry out = members.accept(members.moveOut(sale, OTHER));
    assertThat(members.debt(FIRST)).isEqualTo(10);
    members.accept(members.moveReturn(out));

    assertThat(members.debt(FIRST)).isEqualTo(30);
    assertThat(members.pending(FIRST)).isEqualTo(100);
  }

  @Test
  void points_given_back_are_taken_from_the_same_lots_again() {
    members.earn(FIRST, 20, dayOf("2026-11-20"));
    Entry sale = sell(paidWith(20));
    members.earn(FIRST, 30, dayOf("2026-11-10"));
    Accounts before = members.state(FIRST).accounts();

    members.thereAndBack(sale);

    assertThat(members.state(FIRST).accounts()).isEqualTo(before);
  }

  @Test
  void a_repaid_debt_is_repaid_again_though_points_expire_on_the_way() {
    Entry first = members.earn(FIRST, 50, NOON);
    members.accept(members.deduction(FIRST, 50));
    members.accept(members.refund(FIRST, String.valueOf(first.origin().orderId()), null));
    Entry sale = sell(SaleTerms.NONE);
    assertThat(members.available(FIRST)).isEqualTo(50);
    Entry out = members.accept(members.moveOut(sale, OTHER));
    assertThat(members.debt(FIRST)).isEqualTo(50);

    members.now = members.now.plus(Duration.ofDays(90));
    members.accept(members.moveReturn(out));

    assertThat(members.debt(FIRST)).isZero();
    assertThat(members.available(FIRST)).isZero();
  }

  @Test
  void points_of_a_reversed_refund_move_with_pending_ones() {
    Entry sale = sell(PENDING);
    members.accept(members.reversal(members.accept(members.refund(FIRST, "o", 40L))));
    assertThat(members.pending(FIRST)).isEqualTo(60);
    assertThat(members.available(FIRST)).isEqualTo(40);

    Entry back = members.thereAndBack(sale);
    assertThat(members.pending(FIRST)).isEqualTo(60);
    assertThat(members.available(FIRST)).isEqualTo(40);
    Entry moved = move(back);

    assertThat(members.state(FIRST).accounts()).isEqualTo(Accounts.EMPTY);
    assertThat(members.pending(FIRST)).isZero();
    assertThat(members.pending(OTHER)).isEqualTo(100);
    members.accept(members.endPending(moved, true));
    members.accept(members.refund(OTHER, "o", 50L));
    members.accept(members.refund(OTHER, "o", null));
    assertThat(members.available(OTHER)).isZero();
    assertThat(members.debt(OTHER)).isZero();
  }

  @Test
  void a_pending_sale_with_a_reversed_refund_stays_when_points_are_spent() {
    Entry sale = sell(PENDING);
    members.accept(members.reversal(members.accept(members.refund(FIRST, "o", 40L))));
    members.accept(members.deduction(FIRST, 1));
    assertThat(unmovable(sale)).isEqualTo(Unmovable.SPENT);
  }

  @Test
  void only_accruals_move() {
    members.earn(FIRST, 100, NOON);
    Entry deduction = members.accept(members.deductionFor(FIRST, "o", 50));
    assertThat(unmovable(deduction)).isEqualTo(Unmovable.KIND);
  }

  @Test
  void a_sale_moves_once() {
    Entry sale = sell(SaleTerms.NONE);
    move(sale);
    members.earn(FIRST, 100, NOON); // so that it is not for want of points
    assertThat(unmovable(sale)).isEqualTo(Unmovable.MOVED);
  }

  @Test
  void a_sale_that_was_reversed_stays() {
    Entry sale = sell(SaleTerms.NONE);
    members.accept(members.reversal(sale));
    members.earn(FIRST, 100, NOON);
    assertThat(unmovable(sale)).isEqualTo(Unmovable.REVERSED);
  }

  @Test
  void a_partly_refunded_sale_stays() {
    Entry sale = sell(SaleTerms.NONE);
    Entry refund = members.accept(members.refund(FIRST, "o", 10L));
    members.earn(FIRST, 100, NOON);
    assertThat(unmovable(sale)).isEqualTo(Unmovable.REFUNDED);
    members.accept(members.reversal(refund));
    move(sale);
    assertThat(members.available(FIRST)).isEqualTo(100);
    assertThat(members.available(OTHER)).isEqualTo(100);
  }

  @Test
  void a_sale_of_cancelled_points_stays() {
    Entry sale = sell(PENDING);
    members.accept(members.endPending(sale, false));
    members.earn(FIRST, 100, NOON);
    assertThat(unmovable(sale)).isEqualTo(Unmovable.CANCELLED);
  }

  @Test
  void a_sale_stays_when_one_of_its_points_is_spent_though_there_are_others() {
    Entry sale = sell(SaleTerms.NONE);
    members.accept(members.deduction(FIRST, 1));
    members.earn(FIRST, 100, NOON.plus(Duration.ofDays(1)));
    assertThat(unmovable(sale)).isEqualTo(Unmovable.SPENT);
  }

  @Test
  void a_sale_of_expired_points_stays() {
    Entry sale = sell(SaleTerms.NONE);
    members.now = NOON.plus(Duration.ofDays(40));
    assertThat(unmovable(sale)).isEqualTo(Unmovable.EXPIRED);
  }

  @Test
  void an_offline_order_that_was_not_covered_stays() {
    Entry sale = sell(new SaleTerms(10, 0, false, null, true));
    members.earn(FIRST, 100, NOON);
    assertThat(unmovable(sale)).isEqualTo(Unmovable.UNCOVERED);
  }

  @Test
  void a_move_names_the_order_of_its_sale() {
    Entry sale = sell(SaleTerms.NONE);
    MoveCommand.MoveOut right = members.moveOut(sale, OTHER);
    Origin wrong = Origin.sale("store", null, "another");
    assertThat(
            members.refuse(
                MoveCommand.MoveOut.of(FIRST, "k", wrong, sale.sequence(), OTHER.memberId())))
        .isEqualTo(new Refusal.TransactionNotFound());
    assertThat(
            members.refuse(
                MoveCommand.MoveOut.of(FIRST, "k", right.origin(), 99, OTHER.memberId())))
        .isEqualTo(new Refusal.TransactionNotFound());
  }

  @Test
  void a_sale_on_its_way_is_not_refunded() {
    members.earn(FIRST, 5, NOON.plus(Duration.ofDays(1)));
    members.accept(members.deductionFor(FIRST, "o", 5));
    Entry sale = sell(SaleTerms.NONE);
    Entry out = members.accept(members.moveOut(sale, OTHER));
    assertThat(members.refuse(members.refund(FIRST, "o", null)))
        .isEqualTo(new Refusal.OrderNotFound());
    members.accept(members.moveIn(out, OTHER));
    members.refundWithShares(members.refund(OTHER, "o", null));
    assertThat(members.available(OTHER)).isZero();
    assertThat(members.available(FIRST)).isEqualTo(5);
  }
}
