package points.cluster.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FailureDetectorTest {

  private static final Heartbeat WELL = new Heartbeat(true, true, false, 0);

  private long now = Long.MAX_VALUE - 1_000; // the count may run over at any time
  private final FailureDetector detector = new FailureDetector(() -> now);

  @Test
  void a_lone_node_is_converged_for_ever() {
    pass(Duration.ofDays(1));
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void converged_only_while_every_node_answers() {
    join("a", WELL);
    join("b", WELL);
    assertThat(detector.isConverged()).isTrue();

    pass(FailureDetector.SILENCE_MAX.dividedBy(2));
    detector.answered("a", WELL, now);
    assertThat(detector.isConverged()).isTrue();

    pass(FailureDetector.SILENCE_MAX.dividedBy(2));
    assertThat(detector.isConverged()).as("b is silent").isFalse();
    assertThat(detector.takesCommands("b")).as("but is not unresponsive yet").isTrue();

    detector.answered("b", WELL, now);
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void a_node_becomes_unresponsive_only_after_it_must_have_noticed_itself() {
    join("a", WELL);
    pass(FailureDetector.UNRESPONSIVE_AFTER.minusNanos(1));
    assertThat(detector.takesCommands("a")).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(detector.takesCommands("a")).isFalse();
  }

  @Test
  void an_answer_counts_from_when_it_was_asked_for() {
    join("a", WELL);
    long asked = now;
    pass(FailureDetector.SILENCE_MAX);
    detector.answered("a", WELL, asked);
    assertThat(detector.isConverged()).isFalse();
  }

  @Test
  void a_late_answer_does_not_undo_a_newer_one() {
    join("a", WELL);
    long early = now;
    pass(Duration.ofMillis(10));
    detector.answered("a", new Heartbeat(false, true, false, 0), now);
    detector.answered("a", WELL, early);
    assertThat(detector.takesCommands("a")).isFalse();
  }

  @Test
  void a_node_that_takes_no_commands_does_not_end_convergence() {
    join("a", new Heartbeat(false, true, false, 0));
    assertThat(detector.takesCommands("a")).isFalse();
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void a_node_that_joined_late_waits_until_the_others_miss_nobody() {
    join("a", new Heartbeat(true, true, true, 0));
    assertThat(detector.missing()).as("it never saw the one that is missing").isEmpty();
    assertThat(detector.isConverged()).isFalse();
    assertThat(detector.takesCommands("a")).isTrue();

    detector.answered("a", WELL, now);
    assertThat(detector.isConverged()).isTrue();
  }

  /** Otherwise both sides of a split that has healed would wait for each other for ever. */
  @Test
  void a_node_that_is_back_is_not_missed_though_it_still_misses_others() {
    join("a", WELL);
    detector.left("a");
    join("a", new Heartbeat(true, true, true, 0));
    assertThat(detector.missing()).isEmpty();
  }

  @Test
  void a_node_that_announced_its_leave_gets_no_heartbeats_until_it_joins_again() {
    join("a", WELL);
    join("b", WELL);
    detector.leaves("a");
    assertThat(detector.expectedToAnswer()).containsExactly("b");
    assertThat(detector.present()).containsExactlyInAnyOrder("a", "b");

    detector.joined("a");
    assertThat(detector.expectedToAnswer()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void a_node_that_announced_its_leave_is_not_missing() {
    join("a", WELL);
    detector.leaves("a");
    assertThat(detector.takesCommands("a")).isFalse();
    detector.left("a");
    assertThat(detector.isConverged()).isTrue();
    assertThat(detector.missing()).isEmpty();
  }

  @Test
  void a_node_that_vanished_is_missing_until_it_is_declared_dead() {
    join("a", WELL);
    detector.left("a");
    assertThat(detector.isConverged()).isFalse();
    assertThat(detector.missing()).containsExactly("a");

    detector.declareDead("a");
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void a_node_that_comes_back_is_missing_until_it_has_published_all() {
    join("a", WELL);
    detector.left("a");
    join("a", new Heartbeat(true, false, false, 0));
    assertThat(detector.isConverged()).isFalse();

    detector.answered("a", WELL, now);
    assertThat(detector.isConverged()).isTrue();
    assertThat(detector.missing()).isEmpty();
  }

  @Test
  void a_merging_node_is_not_converged() {
    detector.merging();
    pass(Duration.ofMinutes(1));
    assertThat(detector.hasPublishedAll()).isFalse();
    assertThat(detector.isConverged()).isFalse();

    detector.merged();
    pass(FailureDetector.CONVERGED_AFTER.minusMillis(1));
    detector.review();
    assertThat(detector.hasPublishedAll())
        .as("the others may not see yet what was answered")
        .isFalse();
    assertThat(detector.isConverged()).isFalse();

    pass(Duration.ofMillis(1));
    detector.review();
    assertThat(detector.hasPublishedAll()).isTrue();
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void no_node_is_converged_while_one_has_unpublished_commits() {
    join("a", WELL);
    detector.setUnpublished(true);
    assertThat(detector.hasPublishedAll()).isFalse();
    assertThat(detector.isConverged()).isFalse();

    detector.setUnpublished(false);
    assertThat(detector.isConverged()).isTrue();

    detector.answered("a", new Heartbeat(true, false, false, 0), now);
    assertThat(detector.isConverged()).as("another node has some").isFalse();
  }

  @Test
  void nodes_with_different_views_are_not_converged() {
    join("a", WELL);
    detector.view(7);
    assertThat(detector.isConverged()).as("it has another list of members").isFalse();

    detector.answered("a", new Heartbeat(true, true, false, 7), now);
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void a_node_that_left_long_ago_is_not_missed_again() {
    join("a", WELL);
    detector.left("a");
    detector.declareDead("a");
    detector.left("a");
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void a_silent_newcomer_ends_convergence() {
    detector.joined("a");
    pass(Duration.ofHours(1));
    detector.review();
    assertThat(detector.isConverged()).isFalse();
    assertThat(detector.takesCommands("a")).isFalse();

    detector.answered("a", WELL, now);
    assertThat(detector.isConverged()).isTrue();
  }

  @Test
  void a_heartbeat_survives_encoding() {
    for (boolean takes : new boolean[] {false, true}) {
      for (boolean settled : new boolean[] {false, true}) {
        for (boolean misses : new boolean[] {false, true}) {
          var said = new Heartbeat(takes, settled, misses, 0xCAFEBABE);
          assertThat(Heartbeat.of(said.toBits())).isEqualTo(said);
          assertThat(Heartbeat.of(said.toBits() | 1 << 7)).as("of a later version").isEqualTo(said);
        }
      }
    }
  }

  private void join(String node, Heartbeat heartbeat) {
    detector.joined(node);
    detector.answered(node, heartbeat, now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
