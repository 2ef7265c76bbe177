package points.ledger.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadNodesTest {

  private static final Set<String> MISSING = Set.of("a");
  private static final Set<String> NOBODY = Set.of();

  private final DeadNodes deadNodes = new DeadNodes();

  @Test
  void a_node_is_dead_at_the_first_count_after_the_cache_was_cleared() {
    count(NOBODY, DeadNodes.COUNTS - 1);
    assertThat(deadNodes.toClearCacheFor()).isEmpty();

    count(NOBODY, 1);
    assertThat(deadNodes.toClearCacheFor()).hasSize(1);
    deadNodes.toClearCacheFor().forEach(DeadNodes.Absence::cacheCleared);
    assertThat(deadNodes.toClearCacheFor()).isEmpty();

    assertThat(deadNodes.count(MISSING, NOBODY)).containsExactly("a");
  }

  @Test
  void a_node_is_not_dead_until_the_cache_was_cleared() {
    count(NOBODY, 10);

    assertThat(deadNodes.toClearCacheFor()).hasSize(1);
  }

  @Test
  void a_node_that_writes_again_needs_the_cache_cleared_again() {
    count(NOBODY, DeadNodes.COUNTS);
    var before = deadNodes.toClearCacheFor();

    count(MISSING, 1);
    count(NOBODY, 1);
    before.forEach(DeadNodes.Absence::cacheCleared); // it was under way
    count(NOBODY, DeadNodes.COUNTS - 1);

    assertThat(deadNodes.toClearCacheFor()).hasSize(1);
  }

  @Test
  void a_node_that_is_back_is_not_declared_dead() {
    count(NOBODY, DeadNodes.COUNTS);
    deadNodes.toClearCacheFor().forEach(DeadNodes.Absence::cacheCleared);

    assertThat(deadNodes.count(NOBODY, NOBODY)).isEmpty();
    assertThat(deadNodes.count(MISSING, NOBODY)).isEmpty();
  }

  /** None of these counts lets the node go. */
  private void count(Set<String> writing, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(deadNodes.count(MISSING, writing)).isEmpty();
    }
  }
}
