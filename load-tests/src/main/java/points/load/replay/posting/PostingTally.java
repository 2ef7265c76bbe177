package points.load.replay.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import points.load.model.Entry.Order;
import points.load.model.Mismatch;
import points.load.replay.receipt.Receipt;

/** Counts the gateway's answers and the mismatches of a run, from several event loops. */
public final class PostingTally {
  /** The number of mismatches kept in full; the rest is only counted. */
  static final int SHOWN = 10;

  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder replays = new LongAdder();
  private final LongAdder refunds = new LongAdder();
  private final LongAdder parked = new LongAdder();
  private final LongAdder replayedRefunds = new LongAdder();
  private final Histogram latencyMicros =
      new ConcurrentHistogram(1, TimeUnit.MINUTES.toMicros(10), 3);
  private final Set<Order> refused = ConcurrentHashMap.newKeySet();
  private final List<Mismatch> shown = new ArrayList<>();
  private long mismatches;

  void acknowledged(boolean replayed, long latencyNanos) {
    acknowledged.increment();
    if (replayed) {
      replays.increment();
    }
    long micros = TimeUnit.NANOSECONDS.toMicros(latencyNanos);
    latencyMicros.recordValue(Math.min(micros, latencyMicros.getHighestTrackableValue()));
  }

  /**
   * A refund was taken.
   *
   * @param isParked whether it waits for its sale
   */
  void refunded(boolean replayed, boolean isParked) {
    refunds.increment();
    if (isParked) {
      parked.increment();
    }
    if (replayed) {
      replayedRefunds.increment();
    }
  }

  void refused(Receipt receipt, String why) {
    refused.add(receipt.order());
    mismatch(new Mismatch(receipt.memberId(), receipt.order() + " was refused: " + why));
  }

  public boolean wasRefused(Receipt receipt) {
    return refused.contains(receipt.order());
  }

  public synchronized void mismatch(Mismatch mismatch) {
    mismatches++;
    if (shown.size() < SHOWN) {
      shown.add(mismatch);
    }
  }

  public long acknowledgedCount() {
    return acknowledged.sum();
  }

  public long replayCount() {
    return replays.sum();
  }

  public long refundCount() {
    return refunds.sum();
  }

  /** Returns how many of the refunds waited for their sale. */
  public long parkedCount() {
    return parked.sum();
  }

  public long replayedRefundCount() {
    return replayedRefunds.sum();
  }

  public synchronized long mismatchCount() {
    return mismatches;
  }

  /** The first {@link #SHOWN}. */
  public synchronized List<Mismatch> firstMismatches() {
    return List.copyOf(shown);
  }

  /** Returns a latency in milliseconds; 0 when nothing was acknowledged. */
  public double latencyMillis(double percentile) {
    return latencyMicros.getTotalCount() == 0
        ? 0
        : latencyMicros.getValueAtPercentile(percentile) / 1000.0;
  }
}
