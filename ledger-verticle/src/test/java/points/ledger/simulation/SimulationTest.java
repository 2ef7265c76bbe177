package points.ledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.simulation.world.Plant;

/**
 * Histories of the ledger with everything going wrong: the same ones in every build, in which all *
 * comes up that there is, and new ones for {@code -Dsimulation.seconds=}. A history that breaks a
 * promise names its seed; {@code -Dsimulation.seed=} runs that one again, and says what happened in
 * it.
 */
class SimulationTest {

  private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
  private static final int WORDS_MAX = 400;

  private static final int HISTORIES = 2_000;

  private final Tally tally = new Tally();

  @Test
  void keeps_every_promise() {
    Long seed = Long.getLong("simulation.seed");
    if (seed != null) {
      LOG.warn("{}", explain(seed));
      assertThat(Simulation.run(seed, Plant.NONE, false).broken()).isNull();
      return;
    }
    var seeds = new SplittableRandom(9);
    for (int i = 0; i < HISTORIES; i++) {
      run(seeds.nextLong());
    }
    LOG.warn("{}", tally);
    assertThat(tally.neverStruck()).isEmpty();
    assertThat(tally.neverWritten()).isEmpty();
    assertThat(tally.neverSeen()).isEmpty();
    keepsEveryPromise(Long.getLong("simulation.seconds", 0));
  }

  private void keepsEveryPromise(long seconds) {
    long first = System.nanoTime();
    LOG.warn("{} s of histories from seed {}", seconds, first);
    var seeds = new SplittableRandom(first);
    while (System.nanoTime() - first < seconds * 1_000_000_000) {
      run(seeds.nextLong());
    }
  }

  private void run(long seed) {
    Simulation.Result result = Simulation.run(seed, Plant.NONE, false);
    if (result.broken() != null) {
      fail("after " + tally.histories() + " histories, " + explain(seed));
    }
    tally.add(result);
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
