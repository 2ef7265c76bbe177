package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.dayOf;

import org.junit.jupiter.api.Test;
import points.ledger.command.MembershipCommand;
import points.ledger.command.SaleTerms;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;

/** Points that expired unspent before or after their member was merged, or while a sale moved. */
class LapsedElsewhereDecisionsTest {

  private static final MemberKey A = DecidingMembers.member("the-first");
  private static final MemberKey B = DecidingMembers.member("the-second");

  private final DecidingMembers members = new DecidingMembers(Deciding.MONTHLY);

  private static long lapsed(Entry undone) {
    return LapsedLot.of(undone).stream().mapToLong(it -> it.lot().points()).sum();
  }

  /** After the first orders have expired; then B has 100 good points. */
  private void expireAndMerge() {
    members.now = dayOf("2027-01-01");
    members.settle(A);
    members.earn(B, "good", 100);
    members.merge(A, B);
  }

  @Test
  void expired_points_of_one_member_do_not_count_for_another() {
    Entry x = members.earn(A, "x", 100);
    Entry y = members.earn(B, "y", 100);
    expireAndMerge();

    Entry ofA = members.accept(members.reversal(x, B));
    Entry ofB = members.accept(members.reversal(y));

    assertThat(LapsedLot.of(ofA)).extracting(LapsedLot::of).containsExactly(A.memberId());
    assertThat(LapsedLot.of(ofB)).extracting(LapsedLot::of).containsExactly(B.memberId());
    assertThat(lapsed(ofB)).isEqualTo(100);
    assertThat(members.available(B)).isEqualTo(100);
    assertThat(members.debt(B)).isZero();
  }

  @Test
  void points_expired_before_the_merge_stay_with_the_merged_member() {
    Entry x = members.earn(A, "x", 100);
    members.spend(A, 100);
    members.earn(B, "y", 100);
    expireAndMerge();

    assertThat(lapsed(members.accept(members.reversal(x, B)))).isZero();

    assertThat(members.available(B)).isZero();
    assertThat(lapsed(members.accept(members.refund(B, "y", null)))).isEqualTo(100);
    assertThat(members.debt(B)).isZero();
  }

  @Test
  void of_a_merge_that_has_not_arrived_nothing_has_expired_where_it_goes() {
    Entry x = members.earn(A, "x", 100);
    members.spend(A, 100);
    members.earn(B, "y", 100);
    members.accept(MembershipCommand.Merge.of(A, "merge", DecidingMembers.OFFICE, B.memberId()));
    members.now = dayOf("2027-01-01");
    members.settle(B);

    assertThat(lapsed(members.accept(members.reversal(x, B)))).isZero();
    assertThat(members.debt(B)).isEqualTo(100);
  }

  @Test
  void merged_points_that_expire_lapse_with_those_expired_before() {
    Entry x = members.earn(A, "x", 100);
    members.earn(B, "other", 1);
    members.spend(A, 30);
    members.merge(A, B);
    members.now = dayOf("2027-01-01");
    members.settle(B);

    Entry reversal = members.accept(members.reversal(x, B));

    assertThat(lapsed(reversal)).isEqualTo(71);
    assertThat(members.debt(B)).isEqualTo(29); // the lot of the one day is of both
  }

  @Test
  void points_lapsed_for_an_undone_reversal_lapse_again() {
    members.earn(A, "x", 100);
    members.earn(B, "y", 100);
    expireAndMerge();

    Entry refund = members.accept(members.refund(B, "x", null));
    members.accept(members.reversal(refund));

    assertThat(lapsed(members.accept(members.refund(B, "x", null)))).isEqualTo(100);
  }

  /** X is paid with for S, which leaves; while it is on its way, what it gave back expires. */
  private Entry moved() {
    members.earn(A, "x", 100);
    Entry s = members.earn(A, "s", 0, new SaleTerms(100, 0, false, null));
    Entry out = members.accept(members.moveOut(s, DecidingMembers.member("somebody")));
    members.now = dayOf("2027-01-01");
    members.settle(A);
    return out;
  }

  @Test
  void points_lapsed_for_a_returned_sale_do_not_lapse_again() {
    Entry back = members.accept(members.moveReturn(moved()));
    assertThat(lapsed(back)).isEqualTo(100);
    assertThat(lapsed(members.accept(members.refund(A, "x", null)))).isZero();
    assertThat(members.debt(A)).isEqualTo(100);
  }

  @Test
  void points_lapsed_for_a_sale_lapse_for_another_once_it_has_moved_away() {
    Entry back = members.accept(members.moveReturn(moved()));
    members.earn(B, "good", 100);
    members.accept(members.moveIn(members.accept(members.moveOut(back, B)), B));
    assertThat(members.available(B)).isZero();
    assertThat(lapsed(members.accept(members.refund(A, "x", null)))).isEqualTo(100);
    assertThat(members.debt(A)).isZero();
  }

  @Test
  void points_lapsed_for_a_sale_lapse_again_when_it_returns_again() {
    Entry back = members.accept(members.moveReturn(moved()));
    Entry again = members.thereAndBack(back);
    assertThat(LapsedLot.of(again)).isEqualTo(LapsedLot.of(back));
    assertThat(lapsed(members.accept(members.refund(A, "x", null)))).isZero();
    assertThat(members.debt(A)).isEqualTo(100);
  }

  @Test
  void a_sale_that_comes_back_is_paid_again_when_its_lapse_was_counted_for_another() {
    Entry back = members.accept(members.moveReturn(moved()));
    Entry out = members.accept(members.moveOut(back, B));
    assertThat(lapsed(members.accept(members.refund(A, "x", null)))).isEqualTo(100);
    assertThat(lapsed(members.accept(members.moveReturn(out)))).isZero();
    assertThat(members.debt(A)).isEqualTo(100);
  }

  @Test
  void a_sale_comes_back_to_a_merged_member_without_its_expired_points() {
    Entry out = moved();
    members.earn(B, "good", 100);
    members.merge(A, B);

    Entry back = members.accept(members.moveReturn(out, B));

    assertThat(LapsedLot.of(back)).extracting(LapsedLot::of).containsExactly(A.memberId());
    assertThat(lapsed(back)).isEqualTo(100);
    assertThat(members.available(B)).isEqualTo(100);
    assertThat(members.debt(B)).isZero();
    assertThat(lapsed(members.accept(members.refund(B, "x", null)))).isZero();
  }
}
