package points.cluster.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class HotEntryTest {
  private static final UUID HERE = UUID.randomUUID();
  private static final UUID THERE = UUID.randomUUID();
  private static final Set<UUID> BOTH = Set.of(HERE, THERE);
  private static final Hot ONE = new Hot(1, new byte[] {1});
  private static final Hot TWO = new Hot(2, new byte[] {2});

  @Test
  void a_free_lease_is_granted_and_the_state_stays() {
    HotEntry entry = new HotEntry(ONE, HotEntry.NOBODY, 0);

    assertThat(entry.taken(HERE, BOTH, 100, 200)).isEqualTo(new HotEntry(ONE, HERE, 200));
  }

  @Test
  void a_held_lease_is_refused_until_the_instant_it_runs_out() {
    HotEntry entry = new HotEntry(ONE, THERE, 200);

    assertThat(entry.taken(HERE, BOTH, 199, 299)).isEqualTo(entry);
    assertThat(entry.taken(HERE, BOTH, 200, 300)).isEqualTo(new HotEntry(ONE, HERE, 300));
  }

  @Test
  void the_lease_of_a_node_that_left_is_granted() {
    HotEntry entry = new HotEntry(ONE, THERE, 200);

    assertThat(entry.taken(HERE, Set.of(HERE), 100, 200)).isEqualTo(new HotEntry(ONE, HERE, 200));
  }

  @Test
  void ones_own_lease_is_extended_and_never_shortened() {
    HotEntry entry = new HotEntry(ONE, HERE, 200);

    assertThat(entry.taken(HERE, BOTH, 150, 250).untilMillis()).isEqualTo(250);
    assertThat(entry.taken(HERE, BOTH, 50, 150).untilMillis()).isEqualTo(200);
    assertThat(entry.published(TWO, HERE, 250).untilMillis()).isEqualTo(250);
    assertThat(entry.published(TWO, HERE, 150).untilMillis()).isEqualTo(200);
  }

  @Test
  void publishing_keeps_the_higher_sequence() {
    HotEntry entry = HotEntry.EMPTY.published(ONE, HERE, 100);

    assertThat(entry.published(TWO, HERE, 100).hot()).isEqualTo(TWO);
    assertThat(entry.published(TWO, HERE, 100).published(ONE, HERE, 100).hot()).isEqualTo(TWO);
  }

  @Test
  void publishing_takes_no_lease_and_leaves_anothers_alone() {
    HotEntry free = HotEntry.EMPTY.published(ONE, HERE, 100);
    HotEntry theirs = new HotEntry(ONE, THERE, 200).published(TWO, HERE, 300);

    assertThat(free).isEqualTo(new HotEntry(ONE, HotEntry.NOBODY, 0));
    assertThat(theirs).isEqualTo(new HotEntry(TWO, THERE, 200));
  }

  @Test
  void giving_up_ends_ones_own_lease_only() {
    HotEntry mine = new HotEntry(ONE, HERE, 200);
    HotEntry theirs = new HotEntry(ONE, THERE, 200);

    assertThat(mine.givenUp(HERE)).isEqualTo(new HotEntry(ONE, HotEntry.NOBODY, 0));
    assertThat(theirs.givenUp(HERE)).isEqualTo(theirs);
    assertThat(new HotEntry(null, HERE, 200).givenUp(HERE)).isNull();
  }

  @Test
  void a_merge_keeps_the_higher_sequence_and_the_lease_of_the_larger_side() {
    HotEntry larger = new HotEntry(ONE, HERE, 200);
    HotEntry smaller = new HotEntry(TWO, THERE, 300);

    assertThat(larger.mergedWith(smaller)).isEqualTo(new HotEntry(TWO, HERE, 200));
    assertThat(smaller.mergedWith(larger)).isEqualTo(smaller);
    assertThat(larger.mergedWith(HotEntry.EMPTY)).isEqualTo(larger);
    assertThat(HotEntry.EMPTY.mergedWith(larger).hot()).isEqualTo(ONE);
  }

  @Test
  void every_step_may_be_repeated() {
    HotEntry entry = new HotEntry(ONE, HERE, 200);
    HotEntry taken = entry.taken(HERE, BOTH, 100, 300);
    HotEntry published = entry.published(TWO, HERE, 300);

    assertThat(taken.taken(HERE, BOTH, 100, 300)).isEqualTo(taken);
    assertThat(published.published(TWO, HERE, 300)).isEqualTo(published);
  }
}
