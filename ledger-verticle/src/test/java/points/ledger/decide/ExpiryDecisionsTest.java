package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;
import static points.ledger.decide.Deciding.dayOf;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.command.Command;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** Points that expire, and the sums that hold throughout. */
class ExpiryDecisionsTest {

  private final Deciding member = new Deciding(MONTHLY);

  @Test
  void an_expiry_is_written_before_the_command_that_finds_it() {
    member.accept(member.accrual(10, dayOf("2026-11-19")));
    member.accept(member.accrual(20, dayOf("2026-11-20")));
    member.accept(member.accrual(30, dayOf("2026-11-21")));
    member.now = dayOf("2026-12-21");
    Entry deduction = member.accept(member.deduction(5));

    Entry expiry = member.entries.get(3);
    assertThat(expiry.kind()).isEqualTo(Entry.Kind.EXPIRY);
    assertThat(expiry.points()).isEqualTo(-30);
    assertThat(expiry.balance()).isEqualTo(30);
    assertThat(expiry.lots())
        .containsExactly(new Lot(dayOf("2026-12-20"), -10), new Lot(dayOf("2026-12-21"), -20));
    assertThat(expiry.occurredAt()).isEqualTo(dayOf("2026-12-21"));
    assertThat(expiry.recordedAt()).isEqualTo(member.now);
    assertThat(expiry.request()).isNull();
    assertThat(expiry.origin()).isEqualTo(Origin.NONE);
    assertThat(deduction.sequence()).isEqualTo(5);
    assertThat(deduction.balance()).isEqualTo(25);
  }

  @Test
  void points_expire_at_their_instant_and_not_before() {
    member.accept(member.accrual(10, dayOf("2026-11-20")));
    member.now = dayOf("2026-12-21").minusNanos(1_000);
    member.accept(member.deduction(4));
    assertThat(member.entries).hasSize(2);
    member.now = dayOf("2026-12-21");
    member.accept(member.accrual(1));
    assertThat(member.entries).extracting(Entry::kind).contains(Entry.Kind.EXPIRY);
    assertThat(member.entries).last().extracting(Entry::balance).isEqualTo(1L);
  }

  @Test
  void the_expiry_of_a_late_order_is_written_at_once() {
    Entry accrual = member.accept(member.accrual(10, dayOf("2026-01-01")));
    assertThat(accrual.points()).isEqualTo(10);
    assertThat(accrual.balance()).isEqualTo(10);
    assertThat(accrual.lots()).containsExactly(new Lot(dayOf("2026-02-02"), 10));
    Entry expiry = member.entries.get(1);
    assertThat(expiry.kind()).isEqualTo(Entry.Kind.EXPIRY);
    assertThat(expiry.points()).isEqualTo(-10);
    assertThat(expiry.balance()).isZero();
    assertThat(member.state).isEqualTo(Deciding.buyer(2, 10, 0, Lots.NONE));
  }

  @Test
  void a_late_order_leaves_points_that_have_not_expired() {
    member.accept(member.accrual(7, dayOf("2026-11-10")));
    member.accept(member.accrual(10, dayOf("2026-01-01")));
    member.now = dayOf("2026-12-11");
    member.accept(member.accrual(5, dayOf("2026-01-02")));
    assertThat(member.entries)
        .extracting(Entry::points)
        .containsExactly(7L, 10L, -10L, -7L, 5L, -5L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void expiry_comes_to_frozen_members_too(boolean adjusted) {
    member.accept(member.accrual(10, dayOf("2026-11-20")));
    member.accept(member.change(Status.FROZEN));
    member.now = dayOf("2027-01-01");
    member.accept(adjusted ? member.adjustment(3) : member.change(Status.ACTIVE));
    assertThat(member.entries)
        .extracting(Entry::points)
        .containsExactly(10L, 0L, -10L, adjusted ? 3L : 0L);
  }

  @Test
  void expiry_follows_the_rules_at_the_time_of_earning() {
    member.accept(member.accrual(10));
    var daily = new Validity.Rolling(Period.ofDays(1));
    Program changed = Deciding.program(MONTHLY.earning(), daily);
    Decision decision = CommandDecider.decide(member.state, member.accrual(1), changed, member.now);
    assertThat(((Decision.Accepted) decision).state().lots().byExpiry())
        .isEqualTo(List.of(new Lot(dayOf("2026-11-24"), 1), new Lot(dayOf("2026-12-23"), 10)));
  }

  /** {@link Deciding} looks at the sums after every step. */
  @Test
  void leaves_entries_lots_and_balance_in_agreement_in_any_history() {
    for (int seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var folding =
          new Deciding(
              Deciding.program(
                  new EarningRule(1 + random.nextInt(3), 1 + random.nextInt(9), anyOf(random)),
                  random.nextInt(5) == 0
                      ? new Validity.Never()
                      : new Validity.Rolling(Period.ofDays(1 + random.nextInt(60)))));
      for (int step = 0; step < 30; step++) {
        folding.decide(anything(folding, random));
        folding.now = folding.now.plus(Duration.ofHours(random.nextInt(400)));
      }
    }
  }

  private static Command anything(Deciding folding, Random random) {
    Instant paid = folding.now.minus(Duration.ofHours(random.nextInt(2_000)));
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> folding.accrual(random.nextInt(1_000));
      case 3 -> folding.accrual(random.nextInt(1_000), paid);
      case 4, 5 -> folding.deduction(1 + random.nextInt(300));
      case 6 -> folding.adjustment(random.nextBoolean() ? 50 : -50);
      default -> folding.change(random.nextBoolean() ? Status.ACTIVE : Status.FROZEN);
    };
  }

  private static Rounding anyOf(Random random) {
    return List.of(Rounding.values()).get(random.nextInt(4));
  }

  @Test
  void time_effects_are_due_until_they_are_written() {
    var rich = new Deciding(Deciding.rich(false, null));
    rich.accept(rich.sale("o", 900)); // a star is good for 20 days, points for a month
    Entry hold = rich.accept(rich.hold(10, 0, Duration.ofDays(7)));
    MemberState state = Objects.requireNonNull(rich.state);

    assertThat(TimeEffects.isDue(state, rich.now)).isFalse();
    assertThat(TimeEffects.isDue(state, rich.now.plus(Duration.ofDays(7)).minusMillis(1)))
        .isFalse();
    assertThat(TimeEffects.isDue(state, rich.now.plus(Duration.ofDays(7)))).isTrue();
    rich.accept(rich.release(hold));
    state = Objects.requireNonNull(rich.state);
    Instant starGone = dayOf("2026-12-13");
    assertThat(TimeEffects.isDue(state, starGone.minusMillis(1))).isFalse();
    assertThat(TimeEffects.isDue(state, starGone)).isTrue();
    rich.now = starGone;
    assertThat(
            ((Decision.TimeApplied) rich.decide(Command.ApplyTimeEffects.of(Deciding.MEMBER)))
                .entries())
        .singleElement()
        .satisfies(it -> assertThat(it.balances()).containsEntry("stars", 0L));
    assertThat(TimeEffects.isDue(Objects.requireNonNull(rich.state), starGone)).isFalse();
  }

  @Test
  void pending_points_become_effective_before_holds_are_released() {
    var rich = new Deciding(Deciding.rich(false, null));
    rich.accept(rich.accrual(100));
    rich.accept(rich.hold(10, 0, Duration.ofDays(1)));
    rich.accept(rich.sale("p", 50, new SaleTerms(0, 0, true, rich.now.plus(Duration.ofDays(1)))));
    rich.now = rich.now.plus(Duration.ofDays(2));
    rich.decide(Command.ApplyTimeEffects.of(Deciding.MEMBER));
    assertThat(rich.entries)
        .extracting(Entry::kind)
        .endsWith(Entry.Kind.ACTIVATION, Entry.Kind.RELEASE);
  }

  @Test
  void points_activated_after_their_expiry_expire_at_once() {
    var rich = new Deciding(Deciding.rich(false, null));
    Entry sale = rich.accept(rich.sale("p", 50, new SaleTerms(0, 0, true, null)));
    rich.now = dayOf("2027-01-10");
    Entry activation = rich.accept(rich.endPending(sale, true));
    assertThat(activation.balance()).isEqualTo(50);
    assertThat(rich.entries)
        .extracting(Entry::kind)
        .endsWith(Entry.Kind.ACTIVATION, Entry.Kind.EXPIRY);
    assertThat(rich.available(Accounts.POINTS)).isZero();
  }

  @Test
  void the_points_of_a_late_top_up_may_have_expired() {
    var rich = new Deciding(Deciding.rich(false, null));
    Origin origin = Origin.sale("store", null, "t");
    rich.accept(
        StoredValueCommand.TopUp.of(Deciding.MEMBER, "k", origin, dayOf("2026-09-01"), 5_000, 0L));
    assertThat(rich.entries)
        .extracting(Entry::kind)
        .containsExactly(Entry.Kind.TOP_UP, Entry.Kind.EXPIRY);
    assertThat(rich.available(Accounts.STORED_VALUE)).isEqualTo(5_000);
  }
}
