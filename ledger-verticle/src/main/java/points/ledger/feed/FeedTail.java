package points.ledger.feed;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Wakes the callers that wait for new events of a program. Thread-safe.
 *
 * <p>A caller takes a {@link Waiter} before it reads, and waits on it when it found nothing: what
 * is numbered after its read wakes it, because the waiter was there before.
 */
public final class FeedTail {

  /** Waits for events of one program; must be closed. */
  public final class Waiter implements AutoCloseable {
    private final String programId;
    private final Promise<Boolean> woken;

    private Waiter(String programId) {
      this.programId = programId;
      this.woken = ((VertxInternal) vertx).promise();
    }

    /** Returns whether there may be new events; false when the time is over first. */
    public Future<Boolean> await(Duration longest) {
      if (!woken.future().isComplete()) {
        long timer = vertx.setTimer(Math.max(1, longest.toMillis()), late -> end(false));
        woken.future().onComplete(over -> vertx.cancelTimer(timer));
      }
      return woken.future();
    }

    private void end(boolean news) {
      woken.tryComplete(news);
    }

    /** Wakes the caller, and takes no more news. */
    @Override
    public void close() {
      remove(this);
      end(false);
    }
  }

  private final Vertx vertx;
  private final Map<String, List<Waiter>> waiting = new HashMap<>();
  private boolean closed;

  FeedTail(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Begins to wait, on the caller's context. */
  public Waiter waiter(String programId) {
    var waiter = new Waiter(programId);
    synchronized (waiting) {
      if (closed) {
        waiter.end(false);
      } else {
        waiting.computeIfAbsent(programId, first -> new ArrayList<>()).add(waiter);
      }
    }
    return waiter;
  }

  private void remove(Waiter waiter) {
    synchronized (waiting) {
      List<Waiter> others = waiting.get(waiter.programId);
      if (others != null && others.remove(waiter) && others.isEmpty()) {
        waiting.remove(waiter.programId);
      }
    }
  }

  /** Returns whether anybody waits. */
  boolean hasWaiters() {
    synchronized (waiting) {
      return !waiting.isEmpty();
    }
  }

  /** Wakes all that wait for these programs. */
  void wake(Set<String> programs) {
    var woken = new ArrayList<Waiter>();
    synchronized (waiting) {
      programs.forEach(it -> woken.addAll(waiting.getOrDefault(it, List.of())));
      programs.forEach(waiting::remove);
    }
    woken.forEach(it -> it.end(true));
  }

  /** Wakes everybody: what there may be new is not known. */
  void wakeAll() {
    wake(programs());
  }

  /** Ends all waits, also those that are begun later: the node stops. */
  void close() {
    var ended = new ArrayList<Waiter>();
    synchronized (waiting) {
      closed = true;
      waiting.values().forEach(ended::addAll);
      waiting.clear();
    }
    ended.forEach(it -> it.end(false));
  }

  private Set<String> programs() {
    synchronized (waiting) {
      return Set.copyOf(waiting.keySet());
    }
  }
}
