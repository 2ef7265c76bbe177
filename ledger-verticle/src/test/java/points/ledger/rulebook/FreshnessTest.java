package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FreshnessTest {

  private long nanos = 7;
  private long millis = 1_000;

  private final Freshness freshness = new Freshness(() -> nanos, () -> millis);
  private final Freshness.Begun reading = freshness.begin();

  @Test
  void a_reading_ages_with_elapsed_time() {
    nanos += Duration.ofSeconds(35).toNanos();
    assertThat(freshness.ageOf(reading)).isEqualTo(Duration.ofSeconds(35));
  }

  /** Elapsed time stands still while a machine sleeps; its clock is put right afterwards. */
  @Test
  void a_reading_from_before_the_machine_slept_is_old() {
    nanos += Duration.ofSeconds(1).toNanos();
    millis += Duration.ofSeconds(60).toMillis();
    assertThat(freshness.ageOf(reading)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void a_clock_that_is_set_back_makes_nothing_younger() {
    nanos += Duration.ofSeconds(36).toNanos();
    millis -= Duration.ofHours(1).toMillis();
    assertThat(freshness.ageOf(reading)).isEqualTo(Duration.ofSeconds(36));
  }

  @Test
  void a_change_takes_effect_after_the_last_order_by_knowledge_without_it() {
    assertThat(Publications.LEAD).isGreaterThan(Timelines.FRESH_FOR);
  }
}
