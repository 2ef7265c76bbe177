package points.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.TierCommand;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
import points.ledger.program.RulesUnknownException;
import points.ledger.refund.RefundRequest;
import points.ledger.registry.Programs;
import points.ledger.rulebook.Timelines;

/** Selects the version of the program's rules by which a command is decided. */
final class RuleSelector {

  private final Programs programs;
  private final Timelines timelines;

  RuleSelector(Programs programs, Timelines timelines) {
    this.programs = programs;
    this.timelines = timelines;
  }

  /**
   * The rules in force now; for an order that was paid earlier, those in force then.
   *
   * <p>Now is the instant that the order's entry will have: an order is rated by the book in force
   * at the time that it shows, however long its node was held up meanwhile.
   */
  Program of(Command command, Instant now) {
    String programId = command.member().programId();
    Program program = programs.find(programId);
    if (program == null) {
      throw new IllegalStateException("no program " + programId);
    }
    return rules(command, program, now).with(timelines.budgets(programId, now));
  }

  private Program rules(Command command, Program program, Instant now) {
    Instant paidAt = command.paidAt();
    if (paidAt == null || !paidAt.isBefore(now)) {
      return withBook(command, program, now);
    }
    Program then = programs.at(program.programId(), paidAt);
    return withBook(command, then == null ? program : then.enrollingAs(program), paidAt);
  }

  /**
   * Selects the book in force where it counts. Orders are rated by it, and of merged members the
   * higher tier counts, and tiers are given and sold by it: without knowing the book none of these
   * is decided. A refund is decided all the same; its member's tier is judged at the next review
   * then.
   */
  private Program withBook(Command command, Program program, Instant instant) {
    if (command instanceof TierCommand) {
      return ratingBy(timelines.at(program.programId(), instant), program);
    }
    return switch (command.kind()) {
      case ACCRUAL, MERGE_IN -> ratingBy(timelines.at(program.programId(), instant), program);
      case REFUND, REVERSAL, CANCELLATION, MOVE_OUT, MOVE_IN, MOVE_RETURN, EXPIRY ->
          ratingBy(known(program.programId(), instant), program);
      default -> program;
    };
  }

  private static Program ratingBy(@Nullable PublishedBook book, Program program) {
    return book == null ? program : program.ratingBy(book);
  }

  private @Nullable PublishedBook known(String programId, Instant instant) {
    try {
      return timelines.at(programId, instant);
    } catch (RulesUnknownException unknown) {
      return null;
    }
  }

  /**
   * Returns whether the program lets the refunding store take back an order of the selling store.
   */
  boolean allows(RefundRequest refund) {
    Program program = programs.find(refund.programId());
    return refund.takenBackBy().equals(refund.storeId())
        || (program != null && program.terms().refunds().anyStore());
  }
}
