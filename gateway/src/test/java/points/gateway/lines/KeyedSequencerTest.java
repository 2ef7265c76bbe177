package points.gateway.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedSequencerTest {

  private final KeyedSequencer sequencer = new KeyedSequencer();
  private final List<String> begun = new ArrayList<>();
  private final Map<String, Promise<String>> open = new HashMap<>();

  @Test
  void a_job_waits_for_the_earlier_one_with_the_same_name() {
    submit("1", "a");
    submit("2", "a", "b");
    submit("3", "b");
    submit("4", "c");
    assertThat(begun).containsExactly("1", "4");

    finish("1");
    assertThat(begun).containsExactly("1", "4", "2");
    finish("2");
    assertThat(begun).containsExactly("1", "4", "2", "3");
  }

  @Test
  void a_failed_job_lets_the_next_begin() {
    submit("1", "a");
    submit("2", "a");

    Objects.requireNonNull(open.get("1")).fail("broken");

    assertThat(begun).containsExactly("1", "2");
  }

  @Test
  void a_job_without_a_name_runs_alone() {
    submit("1", "a");
    submit("2", "b");
    submit("alone");
    submit("3", "a");
    submit("4", "c");
    assertThat(begun).containsExactly("1", "2");

    finish("2");
    assertThat(begun).containsExactly("1", "2");
    finish("1");
    assertThat(begun).containsExactly("1", "2", "alone");
    finish("alone");
    assertThat(begun).containsExactly("1", "2", "alone", "3", "4");
  }

  @Test
  void nothing_is_waited_for_when_all_is_done() {
    submit("1", "a");
    submit("alone");
    finish("1");
    finish("alone");

    submit("2", "a");

    assertThat(begun).containsExactly("1", "alone", "2");
  }

  private void submit(String job, String... names) {
    sequencer.submit(
        Set.of(names),
        () -> {
          begun.add(job);
          Promise<String> done = Promise.promise();
          open.put(job, done);
          return done.future();
        });
  }

  private void finish(String job) {
    Objects.requireNonNull(open.get(job)).complete(job);
  }
}
