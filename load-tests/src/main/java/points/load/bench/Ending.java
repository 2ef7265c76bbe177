package points.load.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends what a run has started, the latest first, when the run ends or when the process is told to
 * end, whichever comes first.
 */
final class Ending implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Thread onSignal = new Thread(this::endAll, "ending");

  Ending() {
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /** Notes what is to be ended before all that was noted earlier. */
  synchronized <T extends AutoCloseable> T last(T thing) {
    started.push(thing);
    return thing;
  }

  @Override
  public void close() {
    endAll();
  }

  private synchronized void endAll() {
    while (!started.isEmpty()) {
      AutoCloseable thing = started.pop();
      try {
        thing.close();
      } catch (Exception e) {
        System.err.println("bench: could not be ended: " + e.getMessage());
      }
    }
  }
}
