package points.load.bench;

/**
 * One series in one round.
 *
 * @param rate acknowledged requests per second
 * @param use processor time per request, in microseconds
 * @param refused deductions refused for want of points
 */
record Measurement(double rate, Latency latency, ProcessorUse use, long refused) {}
