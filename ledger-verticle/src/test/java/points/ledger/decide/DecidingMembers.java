package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Account;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Command.Deduct;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.Undone;
import points.ledger.fixture.Around;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.RefundShare;
import points.ledger.model.Request;
import points.ledger.model.Reservation;
import points.ledger.model.Status;
import points.ledger.order.Undoing;
import points.ledger.program.Program;
import points.ledger.proof.EntryReplay;

/**
 * Several members of a program, their commands folded one after the other, a second apart. After
 * each, the state of its member must be what the member's entries add up to.
 */
public final class DecidingMembers {

  static final Origin OFFICE = Origin.office("operator", "reason");

  public final List<Entry> entries = new ArrayList<>();
  final Program rules;
  Instant now = Deciding.NOON;
  private final Map<MemberKey, MemberState> states = new HashMap<>();
  private int requests;

  public DecidingMembers(Program rules) {
    this.rules = rules;
  }

  public void enrol(MemberKey... some) {
    for (MemberKey member : some) {
      states.put(member, MemberState.ENROLLED);
    }
  }

  public static MemberKey member(String id) {
    return new MemberKey("program", id);
  }

  public Decision decide(Command command) {
    now = now.plusSeconds(1);
    Decision decision = preview(command);
    if (decision instanceof Decision.Accepted accepted) {
      keep(command.member(), accepted.entries(), accepted.state());
    } else if (decision instanceof Decision.TimeApplied settled) {
      keep(command.member(), settled.entries(), settled.state());
    }
    return decision;
  }

  /** What would become of a command. */
  public Decision preview(Command command) {
    MemberState before = states.get(command.member());
    Decision decision = CommandDecider.decide(before, command, rules, now);
    if (decision instanceof Decision.NeedsHistory undecided) {
      long asOf = before == null ? -1 : before.sequence();
      EntryHistory history = Around.history(command.member(), undecided.needed(), asOf, entries);
      decision = CommandDecider.decide(before, command, history, rules, now);
    }
    return decision;
  }

  /** The state is what the entries add up to. */
  private void keep(MemberKey member, List<Entry> made, MemberState state) {
    entries.addAll(made);
    states.put(member, state);
    var folded = new EntryReplay();
    entries.stream().filter(it -> it.member().equals(member)).forEach(folded::add);
    assertThat(folded.differencesFrom(state)).isEmpty();
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

  public Accrue sale(MemberKey member, String order, long amount, SaleTerms terms) {
    return sale(member, order, amount, now, terms);
  }

  public Accrue sale(MemberKey member, String order, long amount, Instant paid, SaleTerms terms) {
    return Accrue.of(member, key(), ofOrder(order), paid, amount, List.of(), terms);
  }

  /** What is written down once time has passed. */
  public void settle(MemberKey member) {
    decide(
        new Command.ApplyTimeEffects(
            member, new Request(key(), Fingerprint.of("settle").toUuid())));
  }

  public Entry earn(MemberKey member, String order, long amount, SaleTerms terms) {
    Origin origin = Origin.sale("store", "till", order);
    return accept(Accrue.of(member, key(), origin, now, amount, List.of(), terms));
  }

  public Entry earn(MemberKey member, String order, long amount) {
    return earn(member, order, amount, SaleTerms.NONE);
  }

  public Entry spend(MemberKey member, long points) {
    return accept(Deduct.of(member, key(), Origin.till("store", null, null, "offset"), points));
  }

  /** Points of an order of its own that was paid at this time. */
  public Entry earn(MemberKey member, long points, Instant paid) {
    return accept(sale(member, key(), points, paid, SaleTerms.NONE));
  }

  public Deduct deduction(MemberKey member, long points) {
    return Deduct.of(member, key(), Origin.till("store", null, null, "reason"), points);
  }

  public Deduct deductionFor(MemberKey member, String order, long points) {
    return Deduct.of(member, key(), Origin.till("store", null, order, "offset"), points);
  }

  public Adjust adjustment(MemberKey member, long points) {
    return Adjust.of(member, key(), OFFICE, points);
  }

  public ChangeStatus freeze(MemberKey member) {
    return ChangeStatus.of(member, key(), OFFICE, Status.FROZEN);
  }

  public StoredValueCommand.TopUp topUp(MemberKey member, long amount) {
    Origin origin = ofOrder(key());
    return StoredValueCommand.TopUp.of(member, key(), origin, now, amount, null);
  }

  public HoldCommand.Place hold(MemberKey member, long points) {
    Origin origin = Origin.till("store", null, null, "checkout");
    return HoldCommand.Place.of(member, key(), origin, points, 0, Duration.ofDays(1));
  }

  public OrderCommand.Refund refund(MemberKey member, String order, @Nullable Long amount) {
    return OrderCommand.Refund.of(member, key(), ofOrder(order), key(), List.of(), amount);
  }

  public OrderCommand.Refund refund(
      MemberKey member, String order, String refundId, @Nullable Long amount) {
    Origin origin = Origin.sale("store", "till", order);
    return OrderCommand.Refund.of(member, key(), origin, refundId, List.of(), amount);
  }

  /** Refunds, with the shares of others as they follow. */
  public Entry refundWithShares(OrderCommand.Refund command) {
    Entry refund = accept(command);
    for (RefundShare share : refunded(refund).others()) {
      accept(OrderCommand.Refund.of(refund, share, member(share.memberId())));
    }
    return refund;
  }

  public OrderCommand.Reverse reversal(Entry entry) {
    Origin origin = Origin.office("operator", "wrong");
    return OrderCommand.Reverse.of(entry.member(), key(), origin, entry.sequence());
  }

  /** With all that it brings to the other. */
  public void merge(MemberKey member, MemberKey into) {
    Entry out = accept(MembershipCommand.Merge.of(member, key(), OFFICE, into.memberId()));
    accept(TransferDecider.merging(out, into));
    for (long earnedBy : TransferDecider.pendingOf(out)) {
      Entry earner =
          entries.stream()
              .filter(it -> it.member().equals(member) && it.sequence() == earnedBy)
              .findFirst()
              .orElseThrow();
      accept(TransferDecider.mergingPending(out, into, earner));
    }
  }

  public OrderCommand.Reverse reversal(Entry entry, MemberKey decidedOn) {
    return OrderCommand.Reverse.of(entry.member(), key(), OFFICE, entry.sequence())
        .decidedOn(decidedOn);
  }

  public PendingCommand endPending(MemberKey member, boolean activates) {
    Reservation pending = state(member).reserves().get(0);
    return PendingCommand.of(member, key(), OFFICE, pending.sequence(), activates);
  }

  public PendingCommand endPending(Entry earned, boolean activates) {
    Origin origin = Origin.till("store", null, null, "delivered");
    return PendingCommand.of(earned.member(), key(), origin, earned.sequence(), activates);
  }

  public MoveCommand.MoveOut moveOut(Entry sale, MemberKey to) {
    Origin origin = ofOrder(String.valueOf(sale.origin().orderId()));
    return MoveCommand.MoveOut.of(sale.member(), key(), origin, sale.sequence(), to.memberId());
  }

  public MoveCommand.MoveIn moveIn(Entry out, MemberKey to) {
    return MoveDecider.arriving(out, saleOf(out), to);
  }

  public MoveCommand.MoveIn moveReturn(Entry out) {
    return moveReturn(out, out.member());
  }

  /** Back to the one that the first member goes on as. */
  public MoveCommand.MoveIn moveReturn(Entry out, MemberKey heir) {
    return MoveDecider.comingBack(out, saleOf(out), heir);
  }

  /** Moves a sale out and back again; returns what it stands by then. */
  public Entry thereAndBack(Entry sale) {
    return accept(moveReturn(accept(moveOut(sale, member("somebody")))));
  }

  private Entry saleOf(Entry out) {
    return entries.stream()
        .filter(it -> it.transactionId().equals(out.part()))
        .findFirst()
        .orElseThrow();
  }

  private static Origin ofOrder(String order) {
    return Origin.sale("store", "till", order);
  }

  public String key() {
    return "key" + ++requests;
  }

  public MemberState state(MemberKey member) {
    return TimeEffects.at(states.getOrDefault(member, MemberState.ENROLLED), now);
  }

  public Account account(MemberKey member, String account) {
    return state(member).accounts().of(account);
  }

  public long available(MemberKey member) {
    return account(member, Accounts.POINTS).lots().total();
  }

  public long available(MemberKey member, String account) {
    return state(member).accounts().of(account).lots().total();
  }

  public long debt(MemberKey member) {
    return account(member, Accounts.POINTS).debt();
  }

  public long pending(MemberKey member) {
    return state(member).setAside(Accounts.POINTS, Place.PENDING);
  }

  @Nullable Undone undone(Entry entry) {
    var needed = new HistoryQuery.OfEntry(entry.member(), entry.sequence());
    return Undoing.of(entry, new EntryHistory(needed, Long.MAX_VALUE, Around.of(needed, entries)));
  }

  public static Detail.Refunded refunded(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }
}
