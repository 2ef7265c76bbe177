package points.ledger.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A budget goes on as in the mean of its last days. */
class BudgetForecastTest {

  private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");

  private static Instant in(int days) {
    return NOW.plus(Duration.ofDays(days));
  }

  @Test
  void it_ends_when_the_rest_is_issued_at_that_pace() {
    BudgetForecast forecast = BudgetForecast.of(1_000L, 300, 700, 7, Instant.MAX, NOW);

    assertThat(forecast.endsAt()).as("700 left, 100 a day").isEqualTo(in(7));
    assertThat(forecast.usedAtEnd()).isEqualTo(1_000);
  }

  @Test
  void its_campaign_may_end_before() {
    BudgetForecast forecast = BudgetForecast.of(1_000L, 300, 700, 7, in(5), NOW);

    assertThat(forecast.endsAt()).isNull();
    assertThat(forecast.usedAtEnd()).isEqualTo(800);
  }

  @Test
  void a_young_budget_has_fewer_days() {
    BudgetForecast forecast = BudgetForecast.of(1_000L, 300, 200, 2, Instant.MAX, NOW);

    assertThat(forecast.endsAt()).isEqualTo(in(7));
  }

  @Test
  void nothing_issued_lately_ends_nothing() {
    assertThat(BudgetForecast.of(1_000L, 300, 0, 7, Instant.MAX, NOW).endsAt()).isNull();
    assertThat(BudgetForecast.of(1_000L, 300, 0, 7, Instant.MAX, NOW).usedAtEnd()).isNull();
    assertThat(BudgetForecast.of(1_000L, 300, -70, 7, in(10), NOW).usedAtEnd()).isEqualTo(300);
  }

  @Test
  void budgets_of_stores_end_one_by_one() {
    BudgetForecast forecast = BudgetForecast.of(null, 300, 700, 7, in(5), NOW);

    assertThat(forecast.endsAt()).isNull();
    assertThat(forecast.usedAtEnd()).as("of all stores").isEqualTo(800);
  }

  @Test
  void one_that_is_used_up_stays_so() {
    BudgetForecast forecast = BudgetForecast.of(1_000L, 1_000, 700, 7, in(5), NOW);

    assertThat(forecast.endsAt()).isNull();
    assertThat(forecast.usedAtEnd()).isEqualTo(1_000);
  }

  @Test
  void an_end_in_ten_years_is_not_in_sight() {
    BudgetForecast forecast = BudgetForecast.of(1_000_000_000_000L, 0, 1, 7, Instant.MAX, NOW);

    assertThat(forecast.endsAt()).isNull();
    assertThat(forecast.usedAtEnd()).isNull();
  }
}
