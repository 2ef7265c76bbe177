package points.cluster.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RosterTest {

  private static final Greeting WELL = new Greeting(true, true, 0);

  private long now = Long.MAX_VALUE - 1_000; // the count may run over at any time
  private final Roster roster = new Roster(() -> now);

  @Test
  void a_lone_node_is_whole_for_ever() {
    pass(Duration.ofDays(1));
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void whole_only_while_every_node_answers() {
    join("a", WELL);
    join("b", WELL);
    assertThat(roster.isWhole()).isTrue();

    pass(Roster.WHOLE_MAX.dividedBy(2));
    roster.answered("a", WELL, now);
    assertThat(roster.isWhole()).isTrue();

    pass(Roster.WHOLE_MAX.dividedBy(2));
    assertThat(roster.isWhole()).as("b says nothing").isFalse();
    assertThat(roster.takesCommands("b")).as("but it is not passed over yet").isTrue();

    roster.answered("b", WELL, now);
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void a_node_is_passed_over_only_after_everybody_must_have_noticed() {
    join("a", WELL);
    pass(Roster.PASSED_OVER_AFTER.minusNanos(1));
    assertThat(roster.takesCommands("a")).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(roster.takesCommands("a")).isFalse();
  }

  @Test
  void an_answer_counts_from_when_it_was_asked_for() {
    join("a", WELL);
    long asked = now;
    pass(Roster.WHOLE_MAX);
    roster.answered("a", WELL, asked);
    assertThat(roster.isWhole()).isFalse();
  }

  @Test
  void a_late_answer_does_not_undo_a_newer_one() {
    join("a", WELL);
    long early = now;
    pass(Duration.ofMillis(10));
    roster.answered("a", new Greeting(false, true, 0), now);
    roster.answered("a", WELL, early);
    assertThat(roster.takesCommands("a")).isFalse();
  }

  @Test
  void a_node_that_takes_no_commands_is_part_of_the_whole_all_the_same() {
    join("a", new Greeting(false, true, 0));
    assertThat(roster.takesCommands("a")).isFalse();
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void a_node_that_said_farewell_is_not_missing() {
    join("a", WELL);
    roster.leaves("a");
    assertThat(roster.takesCommands("a")).isFalse();
    roster.left("a");
    assertThat(roster.isWhole()).isTrue();
    assertThat(roster.missing()).isEmpty();
  }

  @Test
  void a_node_that_went_without_a_word_is_missing_until_it_is_known_to_be_no_more() {
    join("a", WELL);
    roster.left("a");
    assertThat(roster.isWhole()).isFalse();
    assertThat(roster.missing()).containsExactly("a");

    roster.gone("a");
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void a_node_that_comes_back_is_missing_until_it_has_brought_in_what_it_decided() {
    join("a", WELL);
    roster.left("a");
    join("a", new Greeting(true, false, 0));
    assertThat(roster.isWhole()).isFalse();

    roster.answered("a", WELL, now);
    assertThat(roster.isWhole()).isTrue();
    assertThat(roster.missing()).isEmpty();
  }

  @Test
  void a_node_that_brings_in_what_it_decided_is_not_whole_itself() {
    roster.merging();
    pass(Duration.ofMinutes(1));
    assertThat(roster.isSettled()).isFalse();
    assertThat(roster.isWhole()).isFalse();

    roster.merged();
    pass(Roster.SETTLED_AFTER.minusMillis(1));
    roster.review();
    assertThat(roster.isSettled()).as("the others may not see yet what was answered").isFalse();
    assertThat(roster.isWhole()).isFalse();

    pass(Duration.ofMillis(1));
    roster.review();
    assertThat(roster.isSettled()).isTrue();
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void nobody_is_whole_while_a_node_has_committed_what_the_others_cannot_see() {
    join("a", WELL);
    roster.setUnsettled(true);
    assertThat(roster.isSettled()).isFalse();
    assertThat(roster.isWhole()).isFalse();

    roster.setUnsettled(false);
    assertThat(roster.isWhole()).isTrue();

    roster.answered("a", new Greeting(true, false, 0), now);
    assertThat(roster.isWhole()).as("another has").isFalse();
  }

  @Test
  void a_node_that_sees_another_cluster_is_not_of_this_one() {
    join("a", WELL);
    roster.view(7);
    assertThat(roster.isWhole()).as("it sees somebody whom this one does not").isFalse();

    roster.answered("a", new Greeting(true, true, 7), now);
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void a_node_that_left_long_ago_is_not_missed_again() {
    join("a", WELL);
    roster.left("a");
    roster.gone("a");
    roster.left("a");
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void a_newcomer_that_says_nothing_keeps_the_others_from_being_whole() {
    roster.joined("a");
    pass(Duration.ofHours(1));
    roster.review();
    assertThat(roster.isWhole()).isFalse();
    assertThat(roster.takesCommands("a")).isFalse();

    roster.answered("a", WELL, now);
    assertThat(roster.isWhole()).isTrue();
  }

  @Test
  void what_it_says_of_itself_survives_the_way_over_the_wire() {
    for (boolean takes : new boolean[] {false, true}) {
      for (boolean settled : new boolean[] {false, true}) {
        var said = new Greeting(takes, settled, 0xCAFEBABE);
        assertThat(Greeting.of(said.toBits())).isEqualTo(said);
        assertThat(Greeting.of(said.toBits() | 1 << 7)).as("of a later version").isEqualTo(said);
      }
    }
  }

  private void join(String node, Greeting said) {
    roster.joined(node);
    roster.answered(node, said, now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
