package points.ledger.lane;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many commands the next batch may hold. When the database rejects a batch for the fault of one
 * command, the limit is halved until that command is alone. It grows again only when that command
 * is found, or nobody of the rejected batch is left: else newcomers would keep it company for ever.
 */
final class PoisonCommandIsolation {

  private final int most;
  private final Set<QueuedCommand> suspects = new HashSet<>();
  private int now;

  PoisonCommandIsolation(int most) {
    this.most = most;
    this.now = most;
  }

  int now() {
    return now;
  }

  void written() {
    suspects.removeIf(QueuedCommand::isAnswered);
    if (suspects.isEmpty()) {
      now = Math.min(most, now * 2);
    }
  }

  /**
   * The command that cannot be written was alone; if there is another, it will be found as well.
   */
  void found() {
    suspects.clear();
  }

  /** One of these, two or more, cannot be written. */
  void rejected(List<QueuedCommand> batch) {
    suspects.addAll(batch);
    now = Math.max(1, batch.size() / 2);
  }
}
