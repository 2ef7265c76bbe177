package points.cluster;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where Hazelcast completes its futures. Left alone, it does so on the common pool before any
 * executor of the caller's is asked: on two processors a new thread per completion, which costs 400
 * µs.
 */
final class Completions {

  /** What Vert.x does in a completion may wait for other nodes, so one thread would not do. */
  private static final int THREADS = 2;

  private static final Executor OWN_THREADS =
      Executors.newFixedThreadPool(THREADS, Completions::thread);

  private static final AtomicInteger THREAD_NO = new AtomicInteger();

  private Completions() {}

  /** Holds for the whole JVM: a thread that receives answers must not wait for one. */
  static void useOwnThreads() {
    ConcurrencyUtil.setDefaultAsyncExecutor(OWN_THREADS);
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "points-cluster-completion-" + THREAD_NO.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
