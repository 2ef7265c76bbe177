package points.ledger.account;

import java.time.Duration;

/** The bounds of the ledger's numbers; what lies beyond them is refused, never cut. */
public final class Limits {

  /** Most points one command may move, and most a balance may reach. */
  public static final long POINTS_MAX = 1_000_000_000_000_000L;

  /** Most an order may amount to, in minor units of the program's currency. */
  public static final long AMOUNT_MAX = 1_000_000_000_000_000L;

  /** Longest time for which points may be held. */
  public static final Duration HOLD_MAX = Duration.ofDays(7);

  /** Greatest number of holds, and of pending accruals, that a member may have at a time. */
  public static final int RESERVES_MAX = 100;

  /** Greatest number of entries looked at for one order, those that refer to it included. */
  public static final int ENTRIES_OF_ORDER_MAX = 1_000;

  private Limits() {}
}
