package points.load.bench;

import java.time.Duration;

/**
 * When a load is measured; it starts before and is sent until the end.
 *
 * @param from as of {@link System#nanoTime}
 * @param to as of {@link System#nanoTime}, exclusive
 */
record Window(long from, long to) {
  /** How long the last answers may take after the end. */
  static final Duration GRACE = Duration.ofSeconds(30);

  static Window after(Duration lead, Duration length) {
    long from = System.nanoTime() + lead.toNanos();
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

  double seconds() {
    return (to - from) / 1e9;
  }
}
