package points.ledger.simulation.world;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * How often what goes wrong in a history. Most kinds never do in one, some now and then, some all
 * the time: a storm of one kind finds what an even drizzle of all does not.
 */
public final class Weather {

  private final Random random;
  private final Map<Fault, Double> chances = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private boolean isCalm;

  public Weather(Random random) {
    this.random = random;
    boolean quiet = random.nextInt(10) == 0;
    for (Fault fault : Fault.values()) {
      int kind = quiet ? 5 : random.nextInt(6);
      if (kind == 0) {
        chances.put(fault, 0.01 + 0.02 * random.nextDouble());
      } else if (kind == 1) {
        chances.put(fault, 0.2 * random.nextDouble());
      }
    }
  }

  public boolean strikes(Fault fault) {
    Double chance = chances.get(fault);
    if (chance == null || random.nextDouble() >= chance) {
      return false;
    }
    struck.merge(fault, 1, Integer::sum);
    return true;
  }

  /** In this history these never happen. */
  public void rulesOut(Collection<Fault> faults) {
    chances.keySet().removeAll(faults);
  }

  /** From now on nothing goes wrong. */
  public void calmDown() {
    chances.clear();
    isCalm = true;
  }

  public boolean isCalm() {
    return isCalm;
  }

  /** A number of nanoseconds from here to there. */
  public long between(long from, long to) {
    return from + (long) (random.nextDouble() * (to - from));
  }

  /** How long a message takes. */
  public long travel() {
    return between(20 * Events.MICRO, Events.MILLI);
  }

  /** Some seconds. */
  public long seconds() {
    return between(Events.SECOND / 10, 7 * Events.SECOND);
  }

  /** One of so many ways. */
  public int choose(int ways) {
    return random.nextInt(ways);
  }

  /** One way or the other. */
  public boolean heads() {
    return random.nextBoolean();
  }

  public Map<Fault, Integer> struck() {
    return struck;
  }
}
