package points.ledger.whatif.run;

/** The limits of a simulation and its share of the node. */
record SimulationLimits(long entriesMax, int membersMax, int undoneMax, int pausePercent) {
  static final SimulationLimits OF_NODE = new SimulationLimits(5_000_000, 200_000, 100_000, 25);
}
