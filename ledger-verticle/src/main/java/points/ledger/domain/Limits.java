package points.ledger.domain;

/** The bounds of the ledger's numbers; what lies beyond them is refused, never cut. */
public final class Limits {

  /** Most points one command may move, and most a balance may reach. */
  public static final long POINTS_MAX = 1_000_000_000_000_000L;

  /** Most an order may amount to, in minor units of the program's currency. */
  public static final long AMOUNT_MAX = 1_000_000_000_000_000L;

  private Limits() {}
}
