package points.ledger.wire;

/** The versions of messages. */
final class Versions {

  private Versions() {}

  /**
   * @throws IllegalArgumentException if the version is another than the one that is known
   */
  static void require(int known, long found) {
    if (found != known) {
      throw new IllegalArgumentException("version " + found + ", this node knows " + known);
    }
  }
}
