package points.ledger.commit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetKey;
import points.ledger.command.Command;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;

/**
 * The content of one statement: members in key order, each once, with all commands on it decided.
 *
 * @param members sorted by key, so that two writers of the same members meet in one order and
 *     neither waits for the other in a ring
 * @param looksForKnown whether accepted commands are looked for before they are written; without, a
 *     repeated one fails the batch as a conflict, which costs nothing as long as there is none
 * @param budgets the limits of the budgets that the decisions looked at
 */
public record Batch(
    List<Member> members, boolean looksForKnown, Map<BudgetKey, BudgetLimit> budgets) {

  /** A batch that draws on no budget. */
  public Batch(List<Member> members, boolean looksForKnown) {
    this(members, looksForKnown, Map.of());
  }

  /**
   * The limit of a budget at the time of the decisions.
   *
   * @param stops whether the budget ends for good when it is reached
   * @param warnAt the shares at which people are warned, see {@link Budget#warnAtText}
   */
  public record BudgetLimit(long points, boolean stops, String warnAt) {}

  /** Returns the number of commands that the batch decides. */
  public int commands() {
    return members.stream().mapToInt(member -> member.decided().size()).sum();
  }

  /**
   * A member's results in a batch.
   *
   * <p>PostgreSQL applies them only if the member's sequence is still that of {@code before}. If
   * nothing was accepted, the same test confirms the refusals.
   *
   * @param before the state that the first command was decided from; null when not enrolled
   * @param after the state after the last
   */
  public record Member(
      MemberKey key,
      @Nullable MemberState before,
      @Nullable MemberState after,
      List<Decided> decided) {

    public long sequenceBefore() {
      return before == null ? -1 : before.sequence();
    }

    public long sequenceAfter() {
      return after == null ? -1 : after.sequence();
    }
  }

  /**
   * A command with the entries that it makes.
   *
   * @param entries none when it is refused
   * @param isDryRun whether it is decided only; then nobody looks for an entry of its key or order
   */
  public record Decided(Command command, List<Entry> entries, boolean isDryRun) {}
}
