package points.ledger.rulebook;

import java.time.Instant;

/** The result of a change of a program's timeline. */
public sealed interface TimelineChange {

  /** It is done; the publication as it is now. */
  record Done(Publication publication) implements TimelineChange {}

  /** The publication was withdrawn before; nothing changes. */
  record Unchanged(Publication publication) implements TimelineChange {}

  /** The program has no such book, or the book no such publication. */
  record Missing() implements TimelineChange {}

  /** The book is not the one that was checked: somebody has replaced it meanwhile. */
  record Outdated() implements TimelineChange {}

  /** It cannot be in force from that instant, only from one of these. */
  record OutsideOf(Instant earliest, Instant latest) implements TimelineChange {}

  /** As many publications wait for their instant as may. */
  record TooManyScheduled() implements TimelineChange {}

  /** The publication is in force, or is about to be. */
  record TooLate(Publication publication) implements TimelineChange {}

  /** No other book was in force before the present one. */
  record NothingBefore() implements TimelineChange {}
}
