package points.load.bench;

import java.util.function.DoubleToLongFunction;

/** Percentiles of latency, in milliseconds. */
record Latency(double p50, double p99, double p999) {
  static Latency ofMicros(DoubleToLongFunction valueAtPercentile) {
    return new Latency(
        valueAtPercentile.applyAsLong(50) / 1e3,
        valueAtPercentile.applyAsLong(99) / 1e3,
        valueAtPercentile.applyAsLong(99.9) / 1e3);
  }
}
