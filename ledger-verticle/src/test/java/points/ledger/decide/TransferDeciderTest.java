package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.NOON;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.MembershipCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.TransferCommand;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.LifetimeTotals;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Reservation;

/** What one member leaves with another, and what a member leaves that ends. */
class TransferDeciderTest {

  private static final MemberKey OTHER = new MemberKey("program", "other");

  private final Deciding member = new Deciding(Deciding.rich(false, null));

  @BeforeEach
  void enrol() {
    member.accept(member.accrual(0));
  }

  private static TransferCommand.Receive receive(
      Entry.Kind kind, boolean pending, @Nullable Instant endsAt, Movement... movements) {
    var other = new Detail.Counterpart("friend", 3L, 0, 0, pending, endsAt);
    return TransferCommand.Receive.of(
        Deciding.MEMBER, kind, Origin.NONE, List.of(movements), other, "");
  }

  private static Movement available(long points) {
    return new Movement(Accounts.POINTS, Place.AVAILABLE, 0, dayOf("2026-12-25"), points);
  }

  private Entry merge() {
    return member.accept(
        MembershipCommand.Merge.of(
            Deciding.MEMBER, member.key(), Origin.office("o", "twice"), "other"));
  }

  private MemberState state() {
    return Objects.requireNonNull(member.state);
  }

  /** Leaves the member owing so many points. */
  private void owe(long points) {
    String order = member.key();
    member.accept(member.sale(order, points));
    member.accept(member.deduction(points));
    member.accept(member.refund(order, "r", null));
    assertThat(member.debt()).isEqualTo(points);
  }

  @Test
  void all_that_is_available_can_be_sent_and_no_more() {
    member.accept(member.accrual(70));
    Origin gift = Origin.office("o", "gift");
    assertThat(member.refuse(TransferCommand.Send.of(Deciding.MEMBER, "k", gift, "friend", 71)))
        .isEqualTo(new Refusal.InsufficientPoints(70));
    member.accept(TransferCommand.Send.of(Deciding.MEMBER, "k2", gift, "friend", 70));
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void a_transfer_past_the_limit_does_not_arrive() {
    member.accept(member.adjustment(Limits.POINTS_MAX - 100));
    assertThat(member.refuse(receive(Entry.Kind.TRANSFER_IN, false, null, available(101))))
        .isEqualTo(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX - 100));
    member.accept(receive(Entry.Kind.TRANSFER_IN, false, null, available(100)));
  }

  /** It has nowhere else to go, and waits in the outbox until there is room. */
  @ParameterizedTest
  @EnumSource(
      value = Entry.Kind.class,
      names = {"TRANSFER_RETURN", "MERGE_IN"})
  void returning_and_merged_points_wait_while_the_limit_is_reached(Entry.Kind kind) {
    member.accept(member.adjustment(Limits.POINTS_MAX - 100));
    assertThat(member.refuse(receive(kind, false, null, available(101))))
        .isEqualTo(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX - 100));
    member.accept(member.deduction(1));
    member.accept(receive(kind, false, null, available(101)));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(Limits.POINTS_MAX);
  }

  @ParameterizedTest
  @CsvSource({"50,80,0,30", "50,50,0,0", "50,20,30,0"})
  void a_merged_debt_is_paid_from_available_points_first(
      long here, long owed, long left, long debt) {
    member.accept(member.accrual(here));
    member.accept(
        receive(
            Entry.Kind.MERGE_IN,
            false,
            null,
            new Movement(Accounts.POINTS, Place.DEBT, 0, Lot.NEVER, owed)));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(left);
    assertThat(member.debt()).isEqualTo(debt);
  }

  @Test
  void pending_points_arrive_pending_and_keep_their_instant() {
    Instant endsAt = NOON.plus(Duration.ofDays(3));
    var pending = new Movement(Accounts.POINTS, Place.PENDING, 9, dayOf("2026-12-25"), 40);
    Entry in = member.accept(receive(Entry.Kind.MERGE_IN, true, endsAt, pending));
    assertThat(state().reserve(in.sequence(), Place.PENDING))
        .contains(
            Reservation.of(
                in.sequence(),
                Place.PENDING,
                endsAt,
                null,
                null,
                Map.of(Accounts.POINTS, Lots.of(List.of(new Lot(dayOf("2026-12-25"), 40))))));
    member.now = endsAt.minusNanos(1_000);
    assertThat(member.available(Accounts.POINTS)).isZero();
    member.now = endsAt;
    assertThat(member.available(Accounts.POINTS)).isEqualTo(40);
  }

  @Test
  void points_that_expire_on_the_way_are_written_as_expired() {
    member.accept(member.accrual(1));
    member.now = dayOf("2026-12-25");
    Entry in = member.accept(receive(Entry.Kind.TRANSFER_IN, false, null, available(40)));
    Entry last = member.entries.get(member.entries.size() - 1);
    assertThat(in.points()).isEqualTo(40);
    assertThat(last.kind()).isEqualTo(Entry.Kind.EXPIRY);
    assertThat(last.points()).isEqualTo(-40);
    assertThat(last.occurredAt()).isEqualTo(dayOf("2026-12-25"));
    assertThat(member.available(Accounts.POINTS)).isZero();
  }

  @Test
  void a_transfer_comes_back_to_its_sender_with_the_expiry_it_had() {
    member.accept(member.accrual(60, dayOf("2026-11-20")));
    Entry out =
        member.accept(
            TransferCommand.Send.of(
                Deciding.MEMBER, "k", Origin.office("o", "gift"), "friend", 25));
    TransferCommand.Receive back = TransferDecider.comingBack(out, Deciding.MEMBER);
    assertThat(back.kind()).isEqualTo(Entry.Kind.TRANSFER_RETURN);
    assertThat(back.other().memberId()).isEqualTo("friend");
    assertThat(back.request().key())
        .isEqualTo(TransferDecider.arriving(out, OTHER).request().key())
        .contains(" ");
    assertThat(back.movements()).extracting(Movement::points).containsExactly(25L);
    member.accept(back);
    assertThat(state().lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-21"), 60));
  }

  @Test
  void a_merge_moves_available_points_and_debts_and_each_pending_accrual_by_itself() {
    owe(30);
    member.accept(member.topUp("t", 1_000, 0L));
    Instant endsAt = NOON.plus(Duration.ofDays(3));
    SaleTerms event = new SaleTerms(0, 0, true, null);
    Entry first = member.accept(member.sale("p1", 10, new SaleTerms(0, 0, true, endsAt)));
    Entry second = member.accept(member.sale("p2", 20, event));
    long earned = state().lifetimeEarned();
    long spent = state().lifetimeSpent();
    Entry out = merge();

    TransferCommand.Receive rest = TransferDecider.merging(out, OTHER);
    assertThat(rest.kind()).isEqualTo(Entry.Kind.MERGE_IN);
    assertThat(rest.other().lifetime()).isEqualTo(new LifetimeTotals(earned, spent));
    assertThat(rest.movements())
        .contains(
            new Movement(Accounts.POINTS, Place.DEBT, 0, Lot.NEVER, 29), // the top-up earned one
            new Movement(Accounts.STORED_VALUE, Place.AVAILABLE, 0, Lot.NEVER, 1_000))
        .noneMatch(it -> it.place() == Place.PENDING);
    assertThat(TransferDecider.pendingOf(out)).containsExactly(first.sequence(), second.sequence());
    TransferCommand.Receive one = TransferDecider.mergingPending(out, OTHER, first);
    assertThat(one.other().endsAt()).isEqualTo(endsAt);
    assertThat(one.other().pending()).isTrue();
    assertThat(one.other().orderId()).isEqualTo(first.origin().orderId());
    assertThat(one.movements())
        .filteredOn(it -> it.account().equals(Accounts.POINTS))
        .extracting(Movement::points)
        .containsExactly(10L);
    assertThat(one.movements()).allMatch(it -> it.place() == Place.PENDING);
    assertThat(one.request().key())
        .isNotEqualTo(rest.request().key())
        .isNotEqualTo(TransferDecider.mergingPending(out, OTHER, second).request().key());
  }

  @Test
  void an_ended_member_owes_and_has_nothing() {
    owe(30);
    member.accept(member.sale("p", 10, new SaleTerms(0, 0, true, null)));
    Entry closing =
        member.accept(
            MembershipCommand.Close.of(Deciding.MEMBER, member.key(), Origin.office("o", "left")));
    assertThat(closing.amount()).isZero();
    assertThat(closing.points()).isEqualTo(30 - 10);
    assertThat(state().accounts()).isEqualTo(Accounts.EMPTY);
    assertThat(state().reserves()).isEmpty();
  }

  @Test
  void an_overdue_opening_balance_expires_at_once() {
    Entry opening =
        member.accept(
            MembershipCommand.Open.of(
                Deciding.MEMBER, "k", Origin.office("o", "import"), 5, NOON, 0, 0));
    assertThat(opening.balance()).isEqualTo(5);
    assertThat(member.entries)
        .extracting(Entry::kind)
        .endsWith(Entry.Kind.OPENING, Entry.Kind.EXPIRY);
    assertThat(member.available(Accounts.POINTS)).isZero();
  }
}
