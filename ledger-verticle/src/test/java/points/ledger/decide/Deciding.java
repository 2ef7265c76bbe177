package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.award.CapUses;
import points.ledger.award.EarningFacts;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Command.Deduct;
import points.ledger.command.EntryHistory;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.command.OrderCommand;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.fixture.Around;
import points.ledger.fixture.RichTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Fraction;
import points.ledger.rules.Rounding;

/**
 * One member, its commands folded one after the other. After each, entries, lots and balance must
 * say the same.
 */
public final class Deciding {

  public static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
  public static final MemberKey MEMBER = new MemberKey("program", "member");

  /** One point per minor unit, good through the same day a month later, in Shanghai. */
  public static final Program MONTHLY =
      program(new EarningRule(1, 1, Rounding.FLOOR), new Validity.Rolling(Period.ofMonths(1)));

  final Program rules;
  public final List<Entry> entries = new ArrayList<>();
  public Instant now = NOON;
  public @Nullable MemberState state;
  private int requests;

  public Deciding(Program rules) {
    this.rules = rules;
  }

  public static Program program(EarningRule earning, Validity validity) {
    return new Program(
        "program", "a program", "CNY", ZoneId.of("Asia/Shanghai"), earning, validity, true);
  }

  /** The monthly one, with everything that a program may offer besides. */
  public static Program rich(boolean charges, @Nullable Period returnGrace) {
    return new Program(
        "program",
        "rich",
        "CNY",
        MONTHLY.timeZone(),
        MONTHLY.earning(),
        MONTHLY.validity(),
        true,
        RichTerms.of(charges, returnGrace));
  }

  /** The start of this day in Shanghai. */
  public static Instant dayOf(String date) {
    return Instant.parse(date + "T00:00:00+08:00");
  }

  public Decision decide(Command command) {
    MemberState before = state;
    Decision decision = CommandDecider.decide(before, command, rules, now);
    if (decision instanceof Decision.NeedsHistory undecided) {
      long asOf = before == null ? -1 : before.sequence();
      EntryHistory history = Around.history(command.member(), undecided.needed(), asOf, entries);
      decision = CommandDecider.decide(before, command, history, rules, now);
    }
    if (decision instanceof Decision.TimeApplied settled) {
      entries.addAll(settled.entries());
      state = settled.state();
      assertInvariants(settled.state());
    }
    if (decision instanceof Decision.Accepted accepted) {
      assertThat(accepted.entries()).contains(accepted.answer());
      entries.addAll(accepted.entries());
      state = accepted.state();
      assertInvariants(accepted.state());
    }
    return decision;
  }

  /** Has it accepted, and returns its own entry. */
  public Entry accept(Command command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).answer();
  }

  /** Has it refused, and returns why. */
  public Refusal refuse(Command command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  public Accrue accrual(long amount, Line... lines) {
    return accrual(amount, now, lines);
  }

  public Accrue accrual(long amount, Instant paid, Line... lines) {
    String key = key();
    return Accrue.of(MEMBER, key, Origin.sale("store", "till", key), paid, amount, List.of(lines));
  }

  public Deduct deduction(long points) {
    return Deduct.of(MEMBER, key(), Origin.till("store", null, null, "reason"), points);
  }

  public Adjust adjustment(long points) {
    return Adjust.of(MEMBER, key(), Origin.office("operator", "reason"), points);
  }

  public ChangeStatus change(Status wanted) {
    return ChangeStatus.of(MEMBER, key(), Origin.office("operator", "reason"), wanted);
  }

  /** An order of its own, for tests that come back to it. */
  public Accrue sale(String orderId, long amount, Line... lines) {
    return sale(orderId, amount, SaleTerms.NONE, lines);
  }

  public Accrue sale(String orderId, long amount, SaleTerms terms, Line... lines) {
    Origin origin = Origin.sale("store", "till", orderId);
    return Accrue.of(MEMBER, key(), origin, now, amount, List.of(lines), terms);
  }

  public Deduct deductionFor(String orderId, long points) {
    return Deduct.of(MEMBER, key(), Origin.till("store", null, orderId, "offset"), points);
  }

  public OrderCommand.Refund refund(String orderId, String refundId, @Nullable Long amount) {
    Origin origin = Origin.sale("store", "till", orderId);
    return OrderCommand.Refund.of(MEMBER, key(), origin, refundId, List.of(), amount);
  }

  public OrderCommand.Refund refundLine(
      String orderId, String refundId, String line, @Nullable Long part) {
    Origin origin = Origin.sale("store", "till", orderId);
    var lines = List.of(new OrderCommand.RefundedLine(line, part));
    return OrderCommand.Refund.of(MEMBER, key(), origin, refundId, lines, null);
  }

  public OrderCommand.Refund refundLines(
      String orderId, String refundId, OrderCommand.RefundedLine... lines) {
    Origin origin = Origin.sale("store", "till", orderId);
    return OrderCommand.Refund.of(MEMBER, key(), origin, refundId, List.of(lines), null);
  }

  public OrderCommand.Refund refundPoints(String orderId, String refundId, long points) {
    return refund(orderId, refundId, null).restrictedTo(points, null);
  }

  public OrderCommand.Reverse reversal(Entry entry) {
    Origin origin = Origin.office("operator", "wrong");
    return OrderCommand.Reverse.of(MEMBER, key(), origin, entry.sequence());
  }

  public HoldCommand.Place hold(long points, long storedValue, Duration ttl) {
    Origin origin = Origin.till("store", null, "held-" + requests, "checkout");
    return HoldCommand.Place.of(MEMBER, key(), origin, points, storedValue, ttl);
  }

  public HoldCommand.Capture capture(Entry hold, @Nullable Long points) {
    return HoldCommand.Capture.of(MEMBER, key(), hold.origin(), hold.sequence(), points, null);
  }

  public HoldCommand.Release release(Entry hold) {
    return HoldCommand.Release.of(MEMBER, key(), hold.origin(), hold.sequence());
  }

  public StoredValueCommand.TopUp topUp(String orderId, long amount, @Nullable Long bonus) {
    Origin origin = Origin.sale("store", null, orderId);
    return StoredValueCommand.TopUp.of(MEMBER, key(), origin, now, amount, bonus);
  }

  public StoredValueCommand.Pay payment(String orderId, long amount) {
    return StoredValueCommand.Pay.of(MEMBER, key(), Origin.sale("store", null, orderId), amount);
  }

  public StoredValueCommand.Exchange exchange(String from, String to, long points) {
    Origin origin = Origin.till("store", null, null, "exchange");
    return StoredValueCommand.Exchange.of(MEMBER, key(), origin, from, to, points);
  }

  public PendingCommand endPending(Entry earned, boolean activates) {
    Origin origin = Origin.till("store", null, null, "delivered");
    return PendingCommand.of(MEMBER, key(), origin, earned.sequence(), activates);
  }

  public long available(String account) {
    return TimeEffects.at(Objects.requireNonNull(state), now).accounts().of(account).lots().total();
  }

  public long debt() {
    return TimeEffects.at(Objects.requireNonNull(state), now).accounts().points().debt();
  }

  public String key() {
    return "key" + ++requests;
  }

  /** The state is what its entries add up to, account by account and lot by lot. */
  private void assertInvariants(MemberState after) {
    MemberState folded = MemberState.ENROLLED;
    long worth = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      worth += entry.points();
      assertThat(entry.sequence()).isEqualTo(i + 1);
      assertThat(entry.points()).isEqualTo(entry.worth(Accounts.POINTS));
      assertThat(entry.movements()).allMatch(it -> it.points() != 0);
      folded = folded.after(entry);
      assertThat(entry.balance()).isEqualTo(folded.lots().total()).isNotNegative();
      for (String account : entry.balances().keySet()) {
        assertThat(entry.balances().get(account))
            .isEqualTo(folded.accounts().of(account).lots().total());
      }
    }
    assertThat(folded).isEqualTo(after);
    assertThat(ofPoints(after)).isEqualTo(worth);
    assertThat(after.lifetimeEarned()).isNotNegative();
    assertThat(after.lifetimeSpent()).isNotNegative();
    after
        .accounts()
        .forEach(
            (name, account) -> {
              assertThat(Lots.of(account.lots().byExpiry())).isEqualTo(account.lots());
              assertThat(account.debt()).isNotNegative();
            });
    assertThat(after.accounts().of(Accounts.STORED_VALUE).debt()).isZero();
  }

  private static long ofPoints(MemberState state) {
    return state.lots().total()
        + state.setAside(Accounts.POINTS, Movement.Place.HELD)
        + state.setAside(Accounts.POINTS, Movement.Place.PENDING)
        - state.accounts().points().debt();
  }

  /** The same entry with another detail, as an earlier version wrote it. */
  public static Entry with(Entry it, Detail.Refunded detail) {
    return new Entry(
        it.member(),
        it.sequence(),
        it.kind(),
        it.points(),
        it.balance(),
        it.movements(),
        it.balances(),
        it.request(),
        it.origin(),
        it.amount(),
        it.lines(),
        it.refersTo(),
        detail,
        null,
        null,
        it.occurredAt(),
        it.recordedAt());
  }

  /** An active member that has had an order, and has points only. */
  public static MemberState buyer(long sequence, long earned, long spent, Lots lots) {
    var plain = new MemberState(Status.ACTIVE, sequence, earned, spent, lots);
    return new MemberState(
        plain.status(),
        sequence,
        earned,
        spent,
        plain.accounts(),
        plain.reserves(),
        null,
        new EarningFacts(true, Fraction.ZERO, CapUses.NONE));
  }
}
