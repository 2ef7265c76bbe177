package points.cluster.peer;

/**
 * Answer of a node to another node's heartbeat request.
 *
 * @param takesCommands whether the node's ledger decides and writes
 * @param publishedAll whether the other nodes can see everything that the node has committed. False
 *     while a publication has failed, and while the node merges what it decided during a split
 * @param missesNode whether a node has left without a word, may have committed what nobody has
 *     seen, and is not declared dead yet. A node that joins meanwhile knows of it only by this
 * @param view a hash of the node's list of cluster members. Two nodes with different views are
 *     about to find out that the cluster has split, or that it has not formed yet
 */
record Heartbeat(boolean takesCommands, boolean publishedAll, boolean missesNode, int view) {

  /** Stands for a node that has not answered yet. */
  static final Heartbeat NONE = new Heartbeat(false, true, false, 0);

  private static final int TAKES_COMMANDS = 1;
  private static final int PUBLISHED_ALL = 2;
  private static final int MISSES_NODE = 4;
  private static final int FLAGS = Byte.SIZE;

  /** Flags in the lowest byte, then the view. A node ignores flags that a later version adds. */
  long toBits() {
    int flags =
        (takesCommands ? TAKES_COMMANDS : 0)
            | (publishedAll ? PUBLISHED_ALL : 0)
            | (missesNode ? MISSES_NODE : 0);
    return (long) view << FLAGS | flags;
  }

  static Heartbeat of(long bits) {
    return new Heartbeat(
        (bits & TAKES_COMMANDS) != 0,
        (bits & PUBLISHED_ALL) != 0,
        (bits & MISSES_NODE) != 0,
        (int) (bits >> FLAGS));
  }
}
