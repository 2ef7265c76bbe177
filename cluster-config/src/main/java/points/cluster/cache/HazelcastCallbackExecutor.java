package points.cluster.cache;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which Hazelcast completes its futures.
 *
 * <p>By default Hazelcast uses the common pool, even when the caller names an executor. On a
 * machine with two processors the common pool starts a new thread for each completion, which costs
 * 400 µs.
 */
final class HazelcastCallbackExecutor {

  /** More than one, because Vert.x may wait for other nodes in a completion. */
  private static final int THREADS = 2;

  private static final Executor OWN_THREADS =
      Executors.newFixedThreadPool(THREADS, HazelcastCallbackExecutor::thread);

  private static final AtomicInteger THREAD_NO = new AtomicInteger();

  private HazelcastCallbackExecutor() {}

  /** Replaces the default executor of the whole JVM; calling it again changes nothing. */
  static void install() {
    ConcurrencyUtil.setDefaultAsyncExecutor(OWN_THREADS);
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "points-cluster-completion-" + THREAD_NO.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
