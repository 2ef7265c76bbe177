package points.load.bench;

/**
 * One figure over another, mostly rates.
 *
 * @param what in words
 * @param value over the rounds
 * @param floor below it the gateway is not good enough; 0 for a figure without a demand
 * @param aim where it should get to; 0 for a figure without one
 */
record Ratio(String what, Spread value, double floor, double aim) {
  /** Returns the same ratio, held against demands. */
  Ratio demanding(double atLeast, double desired) {
    return new Ratio(what, value, atLeast, desired);
  }

  String verdict() {
    if (floor == 0) {
      return "–";
    }
    if (value.median() < floor) {
      return "below the floor";
    }
    return aim > 0 && value.median() < aim ? "above the floor, below the aim" : "met";
  }
}
