package points.ledger.command;

import org.jspecify.annotations.Nullable;
import points.ledger.model.Entry;

/** The answer to a command. */
public sealed interface Outcome {

  /** It is committed. */
  record Accepted(Entry entry) implements Outcome {}

  /**
   * It had been committed before; this is its entry.
   *
   * @param undone how it was undone since; null when it stands, or when nobody looked
   */
  record Replayed(Entry entry, @Nullable Undone undone) implements Outcome {

    public Replayed(Entry entry) {
      this(entry, null);
    }
  }

  /**
   * The effects of time are written.
   *
   * @param entries how many it took; 0 when nothing was due
   */
  record TimeApplied(int entries) implements Outcome {}

  /**
   * A dry run of it is accepted: nothing is written.
   *
   * @param entry the entry that it would leave now
   */
  record Previewed(Entry entry) implements Outcome {}

  /** It has no entry by its key or its order, and none was made. */
  record NoEntry() implements Outcome {}

  /**
   * The member has another sequence than the command was to be decided at: certainly not applied.
   */
  record Outdated() implements Outcome {}

  /** The rules refuse it: certainly not applied. */
  record Refused(Refusal refusal) implements Outcome {}

  /**
   * The ledger could not take it on now: certainly not applied; the same command may come again.
   */
  record NotApplied(Cause cause) implements Outcome {}

  /**
   * Nobody knows yet whether it was applied. The same command sent again, or a look at the
   * transaction, clears it.
   */
  record InDoubt() implements Outcome {}

  /** The reason why the ledger could not take a command on. */
  enum Cause {
    /** More commands wait than the ledger lets wait. */
    OVERLOADED,
    /** The database does not answer. */
    UNAVAILABLE,
    /** The node is shutting down. */
    STOPPING
  }
}
