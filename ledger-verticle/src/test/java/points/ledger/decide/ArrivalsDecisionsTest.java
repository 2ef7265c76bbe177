package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.NOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lots;
import points.ledger.command.MoveCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Status;

/** Moved sales that arrive: who cannot have one is refused it, and the first member is not. */
class ArrivalsDecisionsTest {

  private static final MemberKey FIRST = DecidingMembers.member("first");
  private static final MemberKey OTHER = DecidingMembers.member("other");

  private final DecidingMembers members = new DecidingMembers(MONTHLY);

  private Entry out(SaleTerms terms) {
    Entry sale = members.accept(members.sale(FIRST, "o", 100, terms));
    return members.accept(members.moveOut(sale, OTHER));
  }

  /** Refused to one, so it comes back to the other. */
  private Refusal refused(Entry out) {
    Refusal refusal = members.refuse(members.moveIn(out, OTHER));
    members.accept(members.moveReturn(out));
    return refusal;
  }

  @Test
  void a_member_with_too_few_points_cannot_pay_the_sale() {
    members.earn(FIRST, 20, NOON);
    members.earn(OTHER, 19, NOON);
    assertThat(refused(out(new SaleTerms(20, 0, false, null))))
        .isEqualTo(new Refusal.InsufficientPoints(19));
    assertThat(members.available(FIRST)).isEqualTo(100);
  }

  @Test
  void a_member_with_too_little_stored_value_cannot_pay_the_sale() {
    members.accept(members.topUp(FIRST, 1_000));
    members.accept(members.topUp(OTHER, 299));
    assertThat(refused(out(new SaleTerms(0, 300, false, null))))
        .isEqualTo(new Refusal.InsufficientStoredValue(299));
    assertThat(members.account(FIRST, Accounts.STORED_VALUE).lots().total()).isEqualTo(700);
  }

  @Test
  void no_account_exceeds_its_limit() {
    members.accept(members.sale(OTHER, "before", Limits.POINTS_MAX - 99, SaleTerms.NONE));
    assertThat(refused(out(SaleTerms.NONE)))
        .isEqualTo(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX - 99));
    members.accept(members.deduction(OTHER, 1));
    Entry sale = members.entries.get(members.entries.size() - 2);
    Entry again = members.accept(members.moveOut(sale, OTHER));
    members.accept(members.moveIn(again, OTHER));
    assertThat(members.available(OTHER)).isEqualTo(Limits.POINTS_MAX);
  }

  @Test
  void lifetime_earnings_never_overflow() {
    var old = new MemberState(Status.ACTIVE, 1, Long.MAX_VALUE - 99, 0, Lots.NONE);
    MoveCommand.MoveIn in = members.moveIn(out(SaleTerms.NONE), OTHER);
    assertThat(CommandDecider.decide(old, in, MONTHLY, members.now))
        .isEqualTo(new Decision.Refused(new Refusal.BalanceLimitExceeded(0)));
  }

  @Test
  void a_frozen_member_receives_no_sale_and_gets_its_own_back() {
    members.enrol(OTHER);
    members.accept(members.freeze(OTHER));
    Entry out = out(SaleTerms.NONE);
    members.accept(members.freeze(FIRST));
    assertThat(refused(out)).isEqualTo(new Refusal.MemberFrozen());
    assertThat(members.available(FIRST)).isEqualTo(100);
  }

  @Test
  void a_member_with_too_many_reservations_cannot_receive_a_pending_sale() {
    members.earn(OTHER, 1_000, NOON);
    members.earn(FIRST, 1_000, NOON);
    for (int i = 0; i < Limits.RESERVES_MAX; i++) {
      members.accept(members.hold(OTHER, 1));
    }
    Entry out = out(new SaleTerms(0, 0, true, null));
    for (int i = 0; i < Limits.RESERVES_MAX; i++) {
      members.accept(members.hold(FIRST, 1));
    }
    assertThat(refused(out)).isEqualTo(new Refusal.TooManyReservations());
    assertThat(members.pending(FIRST)).isEqualTo(100);
  }

  @Test
  void points_effective_on_the_way_are_available_where_they_arrive() {
    members.earn(OTHER, 1, NOON);
    Entry out = out(new SaleTerms(0, 0, true, NOON.plus(Duration.ofHours(1))));
    members.now = NOON.plus(Duration.ofHours(2));
    Entry in = members.accept(members.moveIn(out, OTHER));
    assertThat(in.balance()).isEqualTo(101);
    assertThat(members.available(OTHER)).isEqualTo(101);
  }

  @Test
  void points_effective_on_the_way_are_available_where_they_come_back() {
    Entry out = out(new SaleTerms(0, 0, true, NOON.plus(Duration.ofHours(1))));
    members.now = NOON.plus(Duration.ofHours(2));
    members.accept(members.moveReturn(out));
    assertThat(members.pending(FIRST)).isZero();
    assertThat(members.available(FIRST)).isEqualTo(100);
  }

  @Test
  void points_given_back_that_expire_on_the_way_are_not_paid_again() {
    members.earn(FIRST, 20, NOON);
    members.earn(FIRST, 30, NOON.plus(Duration.ofDays(80)));
    Entry out = out(new SaleTerms(20, 0, true, null));
    members.accept(members.deduction(FIRST, 15)); // of the 20
    members.now = NOON.plus(Duration.ofDays(60));

    Entry back = members.accept(members.moveReturn(out));

    assertThat(LapsedLot.of(back)).extracting(it -> it.lot().points()).containsExactly(5L);
    assertThat(members.available(FIRST)).isEqualTo(15);
    assertThat(members.debt(FIRST)).isZero();
    Entry refund = members.accept(members.refund(FIRST, "o", null));
    assertThat(DecidingMembers.refunded(refund).givenBack()).containsEntry(Accounts.POINTS, 20L);
    assertThat(DecidingMembers.refunded(refund).expired()).isEqualTo(5);
    assertThat(members.available(FIRST)).isEqualTo(30);
  }

  @Test
  void points_that_expire_on_the_way_expire_where_they_arrive() {
    members.earn(OTHER, 1, NOON.plus(Duration.ofDays(80)));
    Entry out = out(SaleTerms.NONE);
    members.now = NOON.plus(Duration.ofDays(90));
    members.accept(members.moveIn(out, OTHER));
    assertThat(members.available(OTHER)).isEqualTo(1);
    assertThat(members.entries.get(members.entries.size() - 1).kind()).isEqualTo(Entry.Kind.EXPIRY);
  }
}
