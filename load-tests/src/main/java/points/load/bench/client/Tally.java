package points.load.bench.client;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;

/** Counts the answers of a load, and records the latencies of those in the measuring window. */
final class Tally {
  private static final long LATENCY_US_MAX = 120_000_000;

  private final Histogram latencyUs = new Histogram(LATENCY_US_MAX, 3);
  private final Map<String, Long> wrong = new TreeMap<>();
  private long written;
  private long refused;

  /**
   * Counts an answer.
   *
   * @param latencyNanos from before the request was made to the last byte of its answer
   */
  void count(Request request, ResponseReader answer, long latencyNanos, boolean inWindow) {
    if (answer.status() == request.success()) {
      written += request.writes() ? 1 : 0;
      if (inWindow) {
        latencyUs.recordValue(Math.min(latencyNanos / 1000, LATENCY_US_MAX));
      }
    } else if (request.mayBeRefused(answer.status(), answer.body())) {
      refused++;
    } else {
      wrong.merge(request + " answered " + answer.status() + " " + answer.body(), 1L, Long::sum);
    }
  }

  void add(Tally other) {
    latencyUs.add(other.latencyUs);
    written += other.written;
    refused += other.refused;
    other.wrong.forEach((what, count) -> wrong.merge(what, count, Long::sum));
  }

  /** Refuses wrong answers: those that were neither a success nor a refusal to be expected. */
  Measurement measurement(ProcessorTime use, double seconds) {
    if (!wrong.isEmpty()) {
      long count = wrong.values().stream().mapToLong(Long::longValue).sum();
      throw new HarnessException(
          count + " wrong answers, such as: " + wrong.keySet().iterator().next());
    }
    long inWindow = latencyUs.getTotalCount();
    ProcessorTime each = use.per(Math.max(1, inWindow));
    return new Measurement(inWindow / seconds, latencyUs, each, written, refused);
  }
}
