package points.ledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Histories of the ledger with everything going wrong, for a minute, or {@code
 * -Dsimulation.seconds=}. A history that breaks a promise names its seed; {@code
 * -Dsimulation.seed=} runs that one again, and says what happened in it.
 */
class SimulationTest {

  private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
  private static final int WORDS_MAX = 400;

  @Test
  void keeps_every_promise() {
    Long seed = Long.getLong("simulation.seed");
    if (seed != null) {
      LOG.warn("{}", explain(seed));
      assertThat(Simulation.run(seed, Plant.NONE, false).broken()).isNull();
      return;
    }
    long first = System.nanoTime();
    long seconds = Long.getLong("simulation.seconds", 60);
    LOG.warn("{} s of histories from seed {}", seconds, first);
    var seeds = new SplittableRandom(first);
    var tally = new Tally();
    while (tally.seconds() < seconds) {
      long next = seeds.nextLong();
      Simulation.Result result = Simulation.run(next, Plant.NONE, false);
      if (result.broken() != null) {
        fail("after " + tally.histories() + " histories, " + explain(next));
      }
      tally.add(result);
    }
    LOG.warn("{}", tally);
    if (seconds >= 10) {
      assertThat(tally.neverStruck()).isEmpty();
      assertThat(tally.neverWritten()).isEmpty();
    }
  }

  @Test
  void the_same_seed_is_the_same_history() {
    for (long seed = 1; seed <= 50; seed++) {
      Simulation.Result once = Simulation.run(seed, Plant.NONE, false);
      Simulation.Result again = Simulation.run(seed, Plant.NONE, true);
      assertThat(again.digest()).as("seed %d", seed).isEqualTo(once.digest());
    }
  }

  private static String explain(long seed) {
    Simulation.Result result = Simulation.run(seed, Plant.NONE, true);
    List<String> words = result.words();
    return "-Dsimulation.seed=%d: %s%n%s"
        .formatted(
            seed,
            result.broken(),
            String.join("\n", words.subList(Math.max(0, words.size() - WORDS_MAX), words.size())));
  }
}
