package points.ledger.commit;

import java.util.BitSet;
import java.util.List;
import points.ledger.budget.BudgetState;

/**
 * The result of a committed batch.
 *
 * @param confirmed indexes of the members whose results hold: written, or, where all was refused,
 *     refused rightly. The others are as if they had not been in the batch.
 * @param known indexes, over the commands of the whole batch, of those whose request or order has
 *     an entry already; their members are never confirmed
 * @param budgets as they are after it
 */
public record BatchResult(BitSet confirmed, BitSet known, List<BudgetState> budgets) {

  /** The result of a batch that drew on no budget. */
  public BatchResult(BitSet confirmed, BitSet known) {
    this(confirmed, known, List.of());
  }
}
