package points.load.model.book;

import points.load.model.Fraction;

/**
 * The place of a member among all members of a promotion, from which a share is held out.
 *
 * <p>FNV-1a, 64 bits, over the characters of the member's id, a line feed and the promotion's id;
 * its upper half is mixed into its lower, it is multiplied by 2^64 divided by the golden ratio, and
 * its upper 48 bits are taken modulo 10,000.
 */
final class HoldOut {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final int PLACES = 10_000;

  private HoldOut() {}

  /** Returns a number from 0 to below 1. */
  static Fraction place(String memberId, String promotion) {
    long hash = OFFSET;
    for (char letter : (memberId + "\n" + promotion).toCharArray()) {
      hash = (hash ^ letter) * PRIME;
    }
    hash = (hash ^ (hash >>> 32)) * GOLDEN;
    return Fraction.of((hash >>> 16) % PLACES).dividedBy(PLACES);
  }
}
