package points.ledger.proof;

/** A rule that holds in the database: a query whose rows break it. */
interface Check {

  /** Returns the rule in words. */
  String what();

  /**
   * Returns the query: first the thing that a row is about, then the expected value and the one
   * found.
   */
  String sql();
}
