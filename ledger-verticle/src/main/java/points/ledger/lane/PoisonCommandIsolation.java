package points.ledger.lane;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Size limit of the next batch. When PostgreSQL rejects a batch because of one command, the limit
 * is halved until that command is alone. It grows again only when the command is found, or when all
 * commands of the rejected batch are answered; otherwise new commands would join it for ever.
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

  /** Notes a rejected batch of two or more commands. */
  void rejected(List<QueuedCommand> batch) {
    suspects.addAll(batch);
    batchLimit = Math.max(1, batch.size() / 2);
  }
}
