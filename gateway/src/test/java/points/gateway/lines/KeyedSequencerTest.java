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

  private final KeyedSequencer turns = new KeyedSequencer();
  private final List<String> begun = new ArrayList<>();
  private final Map<String, Promise<String>> open = new HashMap<>();

  @Test
  void who_shares_a_name_comes_after_the_one_before() {
    take("1", "a");
    take("2", "a", "b");
    take("3", "b");
    take("4", "c");
    assertThat(begun).containsExactly("1", "4");

    finish("1");
    assertThat(begun).containsExactly("1", "4", "2");
    finish("2");
    assertThat(begun).containsExactly("1", "4", "2", "3");
  }

  @Test
  void one_that_failed_lets_the_next_begin() {
    take("1", "a");
    take("2", "a");

    Objects.requireNonNull(open.get("1")).fail("broken");

    assertThat(begun).containsExactly("1", "2");
  }

  @Test
  void one_without_a_name_is_done_all_alone() {
    take("1", "a");
    take("2", "b");
    take("alone");
    take("3", "a");
    take("4", "c");
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
    take("1", "a");
    take("alone");
    finish("1");
    finish("alone");

    take("2", "a");

    assertThat(begun).containsExactly("1", "alone", "2");
  }

  private void take(String job, String... names) {
    turns.take(
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
