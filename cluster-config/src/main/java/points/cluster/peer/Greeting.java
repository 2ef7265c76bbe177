package points.cluster.peer;

/**
 * What a node says of itself when another asks whether it is there.
 *
 * @param takesCommands whether its ledger decides and writes
 * @param settled whether the others can see all that it has committed: nothing that it decided by
 *     itself during a split is to be brought in, and nothing could not be published
 * @param view a hash of who is in the cluster, as it sees it: two nodes of different views are
 *     about to find out that they are not of one cluster any more, or not yet
 */
record Greeting(boolean takesCommands, boolean settled, int view) {

  static final Greeting NOTHING = new Greeting(false, true, 0);

  private static final int TAKES_COMMANDS = 1;
  private static final int SETTLED = 2;
  private static final int FLAGS = Byte.SIZE;

  /** The flags in the lowest byte; those that a later version adds are passed over by this one. */
  long toBits() {
    int flags = (takesCommands ? TAKES_COMMANDS : 0) | (settled ? SETTLED : 0);
    return (long) view << FLAGS | flags;
  }

  static Greeting of(long bits) {
    return new Greeting((bits & TAKES_COMMANDS) != 0, (bits & SETTLED) != 0, (int) (bits >> FLAGS));
  }
}
