package points.ledger.registry;

/**
 * The result of a change of something that people set up.
 *
 * @param <T> the thing that changes
 */
public sealed interface SetupChange<T> {

  /** The thing as it is now. */
  record Done<T>(T now) implements SetupChange<T> {}

  /** The thing is not as the caller has read it: somebody else has changed it. */
  record Outdated<T>() implements SetupChange<T> {}

  /** The program has no such thing. */
  record Missing<T>() implements SetupChange<T> {}

  /** The earning of a program would change while orders earn by a published rule book. */
  record RuleBookInForce<T>() implements SetupChange<T> {}

  /** A currency would be taken away that members may have points of. */
  record CurrencyInUse<T>() implements SetupChange<T> {}
}
