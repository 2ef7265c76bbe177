package points.load.fault.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;

/**
 * Members that exist for a while and are then merged or closed, the oldest first. Callers still
 * send operations on them. Members that last through the run never end.
 */
final class TemporaryMembers {
  private static final int AT_A_TIME = 4;
  private static final int ENDS_MAX = 60;

  private final String beginning;
  private final AtomicInteger ended = new AtomicInteger();

  TemporaryMembers(String prefix) {
    this.beginning = prefix + "-g";
  }

  boolean isOne(String memberId) {
    return memberId.startsWith(beginning);
  }

  /** One of the present members; sometimes one that has ended. */
  String any(RandomGenerator random) {
    int present = ended.get() + random.nextInt(AT_A_TIME);
    return name(random.nextInt(8) == 0 ? random.nextInt(present + 1) : present);
  }

  /**
   * Ends the oldest.
   *
   * @param lasting a member into which it may be merged
   * @return null when enough have ended
   */
  @Nullable Operation end(RandomGenerator random, String lasting) {
    int oldest = ended.get();
    if (oldest >= ENDS_MAX) {
      return null;
    }
    int kind = random.nextInt(10);
    if (kind < 3) {
      return new Operation.Close(name(oldest), "office", "wants no more");
    }
    String other = name(oldest + 1 + random.nextInt(AT_A_TIME - 1));
    return new Operation.Merge(name(oldest), kind < 6 ? other : lasting, "office", "is the same");
  }

  /** Goes on to the next member once the oldest has ended, or is refused to end. */
  void onAnswered(Operation operation) {
    if (operation instanceof Operation.Merge || operation instanceof Operation.Close) {
      int oldest = ended.get();
      if (operation.memberId().equals(name(oldest))) {
        ended.compareAndSet(oldest, oldest + 1);
      }
    }
  }

  private String name(int number) {
    return beginning + number;
  }
}
