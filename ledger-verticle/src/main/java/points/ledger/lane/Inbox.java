package points.ledger.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Outcome;
import points.ledger.domain.Outcome.Cause;

/**
 * The door of a lane: commands come in from any thread and are taken on, or turned away at once. It
 * counts those that are not answered yet.
 */
final class Inbox {

  private final LaneOptions options;
  private final LaneClock clock;
  private final Supplier<Cause> whyNot;
  private final Runnable wake;

  private final Queue<QueuedCommand> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicInteger depth = new AtomicInteger();
  private volatile long oldest = Long.MAX_VALUE;
  private volatile boolean closed;

  /**
   * @param whyNot what somebody is told whose command is not taken on
   * @param wake has the lane take in what has arrived
   */
  Inbox(LaneOptions options, LaneClock clock, Supplier<Cause> whyNot, Runnable wake) {
    this.options = options;
    this.clock = clock;
    this.whyNot = whyNot;
    this.wake = wake;
  }

  void submit(QueuedCommand pending) {
    int ahead = depth.getAndIncrement(); // before the look at closed: who closes waits for depth 0
    if (closed) {
      turnAway(pending, Cause.STOPPING);
    } else if (ahead >= options.commandsMax() || ageNanos() > options.ageMax().toNanos()) {
      turnAway(pending, whyNot.get());
    } else {
      queue.add(pending);
      wake();
    }
  }

  private void turnAway(QueuedCommand pending, Cause cause) {
    depth.decrementAndGet();
    pending.answer(new Outcome.NotApplied(cause));
  }

  /** Takes nothing on any more. */
  void close() {
    closed = true;
    wake();
  }

  boolean isClosed() {
    return closed;
  }

  /** The next that was taken on; null when there is none. */
  @Nullable QueuedCommand poll() {
    return queue.poll();
  }

  /**
   * One of those taken on is answered.
   *
   * @param oldestOfRest as in {@link #oldest(long)}
   */
  void answered(long oldestOfRest) {
    oldest = oldestOfRest;
    depth.decrementAndGet();
  }

  /** How many were taken on and are not answered. */
  int depth() {
    return depth.get();
  }

  /** How long the oldest of them has waited. */
  long ageNanos() {
    long since = oldest;
    return since == Long.MAX_VALUE ? 0 : Math.max(0, clock.nanos() - since);
  }

  /** The lane says when the oldest of them came in; {@link Long#MAX_VALUE} when there is none. */
  void oldest(long arrivedNanos) {
    oldest = arrivedNanos;
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      wake.run();
    }
  }

  /** The lane is awake: whoever comes from now on wakes it again. */
  void awake() {
    woken.set(false);
  }
}
