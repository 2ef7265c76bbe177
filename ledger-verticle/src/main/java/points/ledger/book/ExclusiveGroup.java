package points.ledger.book;

/**
 * Promotions of which one counts.
 *
 * @param id by which promotions name it
 */
public record ExclusiveGroup(String id, Choice choice, Scope scope) {

  /** The way in which the one is chosen; ties go to the higher priority, then to the lower id. */
  public enum Choice {
    /** The one that gives most points. */
    BEST,
    /** The one of the highest priority. */
    PRIORITY
  }

  /** The lines among which one counts. */
  public enum Scope {
    /** One for each line. */
    LINE,
    /** One for the whole order. */
    ORDER
  }
}
