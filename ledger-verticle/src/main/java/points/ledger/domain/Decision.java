package points.ledger.domain;

import java.util.List;

/** What the fold made of a command. */
public sealed interface Decision {

  /**
   * The command is done once its entries are written.
   *
   * @param entries to be written, in order, without gaps after the old state's sequence
   * @param answer the one of them that is the command's own
   * @param state the member's state after them
   */
  record Accepted(List<Entry> entries, Entry answer, MemberState state) implements Decision {}

  /** Nothing is to be written; the state stays as it was. */
  record Refused(Refusal refusal) implements Decision {}
}
