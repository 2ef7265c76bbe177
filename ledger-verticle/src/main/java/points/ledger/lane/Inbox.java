package points.ledger.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;

/**
 * Entrance of a lane. Accepts commands from any thread, or answers them at once as not applied when
 * too many wait or the oldest has waited too long.
 */
final class Inbox {

  private final LaneOptions options;
  private final LaneClock clock;
  private final Supplier<Cause> whyNot;

  private final Queue<QueuedCommand> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicInteger depth = new AtomicInteger();
  private volatile long oldest = Long.MAX_VALUE;
  private volatile boolean closed;

  /**
   * @param whyNot the cause that a caller is given whose command is turned away
   */
  Inbox(LaneOptions options, LaneClock clock, Supplier<Cause> whyNot) {
    this.options = options;
    this.clock = clock;
    this.whyNot = whyNot;
  }

  /**
   * Accepts a command, or turns it away.
   *
   * @return whether the lane is asleep, and has to be run
   */
  boolean submit(QueuedCommand queued) {
    int ahead = depth.getAndIncrement(); // before closed is read: a closing lane waits for depth 0
    if (closed) {
      turnAway(queued, Cause.STOPPING);
    } else if (ahead >= options.commandsMax() || ageNanos() > options.ageMax().toNanos()) {
      turnAway(queued, whyNot.get());
    } else {
      queue.add(queued);
      return wake();
    }
    return false;
  }

  private void turnAway(QueuedCommand queued, Cause cause) {
    depth.decrementAndGet();
    queued.answer(new Outcome.NotApplied(cause));
  }

  /**
   * Turns all commands away from now on.
   *
   * @return whether the lane is asleep, and has to be run
   */
  boolean close() {
    closed = true;
    return wake();
  }

  boolean isClosed() {
    return closed;
  }

  /** The next accepted command; null when there is none. */
  @Nullable QueuedCommand poll() {
    return queue.poll();
  }

  /**
   * Counts an accepted command as answered.
   *
   * @param oldestOfRest as in {@link #oldest(long)}
   */
  void answered(long oldestOfRest) {
    oldest = oldestOfRest;
    depth.decrementAndGet();
  }

  /** Accepted commands without an answer. */
  int depth() {
    return depth.get();
  }

  /** Age of the oldest of them. */
  long ageNanos() {
    long since = oldest;
    return since == Long.MAX_VALUE ? 0 : Math.max(0, clock.nanos() - since);
  }

  /** Sets the arrival of the oldest of them; {@link Long#MAX_VALUE} when there is none. */
  void oldest(long arrivedNanos) {
    oldest = arrivedNanos;
  }

  private boolean wake() {
    return woken.compareAndSet(false, true);
  }

  /** Called when the lane runs: the next command wakes it again. */
  void awake() {
    woken.set(false);
  }
}
