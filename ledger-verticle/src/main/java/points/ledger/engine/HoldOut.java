package points.ledger.engine;

/** Places members in a hold-out share, by chance and always the same for one promotion. */
final class HoldOut {

  static final int OF = 10_000;

  private HoldOut() {}

  /** Returns a number from 0 to 9999, from the FNV-1a hash of both ids. */
  static int place(String memberId, String promotionId) {
    long hash = 0xcbf29ce484222325L;
    hash = mix(hash, memberId);
    hash = mix(hash, "\n");
    hash = mix(hash, promotionId);
    hash ^= hash >>> 32; // its low bits alone are close for close ids
    hash *= 0x9e3779b97f4a7c15L;
    return (int) Long.remainderUnsigned(hash >>> 16, OF);
  }

  private static long mix(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
