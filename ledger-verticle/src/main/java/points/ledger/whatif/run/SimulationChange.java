package points.ledger.whatif.run;

/** The result of a change of simulations. */
public sealed interface SimulationChange {

  /** It is done; the simulation as it is now. */
  record Done(Simulation simulation) implements SimulationChange {}

  /** The simulation was cancelled before; nothing changes. */
  record Unchanged(Simulation simulation) implements SimulationChange {}

  /** The program has no such book, or the book no such simulation. */
  record Missing() implements SimulationChange {}

  /** As many simulations of the program wait or run as may. */
  record TooMany() implements SimulationChange {}

  /** The simulation has ended and cannot be cancelled. */
  record Ended(Simulation simulation) implements SimulationChange {}
}
