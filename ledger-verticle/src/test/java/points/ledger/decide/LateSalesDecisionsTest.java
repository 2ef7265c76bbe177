package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.command.OrderCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/** Orders of several members whose accrual comes after refunds of them. */
class LateSalesDecisionsTest {

  private static final MemberKey POOL = DecidingMembers.member("pool");
  private static final MemberKey SHOPPER = DecidingMembers.member("shopper");

  private final DecidingMembers members = new DecidingMembers(MONTHLY);

  @Test
  void a_member_that_was_given_back_before_the_accrual_came_is_not_given_back_again() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(900);
    refund(POOL, null, null);
    assertThat(available(POOL)).isEqualTo(1_000);

    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    Entry second = refund(SHOPPER, null, null);

    assertThat(DecidingMembers.refunded(second).others()).isEmpty();
    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isZero();
  }

  @Test
  void the_member_of_the_accrual_is_given_back_all_that_it_paid() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    earn(SHOPPER, "before too", 400, SaleTerms.NONE);
    pay(900);
    refund(POOL, null, null);

    earn(SHOPPER, "o", 500, new SaleTerms(400, 0, false, null));
    Entry second = refund(SHOPPER, null, null);

    assertThat(DecidingMembers.refunded(second).givenBack()).containsEntry(Accounts.POINTS, 400L);
    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isEqualTo(400);
  }

  @Test
  void a_part_that_came_back_before_the_accrual_leaves_the_rest_to_come() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(900);
    refund(POOL, null, 300L);

    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    Entry half = refund(SHOPPER, 250L, null);
    assertThat(DecidingMembers.refunded(half).takenBack()).containsEntry(Accounts.POINTS, 250L);
    assertThat(available(POOL)).isEqualTo(550);
    refund(SHOPPER, null, null);
    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isZero();
  }

  @Test
  void a_reversed_part_comes_back_once() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(900);
    Entry first = refund(POOL, null, null);
    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    members.accept(members.reversal(first));
    assertThat(available(POOL)).isEqualTo(100);

    refund(SHOPPER, null, null);

    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isZero();
  }

  /** The refund stands on whoever the member of the accrual goes on as: here who paid. */
  @Test
  void points_returned_to_a_merged_member_stay_with_it() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    pay(1); // of which half is nothing
    members.accept(members.refund(POOL, "o", 250L));
    Entry rest = members.accept(members.refund(POOL, "o", null));

    assertThat(DecidingMembers.refunded(rest).takenBack()).containsEntry(Accounts.POINTS, 250L);
    assertThat(DecidingMembers.refunded(rest).others())
        .extracting(it -> it.givenBack().get(Accounts.POINTS))
        .containsExactly(1L);
  }

  /** It was on its way to who paid; what the shopper earned is not taken from there. */
  @Test
  void a_refund_on_the_paying_member_is_refused_once_the_accrual_has_come() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(300);
    earn(SHOPPER, "o", 500, SaleTerms.NONE);

    OrderCommand.Refund late = members.refund(POOL, "o", null);

    assertThat(members.preview(late.onlyOf(POOL)))
        .isEqualTo(new Decision.Refused(new Refusal.OrderNotFound()));
    assertThat(members.preview(members.refund(SHOPPER, "o", null).onlyOf(SHOPPER)))
        .isInstanceOf(Decision.Accepted.class);
    assertThat(members.preview(late.onlyOf(SHOPPER)))
        .isInstanceOf(Decision.Accepted.class); // if it merged
  }

  private void earn(MemberKey member, String order, long amount, SaleTerms terms) {
    members.accept(members.sale(member, order, amount, terms));
  }

  private void pay(long points) {
    members.accept(members.deductionFor(POOL, "o", points));
  }

  private Entry refund(MemberKey member, @Nullable Long amount, @Nullable Long points) {
    return members.refundWithShares(members.refund(member, "o", amount).restrictedTo(points, null));
  }

  private long available(MemberKey member) {
    return members.available(member);
  }
}
