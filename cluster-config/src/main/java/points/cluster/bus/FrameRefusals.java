package points.cluster.bus;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was refused. The log gets sums, because whoever floods the port chooses how often.
 */
public final class FrameRefusals {

  /** The reasons, as metrics name them. */
  public static final List<String> LABELS =
      Arrays.stream(FrameRefusal.values()).map(FrameRefusal::label).toList();

  private static final Logger LOG = LoggerFactory.getLogger(FrameRefusals.class);

  private final Map<FrameRefusal, AtomicLong> counts = new EnumMap<>(FrameRefusal.class);
  private long logged;

  public FrameRefusals() {
    for (FrameRefusal refusal : FrameRefusal.values()) {
      counts.put(refusal, new AtomicLong());
    }
  }

  void count(FrameRefusal refusal) {
    of(refusal).incrementAndGet();
  }

  /**
   * Returns how many there were since the start.
   *
   * @param label one of {@link #LABELS}
   */
  public long count(String label) {
    return of(FrameRefusal.valueOf(label.toUpperCase(Locale.ROOT))).get();
  }

  private AtomicLong of(FrameRefusal refusal) {
    AtomicLong count = counts.get(refusal);
    if (count == null) {
      throw new IllegalStateException("not counted: " + refusal);
    }
    return count;
  }

  /** Logs how many were refused since it was last called, if any were. */
  synchronized void log() {
    long sum = counts.values().stream().mapToLong(AtomicLong::get).sum();
    if (sum > logged) {
      LOG.warn(
          "refused {} times at the event bus's port, {} since the start: another process reaches"
              + " it, or a node has another POINTS_CLUSTER_SECRET; see PointsBusRefused in the"
              + " runbook",
          counts,
          sum);
      logged = sum;
    }
  }
}
