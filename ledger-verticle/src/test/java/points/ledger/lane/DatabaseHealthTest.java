package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import points.ledger.fixture.LoggedLines;

final class DatabaseHealthTest {

  private final Throwable away = new IllegalStateException("by the test");

  private final Clock clock = new Clock();
  private final DatabaseHealth database = new DatabaseHealth(clock);

  @Test
  void the_database_is_away_until_the_first_connection() {
    assertThat(database.isAway()).isTrue();
    assertThat(database.mayTry()).isTrue();
    database.reached();
    assertThat(database.isAway()).isFalse();
  }

  @Test
  void a_lost_connection_means_away_until_the_next_one() {
    database.notConnected(away);
    clock.nanos += 100 * DatabaseHealth.FAILURE_NANOS;
    assertThat(database.isAway()).isTrue();
    database.reached();
    assertThat(database.isAway()).isFalse();
  }

  @Test
  void a_failure_means_away_for_some_seconds() {
    database.reached();
    database.failed();
    clock.nanos += DatabaseHealth.FAILURE_NANOS - 1;
    assertThat(database.isAway()).isTrue();
    clock.nanos++;
    assertThat(database.isAway()).isFalse();
  }

  @Test
  void each_failure_counts_anew() {
    database.failed();
    clock.nanos += DatabaseHealth.FAILURE_NANOS - 1;
    database.failed();
    clock.nanos += DatabaseHealth.FAILURE_NANOS - 1;
    assertThat(database.isAway()).isTrue();
  }

  @Test
  void a_written_batch_ends_a_failure_at_once() {
    database.failed();
    database.reached();
    assertThat(database.isAway()).isFalse();
  }

  @Test
  void the_end_of_a_failure_is_no_connection() {
    database.failed();
    database.notConnected(away);
    clock.nanos += DatabaseHealth.FAILURE_NANOS;
    assertThat(database.isAway()).isTrue();
  }

  @Test
  void the_next_try_comes_after_a_pause_for_every_failure() {
    database.failed();
    assertThat(database.mayTry()).isFalse();
    clock.nanos += DatabaseHealth.RETRY_PAUSE.toNanos();
    assertThat(database.mayTry()).isTrue();
    database.notConnected(away);
    assertThat(database.mayTry()).isFalse();
    clock.nanos += DatabaseHealth.RETRY_PAUSE.toNanos();
    assertThat(database.mayTry()).isTrue();
  }

  @Test
  void an_outage_makes_one_line_of_the_log_in_ten_seconds() {
    try (var log = new LoggedLines(DatabaseHealth.class)) {
      for (int tries = 0; tries <= 200; tries++) {
        database.notConnected(away);
        clock.nanos += DatabaseHealth.RETRY_PAUSE.toNanos();
      }
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1)).contains("by the test", "200 tries");
    }
  }

  /** Stands still; begins where {@code System.nanoTime} may: just before its numbers run over. */
  private static final class Clock implements LaneClock {
    private long nanos = Long.MAX_VALUE;

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
