package points.load.fault.history;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All calls of a run, kept as they end. Any thread may add to it. */
public final class History {
  private final Instant began = Instant.now();
  private final long origin = System.nanoTime();
  private final AtomicLong ids = new AtomicLong();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  /** Makes a call and keeps it, whatever comes of it. */
  public Call record(
      String client,
      String node,
      Operation operation,
      @Nullable String key,
      Supplier<Answer> sending) {
    long id = ids.incrementAndGet();
    long begin = now();
    Answer answer = sending.get();
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

  /** How many calls have been made. */
  public long size() {
    return ids.get();
  }

  /** Those that have ended, in the order of their ends. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }
}
