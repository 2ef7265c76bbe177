package points.load.bench.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;

/**
 * Sends requests over many connections, shared out evenly over the servers, and measures.
 *
 * @param servers each has a load loop of its own
 * @param meter returns the processor time that all parties have used so far, in microseconds
 */
public record Load(List<InetSocketAddress> servers, Supplier<ProcessorTime> meter) {
  /** Every load begins with as much time that is not measured. */
  private static final Duration LEAD = Duration.ofSeconds(1);

  /** The time for the last answers after the end. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /**
   * The time in which a load is measured; requests are sent before it too, and until its end.
   *
   * @param from as of {@link System#nanoTime}
   * @param to as of {@link System#nanoTime}, exclusive
   */
  record Window(long from, long to) {
    static Window of(Duration length) {
      long from = System.nanoTime() + LEAD.toNanos();
      return new Window(from, from + length.toNanos());
    }

    boolean contains(long nanoTime) {
      return nanoTime - from >= 0 && nanoTime - to < 0;
    }

    boolean isOver(long nanoTime) {
      return nanoTime - to >= 0;
    }

    boolean isPastGrace(long nanoTime) {
      return nanoTime - to >= GRACE.toNanos();
    }
  }

  /** Runs until the window is over or the source has nothing left; fails on any wrong answer. */
  public Measurement run(int connections, RequestSource source, Duration length) {
    Window window = Window.of(length);
    int loops = servers.size();
    ExecutorService pool = Executors.newFixedThreadPool(loops);
    try {
      List<Future<Tally>> running = new ArrayList<>();
      for (int i = 0; i < loops; i++) {
        int share = connections / loops + (i < connections % loops ? 1 : 0);
        running.add(pool.submit(new LoadLoop(servers.get(i), share, source, window)));
      }
      await(window.from(), running);
      ProcessorTime before = meter.get();
      await(window.to(), running);
      ProcessorTime use = meter.get().minus(before);
      Tally sum = new Tally();
      for (Future<Tally> loop : running) {
        sum.add(loop.get());
      }
      return sum.measurement(use, length.toNanos() / 1e9);
    } catch (ExecutionException e) {
      throw new HarnessException("the load broke off: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Sleeps until then, or until all loops have ended, well or not. */
  private static void await(long nanoTime, List<Future<Tally>> running)
      throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    while (left > 0 && !running.stream().allMatch(Future::isDone)) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
      left = nanoTime - System.nanoTime();
    }
  }
}
