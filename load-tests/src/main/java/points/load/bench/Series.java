package points.load.bench;

import java.util.Arrays;
import java.util.List;

/**
 * A measurement that every round repeats.
 *
 * @param group its part of the report, or the gateways that were measured
 * @param what was measured, in words
 * @param connections or clients
 */
record Series(String group, String what, int connections) {
  /** Returns the same measurement at several numbers of connections. */
  static List<Series> of(String group, String what, Integer... connections) {
    return Arrays.stream(connections).map(each -> new Series(group, what, each)).toList();
  }
}
