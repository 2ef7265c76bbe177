package points.load.fault.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;

/**
 * Members who stay for a while and end: they are merged into another or closed, the oldest first,
 * while others still want something of them. So many end in a run at most, and none who is to stay.
 */
final class TemporaryMembers {
  private static final int AT_A_TIME = 4;
  private static final int ENDINGS_MAX = 60;

  private final String beginning;
  private final AtomicInteger gone = new AtomicInteger();

  TemporaryMembers(String prefix) {
    this.beginning = prefix + "-g";
  }

  boolean isOne(String memberId) {
    return memberId.startsWith(beginning);
  }

  /** One of those who are there, mostly. */
  String any(RandomGenerator random) {
    int there = gone.get() + random.nextInt(AT_A_TIME);
    return name(random.nextInt(8) == 0 ? random.nextInt(there + 1) : there);
  }

  /**
   * The end of the oldest.
   *
   * @param stays into whom it may be merged
   * @return null when enough have ended
   */
  @Nullable Operation ending(RandomGenerator random, String stays) {
    int oldest = gone.get();
    if (oldest >= ENDINGS_MAX) {
      return null;
    }
    int kind = random.nextInt(10);
    if (kind < 3) {
      return new Operation.Close(name(oldest), "office", "wants no more");
    }
    String other = name(oldest + 1 + random.nextInt(AT_A_TIME - 1));
    return new Operation.Merge(name(oldest), kind < 6 ? other : stays, "office", "is the same");
  }

  /** It has ended, or cannot now: the next one is to be asked. */
  void settle(Operation operation) {
    if (operation instanceof Operation.Merge || operation instanceof Operation.Close) {
      int oldest = gone.get();
      if (operation.memberId().equals(name(oldest))) {
        gone.compareAndSet(oldest, oldest + 1);
      }
    }
  }

  private String name(int number) {
    return beginning + number;
  }
}
