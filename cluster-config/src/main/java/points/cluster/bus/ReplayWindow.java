package points.cluster.bus;

import java.util.Arrays;

/**
 * The numbers of a sender's messages that have come, so that none counts twice. Messages overtake
 * each other on their way; one that is {@value #SIZE} numbers behind the newest is refused, since
 * whether it came is not known any more.
 */
final class ReplayWindow {

  static final int SIZE = 1 << 16;

  private final long[] came = new long[SIZE / Long.SIZE];
  private long newest = -1;

  /**
   * Notes a number.
   *
   * @return whether it has not come before
   */
  synchronized boolean isNew(long number) {
    if (number < 0 || number <= newest - SIZE) {
      return false;
    }
    if (number > newest) {
      forget(newest + 1, number);
      newest = number;
    }
    int word = word(number);
    long bit = 1L << number;
    boolean isNew = (came[word] & bit) == 0;
    came[word] |= bit;
    return isNew;
  }

  /** The numbers that share a place with these fall out of the window. */
  private void forget(long first, long last) {
    if (last - first >= SIZE) {
      Arrays.fill(came, 0);
      return;
    }
    for (long number = first; number <= last; number++) {
      came[word(number)] &= ~(1L << number);
    }
  }

  private static int word(long number) {
    return (int) (number % SIZE) / Long.SIZE;
  }
}
