package points.ledger.lane;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Size limit of the next batch, by which a command that PostgreSQL rejects is found.
 *
 * <p>Example: PostgreSQL rejects a batch of 8 because of one command. The limit becomes 4, then 2,
 * then 1, until that command is alone and fails. Only then, or when all 8 are answered, does the
 * limit grow again; otherwise new commands would join the bad one for ever.
 */
final class PoisonCommandIsolation {

  private final int batchMax;
  private final Set<QueuedCommand> suspects = new HashSet<>();
  private int batchLimit;

  PoisonCommandIsolation(int batchMax) {
    this.batchMax = batchMax;
    this.batchLimit = batchMax;
  }

  /** Commands that the next batch may hold at most. */
  int batchLimit() {
    return batchLimit;
  }

  void written() {
    suspects.removeIf(QueuedCommand::isAnswered);
    if (suspects.isEmpty()) {
      batchLimit = Math.min(batchMax, batchLimit * 2);
    }
  }

  /** Notes that the rejected command was alone; another one would be found the same way. */
  void found() {
    suspects.clear();
  }

  /** Has the next batches be smaller than one that failed, however long its commands take. */
  void shrink(int size) {
    batchLimit = Math.max(1, size / 2);
  }

  /** Notes a rejected batch of two or more commands. */
  void rejected(List<QueuedCommand> batch) {
    suspects.addAll(batch);
    batchLimit = Math.max(1, batch.size() / 2);
  }
}
