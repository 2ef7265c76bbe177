package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.dayOf;
import static points.ledger.decide.DecidingMembers.OFFICE;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.Undone;
import points.ledger.command.Undone.How;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** Entries of a member that was merged are undone on the member that has its points now. */
class AfterMergeDecisionsTest {

  private static final MemberKey A = DecidingMembers.member("a");
  private static final MemberKey B = DecidingMembers.member("b");
  private static final MemberKey C = DecidingMembers.member("c");
  private static final SaleTerms PENDING = new SaleTerms(0, 0, true, null);

  private final DecidingMembers members = new DecidingMembers(PartsProgram.of(false));

  @Test
  void accrued_points_are_taken_back_from_their_lot() {
    members.earn(A, "before", 4_000);
    Accounts before = members.state(A).accounts();
    Entry wrong = members.earn(B, "o", 6_000);
    members.now = dayOf("2026-11-25");
    members.earn(A, "after", 1_000);
    members.merge(B, A);

    Entry reversal = members.accept(members.reversal(wrong, A));

    assertThat(reversal.member()).isEqualTo(A);
    assertThat(reversal.refersTo()).isNull();
    assertThat(reversal.refersToId()).isEqualTo(wrong.transactionId());
    assertThat(reversal.part()).isEqualTo(wrong.transactionId());
    assertThat(reversal.points()).isEqualTo(-60);
    assertThat(reversal.worth(Accounts.GROWTH)).isEqualTo(-60);
    assertThat(reversal.worth(PartsProgram.STARS)).isEqualTo(-60);
    assertThat(members.state(A).lots().byExpiry())
        .startsWith(before.points().lots().byExpiry().get(0))
        .hasSize(2);
    assertThat(members.state(A).lifetimeEarned()).isEqualTo(50);
    assertThat(members.undone(wrong))
        .isEqualTo(new Undone(How.REVERSED, List.of(reversal.transactionId())));
  }

  @Test
  void deducted_points_come_back_to_their_lot() {
    members.earn(B, "o", 6_000);
    Accounts before = members.state(B).accounts();
    Entry wrong = members.spend(B, 50);
    members.now = dayOf("2026-11-25");
    members.earn(A, "other", 0);
    members.merge(B, A);

    members.accept(members.reversal(wrong, A));

    assertThat(members.state(A).accounts()).isEqualTo(before);
    assertThat(members.state(A).lifetimeSpent()).isZero();
  }

  @Test
  void spent_points_are_owed_by_the_member_merged_into() {
    Entry wrong = members.earn(B, "o", 6_000);
    members.earn(A, "other", 1_000);
    members.merge(B, A);
    members.spend(A, 65);

    Entry reversal = members.accept(members.reversal(wrong, A));

    assertThat(((Detail.Reversed) Objects.requireNonNull(reversal.detail())).debt()).isEqualTo(55);
    assertThat(members.debt(A)).isEqualTo(55);
    assertThat(members.available(A, Accounts.POINTS)).isZero();
  }

  @Test
  void stored_value_is_taken_back_while_it_is_there() {
    Entry wrong =
        members.accept(
            StoredValueCommand.TopUp.of(
                B, members.key(), Origin.sale("store", null, "t"), members.now, 1_000, null));
    members.earn(A, "other", 0);
    members.merge(B, A);
    Entry paid =
        members.accept(
            StoredValueCommand.Pay.of(A, members.key(), Origin.sale("store", null, "p"), 1));

    assertThat(members.refuse(members.reversal(wrong, A)))
        .isEqualTo(new Refusal.InsufficientStoredValue(999));
    members.accept(members.reversal(paid, A));
    members.accept(members.reversal(wrong, A));

    assertThat(members.available(A, Accounts.STORED_VALUE)).isZero();
  }

  @Test
  void an_entry_is_undone_once_before_or_after_the_merge() {
    Entry early = members.earn(B, "early", 1_000);
    Entry late = members.earn(B, "late", 1_000);
    members.earn(A, "other", 0);
    Entry before = members.accept(members.reversal(early, B));
    members.merge(B, A);
    Entry after = members.accept(members.reversal(late, A));

    assertThat(members.refuse(members.reversal(early, A)))
        .isEqualTo(new Refusal.AlreadyReversed(before.transactionId()));
    assertThat(members.refuse(members.reversal(late, A)))
        .isEqualTo(new Refusal.AlreadyReversed(after.transactionId()));
    assertThat(members.refuse(members.reversal(after, A)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.REVERSAL, false));
  }

  @Test
  void entries_of_a_member_not_merged_into_this_one_are_not_reversed_here() {
    Entry theirs = members.earn(C, "o", 1_000);
    Entry ofMerged = members.earn(B, "p", 1_000);
    members.earn(A, "other", 0);
    members.merge(B, C);

    assertThat(members.refuse(members.reversal(theirs, A)))
        .isEqualTo(new Refusal.TransactionNotFound());
    assertThat(members.refuse(members.reversal(ofMerged, A)))
        .isEqualTo(new Refusal.TransactionNotFound());
    assertThat(members.refuse(members.reversal(ofMerged, B)))
        .isEqualTo(new Refusal.MemberMerged("c"));
  }

  @Test
  void pending_points_are_taken_from_the_last_reserve_after_two_merges() {
    Entry wrong = members.earn(C, "o", 6_000, PENDING);
    members.earn(C, "another", 2_000, PENDING);
    members.earn(B, "other", 1_000);
    members.earn(A, "mine", 1_000);
    members.merge(C, B);
    members.merge(B, A);

    Entry reversal = members.accept(members.reversal(wrong, A));

    assertThat(reversal.moved(Accounts.POINTS, Place.PENDING)).isEqualTo(-60);
    assertThat(members.state(A).setAside(Accounts.POINTS, Place.PENDING)).isEqualTo(20);
    assertThat(members.state(A).setAside(Accounts.GROWTH, Place.PENDING)).isEqualTo(20);
    assertThat(members.available(A, Accounts.POINTS)).isEqualTo(20);
    assertThat(members.debt(A)).isZero();
    assertThat(members.undone(wrong))
        .isEqualTo(new Undone(How.REVERSED, List.of(reversal.transactionId())));
    assertThat(members.refuse(members.refund(A, "o", "r", null)))
        .isEqualTo(new Refusal.OrderNotFound());
  }

  @Test
  void points_effective_after_the_merge_are_taken_from_available_ones() {
    Entry wrong = members.earn(B, "o", 6_000, PENDING);
    members.earn(A, "mine", 1_000);
    members.merge(B, A);
    members.accept(members.endPending(A, true));

    Entry reversal = members.accept(members.reversal(wrong, A));

    assertThat(reversal.moved(Accounts.POINTS, Place.AVAILABLE)).isEqualTo(-60);
    assertThat(members.available(A, Accounts.POINTS)).isEqualTo(10);
  }

  /** It was taken back by that, and is not taken back again from what is available. */
  @Test
  void points_cancelled_after_the_merge_are_neither_reversed_nor_refunded() {
    Entry cancelled = members.earn(C, "o", 6_000, PENDING);
    members.earn(B, "other", 1_000);
    members.earn(A, "mine", 9_000);
    members.merge(C, B);
    members.merge(B, A);
    Entry end = members.accept(members.endPending(A, false));

    assertThat(members.refuse(members.reversal(cancelled, A)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.ACCRUAL, false));
    Entry refund = members.accept(members.refund(A, "o", "r", null));

    assertThat(((Detail.Refunded) Objects.requireNonNull(refund.detail())).takenBack()).isEmpty();
    assertThat(members.available(A, Accounts.POINTS)).isEqualTo(100);
    assertThat(members.undone(members.entries.get(1))).isNull();
    assertThat(end.kind()).isEqualTo(Entry.Kind.CANCELLATION);
  }

  @Test
  void a_read_says_that_it_was_cancelled_under_the_new_name() {
    Entry cancelled = members.earn(B, "o", 6_000, PENDING);
    members.earn(A, "mine", 1_000);
    members.merge(B, A);
    Entry end = members.accept(members.endPending(A, false));

    assertThat(members.undone(cancelled))
        .isEqualTo(new Undone(How.CANCELLED, List.of(end.transactionId())));
  }

  @Test
  void a_refunded_order_is_reversed_only_after_its_refunds_of_before_and_after_the_merge() {
    Entry sale = members.earn(B, "o", 10_000);
    members.earn(A, "mine", 0);
    Entry before = members.accept(members.refund(B, "o", "r1", 3_000L));
    members.merge(B, A);
    Entry after = members.accept(members.refund(A, "o", "r2", 3_000L));

    assertThat(members.refuse(members.reversal(sale, A)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.ACCRUAL, true));
    members.accept(members.reversal(before, A));
    assertThat(members.refuse(members.reversal(sale, A)))
        .isEqualTo(new Refusal.NotReversible(Entry.Kind.ACCRUAL, true));
    members.accept(members.reversal(after, A));
    assertThat(members.available(A, Accounts.POINTS)).isEqualTo(100);
    members.accept(members.reversal(sale, A));

    assertThat(members.available(A, Accounts.POINTS)).isZero();
    assertThat(members.refuse(members.refund(A, "o", "r3", null)))
        .isEqualTo(new Refusal.OrderNotFound());
  }

  @Test
  void points_reopened_by_the_reversal_of_an_old_refund_come_back_to_their_lots() {
    members.now = dayOf("2026-11-01");
    members.earn(B, "first", 60_000);
    members.now = dayOf("2026-11-20");
    members.earn(B, "second", 40_000);
    members.now = Deciding.NOON;
    members.earn(A, "mine", 0);
    Accounts before = members.state(B).accounts();
    members.accept(
        Command.Deduct.of(B, members.key(), Origin.till("store", null, "gifts", "gift"), 900));
    Entry first = members.accept(members.refund(B, "gifts", "r1", null).restrictedTo(300L, null));
    Entry second = members.accept(members.refund(B, "gifts", "r2", null).restrictedTo(300L, null));
    members.merge(B, A);
    members.accept(members.reversal(first, A));

    Entry rest = members.accept(members.refund(A, "gifts", "r3", null));

    assertThat(detail(second).givenBack()).containsEntry(Accounts.POINTS, 300L);
    assertThat(detail(rest).givenBack()).containsEntry(Accounts.POINTS, 600L);
    assertThat(detail(rest).whole()).isTrue();
    assertThat(members.state(A).accounts()).isEqualTo(before);
  }

  /** Whoever had them in between: nobody could use them any more. */
  @Test
  void points_expired_at_an_intermediate_member_are_not_owed() {
    Entry reversed = members.earn(C, "o", 6_000);
    members.earn(C, "p", 4_000);
    members.earn(B, "other", 0);
    members.merge(C, B);
    members.now = dayOf("2026-12-25");
    members.settle(B);
    members.earn(A, "mine", 20_000);
    members.merge(B, A);

    Entry refund = members.accept(members.refund(A, "p", "r", null));
    Entry reversal = members.accept(members.reversal(reversed, A));

    assertThat(refund.points()).isZero();
    assertThat(reversal.points()).isZero();
    assertThat(((Detail.Reversed) Objects.requireNonNull(reversal.detail())).lapsed())
        .containsEntry(Accounts.POINTS, 60L);
    assertThat(members.available(A, Accounts.POINTS)).isEqualTo(200);
    assertThat(members.debt(A)).isZero();
  }

  @Test
  void a_request_is_the_same_on_every_member() {
    var reverse = OrderCommand.Reverse.of(B, "key", OFFICE, 3);

    assertThat(reverse.decidedOn(A).request()).isEqualTo(reverse.request());
    assertThat(reverse.decidedOn(A).decidedOn(C)).isEqualTo(reverse.decidedOn(C));
    assertThat(reverse.decidedOn(B)).isEqualTo(reverse);
  }

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }
}
