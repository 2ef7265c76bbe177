package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.HoldCommand;
import points.ledger.command.Refusal;
import points.ledger.command.Refusal.End;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;

/** Points and stored value that are reserved, then spent or freed. */
class HoldDeciderTest {

  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final Deciding member = new Deciding(MONTHLY);

  @BeforeEach
  void earns_a_hundred() {
    member.accept(member.accrual(60, dayOf("2026-11-20")));
    member.accept(member.accrual(40, dayOf("2026-11-21")));
  }

  @Test
  void held_points_cannot_be_spent_and_are_not_spent() {
    Entry hold = member.accept(member.hold(70, 0, QUARTER));

    assertThat(hold.points()).isZero();
    assertThat(hold.balance()).isEqualTo(30);
    assertThat(hold.moved(Accounts.POINTS, Place.HELD)).isEqualTo(70);
    assertThat(member.refuse(member.deduction(31))).isEqualTo(new Refusal.InsufficientPoints(30));
    assertThat(state().lifetimeSpent()).isZero();
  }

  @Test
  void a_capture_of_all_spends_all() {
    Entry capture = member.accept(member.capture(member.accept(member.hold(70, 0, QUARTER)), null));
    assertThat(capture.points()).isEqualTo(-70);
    assertThat(capture.balance()).isEqualTo(30);
    assertThat(state().reserves()).isEmpty();
    assertThat(state().lifetimeSpent()).isEqualTo(70);
  }

  @Test
  void a_capture_of_a_part_spends_the_lots_that_expire_first_and_releases_the_rest() {
    Entry hold = member.accept(member.hold(70, 0, QUARTER));
    Entry capture = member.accept(member.capture(hold, 50L));

    assertThat(capture.points()).isEqualTo(-50);
    assertThat(capture.balance()).isEqualTo(50);
    assertThat(capture.detail()).isEqualTo(new Detail.Captured(50, 0, 20, 0));
    assertThat(state().lots().byExpiry())
        .containsExactly(new Lot(dayOf("2026-12-21"), 10), new Lot(dayOf("2026-12-22"), 40));
  }

  @Test
  void a_capture_of_nothing_releases_all() {
    Entry hold = member.accept(member.hold(70, 0, QUARTER));
    assertThat(member.accept(member.capture(hold, 0L)).points()).isZero();
    assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
  }

  @Test
  void more_than_is_held_is_not_captured() {
    Entry hold = member.accept(member.hold(70, 0, QUARTER));
    assertThat(member.refuse(member.capture(hold, 71L)))
        .isEqualTo(new Refusal.CaptureExceedsHold(70, 0));
  }

  @Test
  void a_hold_ends_once_and_says_how_it_did() {
    Entry captured = member.accept(member.hold(10, 0, QUARTER));
    member.accept(member.capture(captured, null));
    assertThat(member.refuse(member.capture(captured, null))).isEqualTo(ended(End.CAPTURED));
    assertThat(member.refuse(member.release(captured))).isEqualTo(ended(End.CAPTURED));

    Entry released = member.accept(member.hold(10, 0, QUARTER));
    member.accept(member.release(released));
    assertThat(member.refuse(member.capture(released, null))).isEqualTo(ended(End.RELEASED));
    assertThat(member.refuse(member.release(released))).isEqualTo(ended(End.RELEASED));

    Entry forgotten = member.accept(member.hold(10, 0, QUARTER));
    member.now = member.now.plus(QUARTER);
    assertThat(member.refuse(member.capture(forgotten, null))).isEqualTo(ended(End.RAN_OUT));
    member.accept(member.accrual(1));
    assertThat(member.refuse(member.capture(forgotten, null))).isEqualTo(ended(End.RAN_OUT));
  }

  @Test
  void an_entry_that_is_no_hold_is_not_found() {
    Entry accrual = member.accept(member.accrual(1));
    assertThat(member.refuse(member.release(accrual))).isEqualTo(new Refusal.HoldNotFound());
    HoldCommand.Release unknown =
        HoldCommand.Release.of(Deciding.MEMBER, "unknown", Origin.NONE, 4_711);
    assertThat(member.refuse(unknown)).isEqualTo(new Refusal.HoldNotFound());
  }

  @Test
  void a_hold_ends_at_its_instant_whether_or_not_an_entry_is_written() {
    member.accept(member.hold(70, 0, QUARTER));
    member.now = member.now.plus(QUARTER).minusNanos(1_000);
    assertThat(member.available(Accounts.POINTS)).isEqualTo(30);
    member.now = member.now.plusNanos(1_000);
    assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
    assertThat(member.accept(member.deduction(100)).balance()).isZero();
    assertThat(member.entries).extracting(Entry::kind).contains(Entry.Kind.RELEASE);
  }

  @Test
  void points_do_not_expire_while_they_are_held_and_expire_when_they_are_released() {
    member.now = dayOf("2026-12-20");
    Entry hold = member.accept(member.hold(60, 0, Duration.ofDays(3)));
    member.now = dayOf("2026-12-21").plusSeconds(1);
    Entry release = member.accept(member.release(hold));

    assertThat(release.points()).isEqualTo(-60);
    assertThat(release.balance()).isEqualTo(40);
    assertThat(state().lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-22"), 40));
  }

  @Test
  void points_that_would_have_expired_can_be_captured() {
    member.now = dayOf("2026-12-20");
    Entry hold = member.accept(member.hold(60, 0, Duration.ofDays(3)));
    member.now = dayOf("2026-12-22").minusSeconds(1);
    Entry capture = member.accept(member.capture(hold, 50L));
    assertThat(capture.detail()).isEqualTo(new Detail.Captured(50, 0, 0, 10));
    assertThat(capture.points()).isEqualTo(-60);
    assertThat(state().lifetimeSpent()).isEqualTo(50);
  }

  @Test
  void stored_value_is_held_beside_points() {
    member.accept(member.topUp("t", 500, 0L));
    Entry hold = member.accept(member.hold(10, 300, QUARTER));
    assertThat(hold.balances()).containsEntry(Accounts.STORED_VALUE, 200L);
    assertThat(member.refuse(member.payment("p", 201)))
        .isEqualTo(new Refusal.InsufficientStoredValue(200));
    member.accept(member.capture(hold, null));
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(200);
  }

  @Test
  void a_member_has_a_hundred_holds_at_most() {
    for (int i = 0; i < Limits.RESERVES_MAX; i++) {
      member.accept(member.hold(1, 0, QUARTER));
    }
    member.accept(member.accrual(1));
    assertThat(member.refuse(member.hold(1, 0, QUARTER)))
        .isEqualTo(new Refusal.TooManyReservations());
  }

  private MemberState state() {
    return Objects.requireNonNull(member.state);
  }

  private static Refusal ended(End how) {
    return new Refusal.HoldEnded(how);
  }

  @Test
  void released_points_are_available_again_in_their_lots() {
    member.accept(member.topUp("t", 500, 0L));
    Lots before = Objects.requireNonNull(member.state).lots();
    Entry hold = member.accept(member.hold(40, 300, Duration.ofMinutes(1)));
    Entry release = member.accept(member.release(hold));
    assertThat(release.points()).isZero();
    assertThat(Objects.requireNonNull(member.state).lots()).isEqualTo(before);
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(500);
    assertThat(member.state.reserves()).isEmpty();
  }

  @Test
  void the_end_of_another_hold_says_nothing_of_one_that_never_was() {
    member.accept(member.hold(40, 0, Duration.ofMinutes(1)));
    member.now = Deciding.NOON.plus(Duration.ofMinutes(1));
    var unknown =
        HoldCommand.Release.of(
            Deciding.MEMBER, member.key(), Origin.till("store", null, null, "r"), 4_711);
    assertThat(member.refuse(unknown)).isEqualTo(new Refusal.HoldNotFound());
  }

  @Test
  void a_release_by_time_names_the_store_and_the_instant_and_no_order() {
    Entry hold = member.accept(member.hold(40, 0, Duration.ofMinutes(1)));
    assertThat(hold.origin().orderId()).isNotNull();
    member.now = Deciding.NOON.plus(Duration.ofHours(1));
    member.accept(member.deduction(1));
    Entry release = member.entries.get(member.entries.size() - 2);
    assertThat(release.kind()).isEqualTo(Entry.Kind.RELEASE);
    assertThat(release.refersTo()).isEqualTo(hold.sequence());
    assertThat(release.origin()).isEqualTo(new Origin("store", null, null, null, null));
    assertThat(release.occurredAt()).isEqualTo(Deciding.NOON.plus(Duration.ofMinutes(1)));
    assertThat(release.recordedAt()).isEqualTo(member.now);
  }

  @Test
  void movements_of_available_points_come_before_all_others() {
    member.accept(member.topUp("t", 500, 0L));
    member.accept(member.accrual(50, Deciding.dayOf("2026-11-20")));
    Entry hold = member.accept(member.hold(120, 300, Duration.ofMinutes(1)));
    assertThat(hold.movements().stream().map(Movement::isPlain))
        .containsExactly(true, true, false, false, false, false);
  }
}
