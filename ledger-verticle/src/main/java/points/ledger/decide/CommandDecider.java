package points.ledger.decide;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.EntryHistory;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.TransferCommand;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.rules.Program;

/**
 * Decides commands on a member, one after the other. Pure: the same arguments, the same decision.
 *
 * <p>Refusals have an order: unknown member, then status, then what the command names (currency,
 * hold, order, entry), then points. What time has done by {@code now} is written down, as entries
 * of its own, before the command's own entry.
 */
public final class CommandDecider {

  private CommandDecider() {}

  /** Decides a command from the state alone, or says what entries it takes besides. */
  public static Decision decide(
      @Nullable MemberState state, Command command, Program rules, Instant now) {
    return decide(state, command, null, rules, now);
  }

  /**
   * Decides one command.
   *
   * @param state the member's newest state; null when it is not enrolled
   * @param history the entries it was said to need; null when none were asked for yet
   * @param rules the member's program, as it was when the command's order was paid
   * @param now cut to microseconds, which is what the ledger can store
   * @throws IllegalArgumentException if the command's numbers are out of range: whoever takes
   *     commands in tells the caller so before
   */
  public static Decision decide(
      @Nullable MemberState state,
      Command command,
      @Nullable EntryHistory history,
      Program rules,
      Instant now) {
    if (!command.isWithinLimits()) {
      throw new IllegalArgumentException("out of range: " + command);
    }
    if (state == null) {
      if (!enrols(command, rules)) {
        return new Decision.Refused(new Refusal.MemberNotFound());
      }
      state = MemberState.ENROLLED;
    }
    var books = new Posting(command.member(), state, now.truncatedTo(ChronoUnit.MICROS));
    TimeEffects.writeDown(books);
    Refusal refusal = refusalByStatus(state, command);
    return refusal == null ? decide(books, command, history, rules) : new Decision.Refused(refusal);
  }

  private static boolean enrols(Command command, Program rules) {
    return switch (command.kind()) {
      case ACCRUAL, TOP_UP -> rules.autoEnrol();
      case OPENING -> true;
      default -> false;
    };
  }

  private static Decision decide(
      Posting books, Command command, @Nullable EntryHistory history, Program rules) {
    if (command instanceof Command.Accrue accrue) {
      return AccrualDecider.accrue(books, accrue, rules);
    } else if (command instanceof Command.Deduct deduct) {
      return DeductionDecider.deduct(books, deduct, rules);
    } else if (command instanceof Command.Adjust adjust) {
      return DeductionDecider.adjust(books, adjust, rules);
    } else if (command instanceof Command.ChangeStatus change) {
      return MembershipDecider.changeStatus(books, change);
    } else if (command instanceof Command.ApplyTimeEffects) {
      return books.settled();
    } else if (command instanceof HoldCommand hold) {
      return HoldDecider.decide(books, hold, history);
    } else if (command instanceof StoredValueCommand storedValue) {
      return StoredValueDecider.decide(books, storedValue, rules);
    } else if (command instanceof PendingCommand pending) {
      return HoldDecider.endPending(books, pending, history);
    } else if (command instanceof OrderCommand.Refund refund) {
      return RefundDecider.refund(books, refund, history, rules);
    } else if (command instanceof OrderCommand.Reverse reverse) {
      return ReversalDecider.reverse(books, reverse, history, rules);
    } else if (command instanceof TransferCommand transfer) {
      return TransferDecider.decide(books, transfer);
    } else if (command instanceof MoveCommand move) {
      return MoveDecider.decide(books, move, history, rules);
    } else if (command instanceof MembershipCommand membership) {
      return MembershipDecider.decide(books, membership, rules);
    }
    throw new IllegalArgumentException("a command that nobody decides: " + command);
  }

  /** A frozen member may have its orders undone; one that has ended has nothing any more. */
  private static @Nullable Refusal refusalByStatus(MemberState state, Command command) {
    return switch (state.status()) {
      case ACTIVE -> null;
      case FROZEN -> movesFreely(command.kind()) ? new Refusal.MemberFrozen() : null;
      case CLOSED ->
          command instanceof Command.ApplyTimeEffects ? null : new Refusal.MemberClosed();
      case MERGED ->
          command instanceof Command.ApplyTimeEffects
              ? null
              : new Refusal.MemberMerged(String.valueOf(state.mergedInto()));
    };
  }

  private static boolean movesFreely(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL,
          DEDUCTION,
          HOLD,
          CAPTURE,
          TOP_UP,
          PAYMENT,
          EXCHANGE,
          TRANSFER_OUT,
          TRANSFER_IN,
          MOVE_IN ->
          true;
      case ADJUSTMENT,
          EXPIRY,
          FREEZE,
          UNFREEZE,
          RELEASE,
          REFUND,
          REVERSAL,
          ACTIVATION,
          CANCELLATION,
          TRANSFER_RETURN,
          MERGE_OUT,
          MERGE_IN,
          CLOSING,
          OPENING,
          MOVE_OUT,
          MOVE_RETURN ->
          false;
    };
  }
}
