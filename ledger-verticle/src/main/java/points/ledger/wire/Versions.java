package points.ledger.wire;

/** The versions of messages. */
final class Versions {

  private Versions() {}

  /**
   * @throws IllegalArgumentException if the version is another than the one that is known
   */
  static void require(int known, long found) {
    require(known, known, found);
  }

  /**
   * @throws IllegalArgumentException if the version is none of those that are known
   */
  static void require(int oldest, int newest, long found) {
    if (found < oldest || found > newest) {
      throw new IllegalArgumentException(
          "version " + found + ", this node knows " + oldest + " to " + newest);
    }
  }
}
