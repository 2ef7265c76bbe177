package points.ledger;

import java.time.Instant;
import points.ledger.command.Command;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;
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
    Instant paidAt = command.paidAt();
    if (paidAt == null || !paidAt.isBefore(now)) {
      return withBook(command, program, now);
    }
    Program then = programs.at(programId, paidAt);
    return withBook(command, then == null ? program : then.enrollingAs(program), paidAt);
  }

  /** Only orders are rated by the book; all else is decided without knowing it. */
  private Program withBook(Command command, Program program, Instant instant) {
    if (!(command instanceof Command.Accrue)) {
      return program;
    }
    PublishedBook book = timelines.at(program.programId(), instant);
    return book == null ? program : program.ratingBy(book);
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
