package points.load.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a load brought: counts of its answers and the latencies of those in the measuring window.
 */
final class Tally {
  private static final long LATENCY_US_MAX = 120_000_000;

  private final Histogram latencyUs = new Histogram(LATENCY_US_MAX, 3);
  private final Map<String, Long> wrong = new TreeMap<>();
  private long written;
  private long refused;

  /**
   * Counts an answer. Latency is from before a request is made to the last byte of its answer, in a
   * closed loop: a connection waits for its answer before it asks again.
   */
  void count(Kind kind, ResponseReader answer, long latencyNanos, boolean inWindow) {
    switch (kind.judge(answer)) {
      case ACKNOWLEDGED -> {
        if (kind.writes()) {
          written++;
        }
        if (inWindow) {
          latencyUs.recordValue(Math.min(latencyNanos / 1000, LATENCY_US_MAX));
        }
      }
      case REFUSED -> refused++;
      case WRONG ->
          wrong.merge(kind + " answered " + answer.status() + " " + answer.body(), 1L, Long::sum);
    }
  }

  void add(Tally other) {
    latencyUs.add(other.latencyUs);
    written += other.written;
    refused += other.refused;
    other.wrong.forEach((what, count) -> wrong.merge(what, count, Long::sum));
  }

  /** Acknowledged requests in the window. */
  long inWindow() {
    return latencyUs.getTotalCount();
  }

  /** Acknowledged writes from the first request to the last, also outside the window. */
  long written() {
    return written;
  }

  /** Refusals for want of points, also outside the window. */
  long refused() {
    return refused;
  }

  Latency latency() {
    return Latency.ofMicros(latencyUs::getValueAtPercentile);
  }

  /** Throws when any answer was neither a success nor a refusal that may be. */
  void requireNothingWrong() {
    if (!wrong.isEmpty()) {
      long count = wrong.values().stream().mapToLong(Long::longValue).sum();
      throw new BenchmarkFailure(
          count + " wrong answers, such as: " + wrong.keySet().iterator().next());
    }
  }
}
