package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.NOON;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.TransferCommand;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;

/** Several accounts of one member, and what is not effective yet. */
class AccountsDecisionsTest {

  private final Deciding member = new Deciding(Deciding.rich(false, null));

  @Test
  void an_order_earns_in_all_currencies_that_its_amount_is_worth_something_in() {
    Entry sale = member.accept(member.sale("o", 950));
    assertThat(sale.points()).isEqualTo(950);
    assertThat(sale.balances()).containsEntry("stars", 1L).containsEntry(Accounts.GROWTH, 19L);
  }

  @Test
  void one_command_pays_from_stored_value_and_points_and_earns() {
    member.accept(member.topUp("t", 5_000, 0L));
    member.accept(member.adjustment(600));
    long before = member.available(Accounts.POINTS);
    Entry sale = member.accept(member.sale("o", 27, new SaleTerms(500, 3_000, false, null)));

    assertThat(sale.points()).isEqualTo(27 - 500);
    assertThat(sale.balance()).isEqualTo(before - 473);
    assertThat(sale.balances()).containsEntry(Accounts.STORED_VALUE, 2_000L);
    assertThat(state().lifetimeSpent()).isEqualTo(500);
  }

  @Test
  void an_order_that_cannot_be_paid_earns_nothing_and_takes_nothing() {
    member.accept(member.topUp("t", 5_000, 0L));
    MemberState before = state();
    assertThat(member.refuse(member.sale("o", 27, new SaleTerms(0, 5_001, false, null))))
        .isEqualTo(new Refusal.InsufficientStoredValue(5_000));
    assertThat(member.refuse(member.sale("o", 27, new SaleTerms(6, 5_000, false, null))))
        .isEqualTo(new Refusal.InsufficientPoints(5));
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"999,999,0", "1000,1050,1", "19999,20049,19", "20000,22000,20"})
  void a_top_up_gets_the_bonus_of_the_step_that_it_reaches_and_points(
      long amount, long stored, long points) {
    Entry topUp = member.accept(member.topUp("t", amount, null));
    assertThat(topUp.balances()).containsEntry(Accounts.STORED_VALUE, stored);
    assertThat(topUp.points()).isEqualTo(points);
  }

  @Test
  void stored_value_is_never_below_nothing() {
    member.accept(member.topUp("t", 100, 0L));
    assertThat(member.refuse(member.payment("p", 101)))
        .isEqualTo(new Refusal.InsufficientStoredValue(100));
    Command.Adjust less =
        Command.Adjust.of(
            Deciding.MEMBER, "k", Origin.office("o", "r"), Accounts.STORED_VALUE, -101);
    assertThat(member.refuse(less)).isEqualTo(new Refusal.InsufficientStoredValue(100));
  }

  @Test
  void a_gift_has_its_own_end_or_that_of_the_program() {
    member.accept(member.accrual(0));
    Entry program = member.accept(member.adjustment(1));
    Instant end = member.now.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
    Entry own = member.accept(gift("g1", 5, end.plusMillis(700)));
    Entry none = member.accept(gift("g2", 7, null));
    assertThat(own.lots()).containsExactly(new Lot(end, 5));
    assertThat(none.lots())
        .extracting(Lot::expiresAt)
        .containsExactly(program.lots().get(0).expiresAt());
  }

  @Test
  void a_gift_earns_no_growth_and_counts_as_nothing_earned() {
    member.accept(member.accrual(0));
    long earned = Objects.requireNonNull(member.state).lifetimeEarned();
    Entry gift = member.accept(gift("g", 5, null));
    assertThat(gift.balances()).isEmpty();
    assertThat(Objects.requireNonNull(member.state).lifetimeEarned()).isEqualTo(earned);
    assertThat(member.refuse(gift("all", Limits.POINTS_MAX, null)))
        .isEqualTo(new Refusal.BalanceLimitExceeded(5));
  }

  private static Command gift(String key, long points, @Nullable Instant expiresAt) {
    Origin office = Origin.office("operator", "reason");
    return Command.Give.of(Deciding.MEMBER, key, office, points, expiresAt);
  }

  @Test
  void points_are_exchanged_at_the_rate_and_in_whole_multiples_of_it() {
    member.accept(member.accrual(0));
    member.accept(member.adjustment(100));
    Entry exchange = member.accept(member.exchange(Accounts.POINTS, "stars", 30));
    assertThat(exchange.points()).isEqualTo(-30);
    assertThat(exchange.balances()).containsEntry("stars", 3L);
    assertThat(member.refuse(member.exchange(Accounts.POINTS, "stars", 15)))
        .isEqualTo(new Refusal.ExchangeNotWhole(10));
    assertThat(member.refuse(member.exchange(Accounts.POINTS, Accounts.GROWTH, 10)))
        .isEqualTo(new Refusal.NoExchangeRate());
    assertThat(member.refuse(member.exchange("stars", Accounts.POINTS, 4)))
        .isEqualTo(new Refusal.InsufficientPoints(3));
  }

  @Test
  void a_currency_that_the_program_does_not_have_is_unknown() {
    member.accept(member.accrual(10));
    Command.Deduct moons =
        Command.Deduct.of(Deciding.MEMBER, "k", Origin.till("s", null, null, "r"), "moons", 1);
    assertThat(member.refuse(moons)).isEqualTo(new Refusal.UnknownCurrency("moons"));
    Command.Deduct growth =
        Command.Deduct.of(
            Deciding.MEMBER, "k2", Origin.till("s", null, null, "r"), Accounts.GROWTH, 1);
    assertThat(member.refuse(growth)).isEqualTo(new Refusal.UnknownCurrency(Accounts.GROWTH));
  }

  @Test
  void pending_points_become_available_at_their_instant() {
    Entry sale = member.accept(pending("o", 100, Duration.ofDays(3)));
    assertThat(sale.balance()).isZero();
    assertThat(sale.points()).isEqualTo(100);
    assertThat(state().setAside(Accounts.POINTS, Place.PENDING)).isEqualTo(100);
    assertThat(member.refuse(member.deduction(1))).isEqualTo(new Refusal.InsufficientPoints(0));
    member.now = NOON.plus(Duration.ofDays(3)).minusNanos(1_000);
    assertThat(member.available(Accounts.POINTS)).isZero();
    member.now = NOON.plus(Duration.ofDays(3));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
    member.accept(member.deduction(100));
  }

  @Test
  void points_that_wait_for_an_event_become_available_by_it_or_never() {
    Entry first = member.accept(member.sale("o1", 100, new SaleTerms(0, 0, true, null)));
    Entry second = member.accept(member.sale("o2", 50, new SaleTerms(0, 0, true, null)));
    member.now = NOON.plus(Duration.ofDays(7));
    assertThat(member.accept(member.endPending(first, true)).balance()).isEqualTo(100);
    Entry cancelled = member.accept(member.endPending(second, false));
    assertThat(cancelled.points()).isEqualTo(-50);
    assertThat(state().lifetimeEarned()).isEqualTo(100);
    assertThat(member.refuse(member.endPending(first, false)))
        .isEqualTo(new Refusal.PendingEnded(Refusal.End.ACTIVATED));
    assertThat(member.refuse(member.endPending(second, true)))
        .isEqualTo(new Refusal.PendingEnded(Refusal.End.CANCELLED));
    Entry plain = member.accept(member.sale("o3", 1));
    assertThat(member.refuse(member.endPending(plain, true)))
        .isEqualTo(new Refusal.PendingNotFound());
  }

  @Test
  void points_that_become_available_pay_a_debt_first() {
    member.accept(member.sale("a", 30));
    member.accept(member.deduction(30));
    member.accept(member.refund("a", "r", null));
    assertThat(member.debt()).isEqualTo(30);
    Entry sale = member.accept(member.sale("b", 100, new SaleTerms(0, 0, true, null)));
    assertThat(member.debt()).isEqualTo(30);
    assertThat(member.accept(member.endPending(sale, true)).balance()).isEqualTo(70);
  }

  @Test
  void pending_points_that_expire_before_they_are_effective_are_gone() {
    member.accept(pending("o", 100, Duration.ofDays(40)));
    member.now = NOON.plus(Duration.ofDays(40));
    assertThat(member.available(Accounts.POINTS)).isZero();
    member.decide(Command.ApplyTimeEffects.of(Deciding.MEMBER));
    assertThat(member.entries)
        .extracting(Entry::kind)
        .contains(Entry.Kind.ACTIVATION, Entry.Kind.EXPIRY);
  }

  @Test
  void applying_time_effects_writes_them_once() {
    member.accept(member.accrual(10, dayOf("2026-11-20")));
    member.now = dayOf("2026-12-21");
    Command settle = Command.ApplyTimeEffects.of(Deciding.MEMBER);
    assertThat(((Decision.TimeApplied) member.decide(settle)).entries()).hasSize(1);
    assertThat(((Decision.TimeApplied) member.decide(settle)).entries()).isEmpty();
    assertThat(member.entries.get(1).occurredAt()).isEqualTo(dayOf("2026-12-21"));
  }

  @Test
  void a_transfer_takes_the_lots_that_expire_first_and_keeps_their_expiry() {
    member.accept(member.accrual(60, dayOf("2026-11-20")));
    member.accept(member.accrual(40, dayOf("2026-11-21")));
    Entry out =
        member.accept(
            TransferCommand.Send.of(
                Deciding.MEMBER, "k", Origin.office("o", "gift"), "friend", 70));
    assertThat(out.counterpart()).isEqualTo("friend");
    assertThat(TransferDecider.arriving(out, new MemberKey("program", "friend")).movements())
        .extracting(Movement::lot)
        .containsExactly(new Lot(dayOf("2026-12-21"), 60), new Lot(dayOf("2026-12-22"), 10));
    assertThat(state().lifetimeSpent()).isZero();
  }

  @Test
  void received_points_pay_a_debt_and_keep_their_expiry() {
    member.accept(member.sale("a", 30));
    member.accept(member.deduction(30));
    member.accept(member.refund("a", "r", null));
    Entry in = member.accept(receive(Entry.Kind.TRANSFER_IN, 100));
    assertThat(in.points()).isEqualTo(100);
    assertThat(in.balance()).isEqualTo(70);
    assertThat(state().lots().byExpiry()).containsExactly(new Lot(dayOf("2026-12-25"), 70));
  }

  @Test
  void a_merge_takes_all_out_and_ends_the_member() {
    member.accept(member.topUp("t", 1_000, 0L));
    member.accept(member.sale("o", 100));
    member.accept(pending("p", 10, Duration.ofDays(3)));
    Entry merge =
        member.accept(
            MembershipCommand.Merge.of(Deciding.MEMBER, "k", Origin.office("o", "twice"), "other"));
    assertThat(state().status()).isEqualTo(Status.MERGED);
    assertThat(state().mergedInto()).isEqualTo("other");
    assertThat(state().accounts()).isEqualTo(Accounts.EMPTY);
    assertThat(state().reserves()).isEmpty();
    assertThat(TransferDecider.pendingOf(merge)).containsExactly(3L);
    assertThat(member.refuse(member.accrual(1))).isEqualTo(new Refusal.MemberMerged("other"));
  }

  @Test
  void a_member_with_a_hold_can_neither_be_merged_nor_closed() {
    member.accept(member.accrual(10));
    Entry hold = member.accept(member.hold(5, 0, Duration.ofMinutes(1)));
    assertThat(member.refuse(close())).isEqualTo(new Refusal.MemberHasHolds(1));
    member.accept(member.release(hold));
    member.accept(close());
    assertThat(member.refuse(member.accrual(1))).isEqualTo(new Refusal.MemberClosed());
    assertThat(member.refuse(member.change(Status.ACTIVE))).isEqualTo(new Refusal.MemberClosed());
  }

  @ParameterizedTest
  @CsvSource({"false,500", "true,570"})
  void closing_pays_out_stored_value_and_points_by_policy(boolean paysOut, long payout) {
    var folding = new Deciding(Deciding.rich(paysOut, null)); // 100 points are worth 70
    folding.accept(folding.topUp("t", 500, 0L));
    folding.accept(folding.adjustment(100));
    Entry closing =
        folding.accept(
            MembershipCommand.Close.of(Deciding.MEMBER, "k", Origin.office("o", "left")));
    assertThat(closing.amount()).isEqualTo(payout);
    assertThat(closing.points()).isEqualTo(-100);
  }

  @Test
  void a_closing_is_decided_only_at_the_sequence_that_it_names() {
    member.accept(member.accrual(10_000));
    long looked = state().sequence();
    member.accept(member.adjustment(-10));

    assertThat(member.decide(close().asOf(looked))).isEqualTo(new Decision.Outdated());
    assertThat(member.decide(close().asOf(0))).isEqualTo(new Decision.Outdated());
    assertThat(member.accept(close().asOf(looked + 1)).sequence()).isEqualTo(looked + 2);
  }

  @Test
  void a_closing_is_not_outdated_by_entries_that_time_makes_before_it() {
    member.accept(member.accrual(100));
    long looked = state().sequence();
    member.now = member.now.plus(Duration.ofDays(10_000));

    Entry closing = member.accept(close().asOf(looked));

    assertThat(closing.sequence()).isGreaterThan(looked + 1);
  }

  @Test
  void an_opening_balance_enrols_and_fills_the_accounts() {
    Entry opening =
        member.accept(
            MembershipCommand.Open.of(
                Deciding.MEMBER, "k", Origin.office("o", "import"), 5, NOON.plusSeconds(9), 6, 7));
    assertThat(opening.balance()).isEqualTo(5);
    assertThat(opening.balances())
        .containsEntry(Accounts.STORED_VALUE, 6L)
        .containsEntry(Accounts.GROWTH, 7L);
    assertThat(state().lots().byExpiry()).containsExactly(new Lot(NOON.plusSeconds(9), 5));
  }

  private Command.Accrue pending(String order, long amount, Duration wait) {
    return member.sale(order, amount, new SaleTerms(0, 0, true, member.now.plus(wait)));
  }

  private MembershipCommand.Close close() {
    return MembershipCommand.Close.of(
        Deciding.MEMBER, member.key(), Origin.office("operator", "left"));
  }

  private static TransferCommand.Receive receive(Entry.Kind kind, long points) {
    var movement = new Movement(Accounts.POINTS, Place.AVAILABLE, 0, dayOf("2026-12-25"), points);
    var other = new Detail.Counterpart("friend", 3L, 0, 0, false, null);
    return TransferCommand.Receive.of(
        Deciding.MEMBER, kind, Origin.NONE, List.of(movement), other, "");
  }

  private MemberState state() {
    return Objects.requireNonNull(member.state);
  }
}
