package points.cluster.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CacheEntryTest {
  private static final UUID HERE = UUID.randomUUID();
  private static final UUID THERE = UUID.randomUUID();
  private static final Set<UUID> BOTH = Set.of(HERE, THERE);
  private static final CachedState ONE = new CachedState(1, new byte[] {1});
  private static final CachedState TWO = new CachedState(2, new byte[] {2});

  @Test
  void a_free_lease_is_granted_and_the_state_stays() {
    CacheEntry entry = new CacheEntry(ONE, CacheEntry.NOBODY, 0);

    assertThat(entry.acquiredBy(HERE, BOTH, 100, 200)).isEqualTo(new CacheEntry(ONE, HERE, 200));
  }

  @Test
  void a_held_lease_is_refused_until_the_instant_it_runs_out() {
    CacheEntry entry = new CacheEntry(ONE, THERE, 200);

    assertThat(entry.acquiredBy(HERE, BOTH, 199, 299)).isEqualTo(entry);
    assertThat(entry.acquiredBy(HERE, BOTH, 200, 300)).isEqualTo(new CacheEntry(ONE, HERE, 300));
  }

  @Test
  void the_lease_of_a_node_that_left_is_granted() {
    CacheEntry entry = new CacheEntry(ONE, THERE, 200);

    assertThat(entry.acquiredBy(HERE, Set.of(HERE), 100, 200))
        .isEqualTo(new CacheEntry(ONE, HERE, 200));
  }

  @Test
  void ones_own_lease_is_extended_and_never_shortened() {
    CacheEntry entry = new CacheEntry(ONE, HERE, 200);

    assertThat(entry.acquiredBy(HERE, BOTH, 150, 250).untilMillis()).isEqualTo(250);
    assertThat(entry.acquiredBy(HERE, BOTH, 50, 150).untilMillis()).isEqualTo(200);
    assertThat(entry.published(TWO, HERE, 250).untilMillis()).isEqualTo(250);
    assertThat(entry.published(TWO, HERE, 150).untilMillis()).isEqualTo(200);
  }

  @Test
  void publishing_keeps_the_higher_sequence() {
    CacheEntry entry = CacheEntry.EMPTY.published(ONE, HERE, 100);

    assertThat(entry.published(TWO, HERE, 100).cached()).isEqualTo(TWO);
    assertThat(entry.published(TWO, HERE, 100).published(ONE, HERE, 100).cached()).isEqualTo(TWO);
  }

  @Test
  void publishing_takes_no_lease_and_leaves_anothers_alone() {
    CacheEntry free = CacheEntry.EMPTY.published(ONE, HERE, 100);
    CacheEntry theirs = new CacheEntry(ONE, THERE, 200).published(TWO, HERE, 300);

    assertThat(free).isEqualTo(new CacheEntry(ONE, CacheEntry.NOBODY, 0));
    assertThat(theirs).isEqualTo(new CacheEntry(TWO, THERE, 200));
  }

  @Test
  void giving_up_ends_ones_own_lease_only() {
    CacheEntry mine = new CacheEntry(ONE, HERE, 200);
    CacheEntry theirs = new CacheEntry(ONE, THERE, 200);

    assertThat(mine.releasedBy(HERE)).isEqualTo(new CacheEntry(ONE, CacheEntry.NOBODY, 0));
    assertThat(theirs.releasedBy(HERE)).isEqualTo(theirs);
    assertThat(new CacheEntry(null, HERE, 200).releasedBy(HERE)).isNull();
  }

  @Test
  void a_merge_keeps_the_higher_sequence_and_the_lease_of_the_larger_side() {
    CacheEntry larger = new CacheEntry(ONE, HERE, 200);
    CacheEntry smaller = new CacheEntry(TWO, THERE, 300);

    assertThat(larger.mergedWith(smaller)).isEqualTo(new CacheEntry(TWO, HERE, 200));
    assertThat(smaller.mergedWith(larger)).isEqualTo(smaller);
    assertThat(larger.mergedWith(CacheEntry.EMPTY)).isEqualTo(larger);
    assertThat(CacheEntry.EMPTY.mergedWith(larger).cached()).isEqualTo(ONE);
  }

  @Test
  void every_step_may_be_repeated() {
    CacheEntry entry = new CacheEntry(ONE, HERE, 200);
    CacheEntry taken = entry.acquiredBy(HERE, BOTH, 100, 300);
    CacheEntry published = entry.published(TWO, HERE, 300);

    assertThat(taken.acquiredBy(HERE, BOTH, 100, 300)).isEqualTo(taken);
    assertThat(published.published(TWO, HERE, 300)).isEqualTo(published);
  }
}
