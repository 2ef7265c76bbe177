package points.ledger.domain;

import java.util.List;

/** What the fold made of a command. */
public sealed interface Decision {

  /** What is to be written, in order, without gaps after the old state's sequence. */
  List<Entry> entries();

  /** What the caller is told once that is written. */
  Outcome outcome();

  /**
   * The command is done once its entries are written.
   *
   * @param entries one or more
   * @param answer the one of them that is the command's own
   * @param state the member's state after them
   */
  record Accepted(List<Entry> entries, Entry answer, MemberState state) implements Decision {
    @Override
    public Outcome outcome() {
      return new Outcome.Accepted(answer);
    }
  }

  /** Nothing is to be written; the state stays as it was. */
  record Refused(Refusal refusal) implements Decision {
    @Override
    public List<Entry> entries() {
      return List.of();
    }

    @Override
    public Outcome outcome() {
      return new Outcome.Refused(refusal);
    }
  }
}
