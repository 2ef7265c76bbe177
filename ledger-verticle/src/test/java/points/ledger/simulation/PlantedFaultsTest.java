package points.ledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.simulation.world.Plant;

/** A check that never fails proves nothing: what is planted must be found. */
class PlantedFaultsTest {

  private static final Logger LOG = LoggerFactory.getLogger(PlantedFaultsTest.class);
  private static final int HISTORIES_MAX = 3_000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void every_planted_fault_is_found(Plant plant) {
    var seeds = new SplittableRandom(1);
    for (int i = 1; i <= HISTORIES_MAX; i++) {
      long seed = seeds.nextLong();
      Simulation.Result result = Simulation.run(seed, plant, false);
      if (result.broken() != null) {
        assertThat(result.broken()).as("seed %d", seed).containsPattern(symptoms(plant));
        LOG.info("{} found in history {}: {}", plant, i, result.broken());
        return;
      }
    }
    assertThat(plant).as("found in %d histories", HISTORIES_MAX).isNull();
  }

  /** What is said of it, whichever of its consequences comes first. */
  private static String symptoms(Plant plant) {
    return switch (plant) {
      case NONE -> "nothing";
      case ACKNOWLEDGED_BEFORE_COMMIT -> "published and never committed|is told .*, committed is";
      case NO_SEQUENCE_TEST -> "do not follow from the state before";
      case NO_KEY_CHECK ->
          "two entries of one key or order|never true meanwhile|a second time|applied twice";
      case OUTDATED_REFUSAL_CONFIRMED -> "never true meanwhile";
      case MOVE_APPLIED_TWICE -> "a sale arrives a second time";
      case WITHDRAWN_APPLIED -> "a withdrawn refund is applied";
      case SHARE_LOST -> "a share is lost";
      case SHARED_KEYS_FORGOTTEN -> "was promised to be a replay|never true meanwhile";
      case NOBODY_WARNED -> "somebody was told of entry";
    };
  }
}
