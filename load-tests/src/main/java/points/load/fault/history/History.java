package points.load.fault.history;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All calls of a run, in the order in which they end. Any thread may add to it. */
public final class History {
  private final Instant began = Instant.now();
  private final long origin = System.nanoTime();
  private final AtomicLong ids = new AtomicLong();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  /** Makes a call and records it, whatever its answer is. */
  public Call record(
      String client,
      String node,
      Operation operation,
      @Nullable String key,
      Supplier<RecordedAnswer> sending) {
    long id = ids.incrementAndGet();
    long begin = now();
    RecordedAnswer answer = sending.get();
    Call call = new Call(id, client, node, operation, key, begin, now(), answer);
    calls.add(call);
    return call;
  }

  /** The time of day when the history began. */
  public Instant began() {
    return began;
  }

  /** Nanoseconds since the history began. */
  public long now() {
    return System.nanoTime() - origin;
  }

  /** The number of calls that have begun. */
  public long size() {
    return ids.get();
  }

  /** The calls that have ended. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }
}
