package points.ledger.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, as a number that tells two histories apart, and in words if somebody reads it. */
public final class Trace {

  private final Events events;
  private final boolean inWords;
  private final List<String> lines = new ArrayList<>();
  private long digest = 17;

  public Trace(Events events, boolean inWords) {
    this.events = events;
    this.inWords = inWords;
  }

  public void note(String what, long number, Supplier<String> words) {
    digest = 31 * digest + what.hashCode();
    digest = 31 * digest + number;
    digest = 31 * digest + events.now();
    if (inWords) {
      lines.add("%12.6f %s %s".formatted(events.now() / 1e9, what, words.get()));
    }
  }

  public long digest() {
    return digest;
  }

  public List<String> lines() {
    return lines;
  }
}
