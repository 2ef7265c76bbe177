package points.load.bench;

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

/**
 * Sends requests over a number of connections and measures.
 *
 * @param threads how many load loops share the connections
 */
record Load(int threads) {
  /** What every measurement sends first without counting it. */
  static final Duration LEAD = Duration.ofSeconds(1);

  /**
   * What is loaded.
   *
   * @param meter processor time that all parties have used so far, in microseconds
   */
  record Server(InetSocketAddress address, Supplier<ProcessorUse> meter) {}

  /** What a load brought, and the processor time of its window in microseconds. */
  record Outcome(Tally tally, ProcessorUse use, double seconds) {
    Measurement measurement() {
      long requests = Math.max(1, tally.inWindow());
      return new Measurement(
          tally.inWindow() / seconds, tally.latency(), use.per(requests), tally.refused());
    }
  }

  /**
   * Runs until the window is over or the sources have nothing left; fails on any wrong answer.
   *
   * @param sources gives each loop its own
   */
  Outcome run(Server server, int connections, Supplier<RequestSource> sources, Duration length) {
    Window window = Window.after(LEAD, length);
    int loops = Math.min(threads, connections);
    ExecutorService pool = Executors.newFixedThreadPool(loops);
    try {
      List<Future<Tally>> running = new ArrayList<>();
      for (int i = 0; i < loops; i++) {
        int share = connections / loops + (i < connections % loops ? 1 : 0);
        running.add(pool.submit(new LoadLoop(server.address, share, sources.get(), window)));
      }
      await(window.from(), running);
      ProcessorUse before = server.meter.get();
      await(window.to(), running);
      ProcessorUse use = server.meter.get().minus(before);
      Tally tally = collect(running);
      tally.requireNothingWrong();
      return new Outcome(tally, use, window.seconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Sleeps until then, or until all loops have come to their end, well or not. */
  private static void await(long nanoTime, List<Future<Tally>> running)
      throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    while (left > 0 && !running.stream().allMatch(Future::isDone)) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
      left = nanoTime - System.nanoTime();
    }
  }

  private static Tally collect(List<Future<Tally>> running) throws InterruptedException {
    Tally sum = new Tally();
    for (Future<Tally> loop : running) {
      try {
        sum.add(loop.get());
      } catch (ExecutionException e) {
        throw new BenchmarkFailure("the load broke off: " + e.getCause(), e);
      }
    }
    return sum;
  }
}
