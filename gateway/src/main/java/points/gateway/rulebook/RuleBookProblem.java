package points.gateway.rulebook;

import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.ledger.form.FieldFault;
import points.ledger.rulebook.Draft;
import points.ledger.rulebook.DraftChange;
import points.ledger.rulebook.Publications;
import points.ledger.rulebook.TimelineChange;

/** The problems that refused changes of rule books are in HTTP. */
final class RuleBookProblem {

  static final Problem NOT_FOUND =
      Problem.of(Code.NOT_FOUND, "The program has no such rule book or publication.");

  private static final Problem CHANGED =
      Problem.of(
          Code.CHANGED_MEANWHILE,
          "The rule book was changed meanwhile. Read it again; nothing was changed.");

  private RuleBookProblem() {}

  static Problem of(DraftChange refused) {
    if (refused instanceof DraftChange.Exists) {
      return Problem.of(
          Code.RULE_BOOK_EXISTS, "The program has a rule book of this id already. Take another.");
    } else if (refused instanceof DraftChange.TooMany) {
      return Problem.of(
          Code.TOO_MANY_RULE_BOOKS,
          "The program has %d drafts. Publish some, or delete them.".formatted(Draft.DRAFTS_MAX));
    } else if (refused instanceof DraftChange.Final) {
      return Problem.of(
          Code.RULE_BOOK_PUBLISHED,
          "A rule book that was published never changes. Make a new one.");
    } else if (refused instanceof DraftChange.Outdated) {
      return CHANGED;
    }
    return NOT_FOUND;
  }

  static Problem of(TimelineChange refused) {
    if (refused instanceof TimelineChange.OutsideOf range) {
      return Problem.invalid("/at", FieldFault.TIME_RANGE, range.earliest(), range.latest());
    } else if (refused instanceof TimelineChange.TooManyScheduled) {
      return Problem.of(
          Code.TOO_MANY_RULE_BOOKS,
          "%d publications wait for their instant. Withdraw some."
              .formatted(Publications.SCHEDULED_MAX));
    } else if (refused instanceof TimelineChange.TooLate late) {
      return Problem.of(
          Code.PUBLICATION_FINAL,
          "Publication %d is in force from %s; it could be withdrawn until %d seconds before. Roll back."
              .formatted(
                  late.publication().number(),
                  late.publication().inForceFrom(),
                  Publications.LEAD.toSeconds()));
    } else if (refused instanceof TimelineChange.NothingBefore) {
      return Problem.of(
          Code.NO_EARLIER_RULE_BOOK, "No other rule book was in force before the present one.");
    } else if (refused instanceof TimelineChange.Outdated) {
      return CHANGED;
    }
    return NOT_FOUND;
  }
}
