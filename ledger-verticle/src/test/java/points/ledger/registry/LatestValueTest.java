package points.ledger.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestValueTest {

  private final LatestValue<String> value = new LatestValue<>("at first");

  @Test
  void a_reading_takes_the_place_of_the_one_before() {
    assertThat(value.get()).isEqualTo("at first");
    value.end(value.begin(), "one");
    value.end(value.begin(), "two");
    assertThat(value.get()).isEqualTo("two");
  }

  @Test
  void a_reading_that_ends_late_does_not_undo_one_that_began_after_it() {
    long slow = value.begin();
    value.end(value.begin(), "new");
    value.end(slow, "old");
    assertThat(value.get()).isEqualTo("new");
  }
}
