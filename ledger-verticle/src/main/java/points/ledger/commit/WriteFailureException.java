package points.ledger.commit;

import java.util.List;
import points.ledger.budget.BudgetState;

/** A batch was not acknowledged by the database. */
public final class WriteFailureException extends Exception {
  private static final long serialVersionUID = 1;

  /** The certainty about a batch that failed. */
  public enum Kind {
    /** Rolled back: it met another transaction. Sent again it may pass. */
    CONFLICT,
    /**
     * Rolled back: the database has a lower sequence of a member than this node remembered.
     *
     * <p>The database has lost commits, or somebody has restored a backup.
     */
    REWOUND,
    /** Rolled back: less or more is left of a budget than its decisions took for granted. */
    OTHER_BUDGET,
    /** Rolled back: something in it cannot be written. Sent again it fails again. */
    REJECTED,
    /** Not sent, or rolled back: the database takes no batch at present. */
    UNAVAILABLE,
    /** The connection was lost on the way: it is committed or it is not. */
    UNKNOWN
  }

  private final Kind kind;
  private final transient List<BudgetState> budgets;

  public WriteFailureException(Kind kind, Throwable cause) {
    this(kind, cause, List.of());
  }

  private WriteFailureException(Kind kind, Throwable cause, List<BudgetState> budgets) {
    super(kind + ": " + cause.getMessage(), cause);
    this.kind = kind;
    this.budgets = budgets;
  }

  /** A batch that was decided from a wrong knowledge of a budget. */
  public static WriteFailureException otherBudget(Throwable cause, BudgetState found) {
    return new WriteFailureException(Kind.OTHER_BUDGET, cause, List.of(found));
  }

  /** Returns the budgets as they were found. */
  public static List<BudgetState> budgetsOf(Throwable cause) {
    return cause instanceof WriteFailureException failure ? failure.budgets : List.of();
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Returns how certain the result of a batch is that failed for this cause; unknown for a strange
   * one.
   */
  public static Kind kindOf(Throwable cause) {
    return cause instanceof WriteFailureException failure ? failure.kind() : Kind.UNKNOWN;
  }
}
