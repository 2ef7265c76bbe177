package points.ledger.decide;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.Budgets;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Command.Deduct;
import points.ledger.command.Command.Give;
import points.ledger.command.EntryHistory;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.TierCommand;
import points.ledger.command.TransferCommand;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.MemberState;
import points.ledger.program.Program;
import points.ledger.tier.TierRules;

/**
 * Decides commands on a member, one after the other. Pure: the same arguments, the same decision.
 *
 * <p>Refusals have an order: unknown member, then status, then the things that the command names
 * (currency, hold, order, entry), then points. The effects of time by {@code now} are written, as
 * entries of their own, before the command's own entry.
 */
public final class CommandDecider {

  private CommandDecider() {}

  /** Decides a command from the state alone, or says what entries it takes besides. */
  public static Decision decide(
      @Nullable MemberState state, Command command, Program rules, Instant now) {
    return decide(state, command, null, rules, now);
  }

  /**
   * Decides one command, as long as nothing is issued of budgets.
   *
   * @param state the member's newest state; null when it is not enrolled
   * @param history the entries it was said to need; null when none were asked for yet
   * @param rules the member's program, as it was when the command's order was paid
   * @param now cut to microseconds, which is what the ledger can store
   * @throws IllegalArgumentException if the command's numbers are out of range: the caller must
   *     have been refused before
   */
  public static Decision decide(
      @Nullable MemberState state,
      Command command,
      @Nullable EntryHistory history,
      Program rules,
      Instant now) {
    return decide(state, command, history, rules, Budgets.FRESH, now);
  }

  /**
   * Decides one command that may draw on budgets.
   *
   * @param budgets as this node knows them; the statement that writes the entries refuses those
   *     that were decided from a wrong knowledge
   */
  public static Decision decide(
      @Nullable MemberState state,
      Command command,
      @Nullable EntryHistory history,
      Program rules,
      Budgets budgets,
      Instant now) {
    if (!command.isWithinLimits()) {
      throw new IllegalArgumentException("out of range: " + command);
    }
    if (state == null) {
      if (!enrols(command.kind(), rules)) {
        return new Decision.Refused(new Refusal.MemberNotFound());
      }
      state = MemberState.ENROLLED;
    }
    TierRules tiers = rules.book().book().tiers();
    var books =
        new Posting(command.member(), state, now.truncatedTo(ChronoUnit.MICROS), tiers, budgets);
    TimeEffects.appendDue(books);
    TimeEffects.appendReviews(books, tiers, asOf(command, books.now()));
    Refusal refusal = refusalByStatus(state, command);
    return refusal == null ? decide(books, command, history, rules) : new Decision.Refused(refusal);
  }

  /** Returns the instant whose rules decide. Reviews after it are for those of later. */
  private static Instant asOf(Command command, Instant now) {
    Instant paidAt = command.paidAt();
    return paidAt == null || paidAt.isAfter(now) ? now : paidAt;
  }

  private static boolean enrols(Entry.Kind kind, Program rules) {
    return kind.is(EntryTrait.ENROLS) || (kind.is(EntryTrait.ENROLS_BUYERS) && rules.autoEnrol());
  }

  /** Has the one decider of a command's kind decide it; javac refuses a kind that has none. */
  private static Decision decide(
      Posting books, Command command, @Nullable EntryHistory history, Program rules) {
    return switch (command.kind()) {
      case ACCRUAL -> AccrualDecider.accrue(books, (Accrue) command, rules);
      case DEDUCTION ->
          command instanceof TierCommand.Buy buy
              ? TierDecider.buy(books, buy, rules)
              : DeductionDecider.deduct(books, (Deduct) command, rules);
      case ADJUSTMENT -> DeductionDecider.adjust(books, (Adjust) command, rules);
      case GIFT -> DeductionDecider.give(books, (Give) command, rules);
      case TIER_GRANT -> TierDecider.grant(books, (TierCommand.Grant) command, rules);
      case TIER_WITHDRAWAL -> TierDecider.withdraw(books, (TierCommand.Withdraw) command, rules);
      case EXPIRY, TIER_REVIEW -> books.timeApplied();
      case FREEZE, UNFREEZE -> MembershipDecider.changeStatus(books, (ChangeStatus) command);
      case HOLD -> HoldDecider.place(books, (HoldCommand.Place) command);
      case CAPTURE -> HoldDecider.capture(books, (HoldCommand.Capture) command, history);
      case RELEASE -> HoldDecider.release(books, (HoldCommand.Release) command, history);
      case REFUND -> RefundDecider.refund(books, (OrderCommand.Refund) command, history, rules);
      case REVERSAL ->
          ReversalDecider.reverse(books, (OrderCommand.Reverse) command, history, rules);
      case TOP_UP -> StoredValueDecider.topUp(books, (StoredValueCommand.TopUp) command, rules);
      case PAYMENT -> StoredValueDecider.pay(books, (StoredValueCommand.Pay) command);
      case EXCHANGE ->
          StoredValueDecider.exchange(books, (StoredValueCommand.Exchange) command, rules);
      case ACTIVATION, CANCELLATION ->
          HoldDecider.endPending(books, (PendingCommand) command, history);
      case TRANSFER_OUT -> TransferDecider.send(books, (TransferCommand.Send) command);
      case TRANSFER_IN, TRANSFER_RETURN, MERGE_IN ->
          TransferDecider.receive(books, (TransferCommand.Receive) command);
      case MERGE_OUT -> MembershipDecider.merge(books, (MembershipCommand.Merge) command);
      case CLOSING -> MembershipDecider.close(books, (MembershipCommand.Close) command, rules);
      case OPENING -> MembershipDecider.open(books, (MembershipCommand.Open) command, rules);
      case MOVE_OUT -> MoveDecider.out(books, (MoveCommand.MoveOut) command, history, rules);
      case MOVE_IN, MOVE_RETURN ->
          ArrivalDecider.decide(books, (MoveCommand.MoveIn) command, history, rules);
    };
  }

  /** A frozen member may have its orders undone; one that has ended has nothing any more. */
  private static @Nullable Refusal refusalByStatus(MemberState state, Command command) {
    return switch (state.status()) {
      case ACTIVE -> null;
      case FROZEN ->
          command.kind().is(EntryTrait.STOPPED_BY_FREEZE) ? new Refusal.MemberFrozen() : null;
      case CLOSED -> command.kind() == Entry.Kind.EXPIRY ? null : new Refusal.MemberClosed();
      case MERGED ->
          command.kind() == Entry.Kind.EXPIRY
              ? null
              : new Refusal.MemberMerged(String.valueOf(state.mergedInto()));
    };
  }
}
