package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.command.Command;
import points.ledger.command.Command.Adjust;
import points.ledger.command.MembershipCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;

/** What is just within a limit is done; one more is refused by name and changes nothing. */
class LimitsDecisionsTest {

  private static final String STARS = "stars";

  private final Deciding member = new Deciding(Deciding.rich(false, null));

  @BeforeEach
  void enrol() {
    member.accept(member.accrual(0));
  }

  private Adjust give(String account, long points) {
    return Adjust.of(Deciding.MEMBER, member.key(), Origin.office("o", "r"), account, points);
  }

  private Refusal refused(Command command) {
    MemberState before = member.state;
    Refusal refusal = member.refuse(command);
    assertThat(member.state).isEqualTo(before);
    return refusal;
  }

  @Test
  void held_and_pending_points_count_towards_the_limit() {
    member.accept(member.adjustment(Limits.POINTS_MAX - 100));
    member.accept(member.hold(30, 0, Duration.ofDays(1)));
    member.accept(member.sale("p", 40, new SaleTerms(0, 0, true, null)));

    assertThat(refused(member.accrual(61)))
        .isEqualTo(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX - 130));
    assertThat(refused(member.adjustment(61))).isInstanceOf(Refusal.BalanceLimitExceeded.class);
    member.accept(member.accrual(60));
  }

  @Test
  void points_given_back_count_towards_the_limit() {
    member.accept(member.adjustment(1_000));
    Entry spent = member.accept(member.deduction(600));
    member.accept(member.sale("paid", 0, new SaleTerms(400, 0, false, null)));
    member.accept(member.adjustment(Limits.POINTS_MAX - 399));
    assertThat(refused(member.reversal(spent)))
        .isEqualTo(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX - 399));
    assertThat(refused(member.refund("paid", "r", null)))
        .isEqualTo(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX - 399));
    member.accept(member.deduction(1));
    member.accept(member.refund("paid", "r", null));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(Limits.POINTS_MAX);
  }

  @ParameterizedTest
  @CsvSource({"growth,49,1", "stars,899,900"})
  void an_order_is_refused_when_any_account_would_have_too_much(
      String account, long most, long tooMuch) {
    boolean growth = account.equals(Accounts.GROWTH);
    member.accept(give(account, growth ? Limits.POINTS_MAX - 1 : Limits.POINTS_MAX));
    if (growth) { // one per 50, rounded up
      member.accept(member.accrual(50));
    } else { // one per 900, rounded down
      member.accept(member.accrual(most));
    }
    assertThat(refused(member.accrual(tooMuch))).isInstanceOf(Refusal.BalanceLimitExceeded.class);
  }

  @Test
  void the_bonus_of_a_top_up_counts_as_well() {
    member.accept(give(Accounts.STORED_VALUE, Limits.POINTS_MAX - 1_050));
    assertThat(refused(member.topUp("t", 1_000, 51L)))
        .isInstanceOf(Refusal.BalanceLimitExceeded.class);
    member.accept(member.topUp("t", 1_000, 50L));
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(Limits.POINTS_MAX);
  }

  @Test
  void the_points_of_a_top_up_count_as_well() {
    member.accept(member.adjustment(Limits.POINTS_MAX));
    assertThat(refused(member.topUp("t", 1_000, 0L)))
        .isInstanceOf(Refusal.BalanceLimitExceeded.class);
    member.accept(member.topUp("t", 999, 0L));
  }

  @Test
  void an_exchange_follows_the_rate_up_to_the_limit() {
    member.accept(give(STARS, 9));
    member.accept(member.exchange(STARS, Accounts.POINTS, 3));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(21);
    assertThat(member.available(STARS)).isEqualTo(6);
    member.accept(member.adjustment(Limits.POINTS_MAX - 21 - 35));
    assertThat(refused(member.exchange(STARS, Accounts.POINTS, 6)))
        .isEqualTo(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX - 35));
    member.accept(member.exchange(STARS, Accounts.POINTS, 5));
  }

  @Test
  void an_opening_balance_is_within_the_limits_of_each_account() {
    Origin office = Origin.office("o", "import");
    for (long[] tooMuch : new long[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}) {
      var full = new Deciding(Deciding.rich(false, null));
      full.accept(
          MembershipCommand.Open.of(
              Deciding.MEMBER,
              "k",
              office,
              Limits.POINTS_MAX,
              null,
              Limits.POINTS_MAX,
              Limits.POINTS_MAX));
      assertThat(
              full.refuse(
                  MembershipCommand.Open.of(
                      Deciding.MEMBER, "k2", office, tooMuch[0], null, tooMuch[1], tooMuch[2])))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void a_member_has_a_hundred_accruals_pending_at_most() {
    SaleTerms event = new SaleTerms(0, 0, true, null);
    for (int i = 0; i < Limits.RESERVES_MAX; i++) {
      member.accept(member.sale("p" + i, 10, event));
    }
    assertThat(refused(member.sale("more", 10, event)))
        .isEqualTo(new Refusal.TooManyReservations());
    member.accept(member.sale("plain", 10));
    assertThat(refused(member.hold(1, 0, Duration.ofMinutes(1))))
        .isEqualTo(new Refusal.TooManyReservations());
  }

  @Test
  void an_order_of_a_thousand_entries_is_refunded_no_more() {
    member.accept(member.sale("o", 10_000));
    for (int i = 2; i < Limits.ENTRIES_OF_ORDER_MAX; i++) {
      member.entries.add(refundLike(i + 1));
    }
    member.state = refolded();
    Entry last = member.accept(member.refund("o", "last", 1L));
    assertThat(last.sequence()).isEqualTo(Limits.ENTRIES_OF_ORDER_MAX + 1);
    assertThat(refused(member.refund("o", "more", 1L))).isEqualTo(new Refusal.OrderTooLong());
  }

  /** As a refund of 1 leaves it; made by hand, for a thousand folds of a thousand take long. */
  private Entry refundLike(int sequence) {
    var one = new Deciding(Deciding.rich(false, null));
    one.accept(one.sale("o", 10_000));
    Entry refund = one.accept(one.refund("o", "r" + sequence, 1L));
    return new Entry(
        refund.member(),
        sequence,
        refund.kind(),
        refund.points(),
        10_000 - (sequence - 2),
        refund.movements().stream().filter(it -> it.account().equals(Accounts.POINTS)).toList(),
        Collections.emptySortedMap(),
        refund.request(),
        refund.origin(),
        refund.amount(),
        refund.lines(),
        refund.refersTo(),
        refund.detail(),
        null,
        null,
        refund.occurredAt(),
        refund.recordedAt());
  }

  private MemberState refolded() {
    MemberState state = MemberState.ENROLLED;
    for (Entry entry : member.entries) {
      state = state.after(entry);
    }
    return state;
  }

  @ParameterizedTest
  @CsvSource({
    "1,0,1,true",
    "0,1,1,true",
    "0,0,1,false",
    "-1,2,1,false",
    "2,-1,1,false",
    "1000000000000000,0,1,true",
    "1000000000000001,0,1,false",
    "0,1000000000000000,1,true",
    "0,1000000000000001,1,false",
    "1,0,604800,true",
    "1,0,604801,false",
    "1,0,0,false",
  })
  void a_hold_is_of_something_and_for_a_week_at_most(
      long points, long storedValue, long seconds, boolean within) {
    Command hold = member.hold(points, storedValue, Duration.ofSeconds(seconds));
    assertThat(hold.isWithinLimits()).isEqualTo(within);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5})
  void the_lines_of_an_order_come_to_its_amount(long less) {
    Line one = new Line("1", "x", null, 1, 60);
    Line other = new Line("2", "x", null, 1, 40 - less);
    Command order =
        Command.Accrue.of(
            Deciding.MEMBER,
            "k",
            Origin.sale("s", null, "o"),
            Deciding.NOON,
            100,
            List.of(one, other));
    assertThat(order.isWithinLimits()).isEqualTo(less == 0);
    assertThat(Objects.requireNonNull(order.origin().orderId())).isEqualTo("o");
  }
}
