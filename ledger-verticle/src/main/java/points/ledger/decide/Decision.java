package points.ledger.decide;

import java.util.List;
import points.ledger.command.HistoryQuery;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;

/** The decision on a command. */
public sealed interface Decision {

  /** Returns the entries to write, in order, without gaps after the old state's sequence. */
  List<Entry> entries();

  /**
   * The command is done once its entries are written.
   *
   * @param entries one or more
   * @param answer the one of them that is the command's own
   * @param state the member's state after them
   */
  record Accepted(List<Entry> entries, Entry answer, MemberState state) implements Decision {}

  /**
   * The effects of time are written, and nothing else was asked for.
   *
   * @param entries none when there was nothing
   */
  record TimeApplied(List<Entry> entries, MemberState state) implements Decision {}

  /** Nothing is to be written; the state stays as it was. */
  record Refused(Refusal refusal) implements Decision {
    @Override
    public List<Entry> entries() {
      return List.of();
    }
  }

  /** The member has another sequence than the command was to be decided at. */
  record Outdated() implements Decision {
    @Override
    public List<Entry> entries() {
      return List.of();
    }
  }

  /** Not to be decided from the state alone: the decider has to see these entries first. */
  record NeedsHistory(HistoryQuery needed) implements Decision {
    @Override
    public List<Entry> entries() {
      return List.of();
    }
  }

  /** Returns the outcome for the caller once the entries are written. */
  default Outcome outcome() {
    if (this instanceof Accepted accepted) {
      return new Outcome.Accepted(accepted.answer());
    } else if (this instanceof Refused refused) {
      return new Outcome.Refused(refused.refusal());
    } else if (this instanceof TimeApplied settled) {
      return new Outcome.TimeApplied(settled.entries().size());
    } else if (this instanceof Outdated) {
      return new Outcome.Outdated();
    }
    throw new IllegalStateException("not decided: " + this);
  }
}
