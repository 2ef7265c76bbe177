package points.load.bench;

/**
 * A measurement that every round repeats.
 *
 * @param group its part of the report, or the gateways that were measured
 * @param what was measured, in words
 * @param connections or clients
 */
record Series(String group, String what, int connections) {}
