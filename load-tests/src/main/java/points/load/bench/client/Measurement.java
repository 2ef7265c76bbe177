package points.load.bench.client;

import org.HdrHistogram.Histogram;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;

/**
 * The figures of one load.
 *
 * @param rate acknowledged requests per second of the window
 * @param latencyUs of the acknowledged requests of the window
 * @param use processor time per acknowledged request of the window
 * @param written acknowledged writes, those outside of the window too
 * @param refused deductions refused for want of points, those outside of the window too
 */
public record Measurement(
    double rate, Histogram latencyUs, ProcessorTime use, long written, long refused) {

  public double latencyMs(double percentile) {
    return latencyUs.getValueAtPercentile(percentile) / 1e3;
  }

  /** Fails unless PostgreSQL has exactly as many more entries as were acknowledged. */
  public Measurement requireWritten(long entries) {
    if (written != entries) {
      throw new HarnessException(
          "%d entries were acknowledged and PostgreSQL has %d more than before"
              .formatted(written, entries));
    }
    return this;
  }
}
