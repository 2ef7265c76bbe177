package points.ledger.model;

import java.time.Duration;

/** The bounds of the ledger's numbers; what lies beyond them is refused, never cut. */
public final class Limits {

  /** Most points one command may move, and most a balance may reach. */
  public static final long POINTS_MAX = 1_000_000_000_000_000L;

  /** Most an order may amount to, in minor units of the program's currency. */
  public static final long AMOUNT_MAX = 1_000_000_000_000_000L;

  /** How long points may be held at most. */
  public static final Duration HOLD_MAX = Duration.ofDays(7);

  /** How many holds, and how many accruals that are pending, a member may have at a time. */
  public static final int RESERVES_MAX = 100;

  /** How many entries of one order, and such as refer to them, are looked at. */
  public static final int ENTRIES_OF_ORDER_MAX = 1_000;

  private Limits() {}
}
