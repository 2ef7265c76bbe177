package points.cluster.peer;

/**
 * What a node says of itself when another asks whether it is there.
 *
 * @param takesCommands whether its ledger decides and writes
 * @param settled whether all that it decided by itself during a split is known to the cluster
 */
record Greeting(boolean takesCommands, boolean settled) {

  static final Greeting NOTHING = new Greeting(false, true);

  private static final int TAKES_COMMANDS = 1;
  private static final int SETTLED = 2;

  /** Bits that a later version adds are passed over by this one. */
  int toBits() {
    return (takesCommands ? TAKES_COMMANDS : 0) | (settled ? SETTLED : 0);
  }

  static Greeting of(int bits) {
    return new Greeting((bits & TAKES_COMMANDS) != 0, (bits & SETTLED) != 0);
  }
}
