package points.ledger;

import java.time.Instant;
import java.time.InstantSource;
import points.ledger.command.Command;
import points.ledger.program.Program;
import points.ledger.refund.RefundRequest;
import points.ledger.registry.Programs;

/** Selects the version of the program's rules by which a command is decided. */
final class RuleSelector {

  private final Programs programs;
  private final InstantSource time;

  RuleSelector(Programs programs, InstantSource time) {
    this.programs = programs;
    this.time = time;
  }

  /** The rules in force now; for an order that was paid earlier, those in force then. */
  Program of(Command command) {
    String programId = command.member().programId();
    Program program = programs.find(programId);
    if (program == null) {
      throw new IllegalStateException("no program " + programId);
    }
    Instant paidAt = command.paidAt();
    if (paidAt == null || !paidAt.isBefore(time.instant())) {
      return program;
    }
    Program then = programs.at(programId, paidAt);
    return then == null ? program : then.enrollingAs(program);
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
