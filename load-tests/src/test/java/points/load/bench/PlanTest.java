package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import points.load.bench.Results.Ratio;
import points.load.bench.Results.Spread;
import points.load.bench.client.Measurement;
import points.load.bench.process.ProcessorTime;

class PlanTest {
  private final Results results = new Results();

  @Test
  void writes_are_held_against_the_best_of_pgbench_in_the_same_round() {
    round(8_000, 10_000, 30_000);
    round(5_000, 4_000, 10_000);
    round(6_000, 3_000, 24_000);
    Ratio writes = Plan.ratios(results).get(0);
    assertThat(writes.value()).isEqualTo(new Spread(3, 2, 4));
    assertThat(writes.verdict()).isEqualTo("above the floor, below the aim");
  }

  @Test
  void a_series_is_measured_once_in_a_round() {
    assertThat(Plan.round().stream().map(Plan.Step::series)).doesNotHaveDuplicates();
  }

  @Test
  void large_states_are_held_against_small_ones() {
    for (Plan.Step step : Plan.round()) {
      boolean isLarge = step.series().what().contains("365 lots");
      results.add(step.series(), measurement(isLarge ? 500 : 1_000));
    }
    assertThat(Plan.ratios(results))
        .filteredOn(ratio -> ratio.what().matches("\\(e\\) (de|ac).*"))
        .extracting(Ratio::what, ratio -> ratio.value().median())
        .containsExactly(
            tuple("(e) deductions, 12 lots / 1 lot", 1.0),
            tuple("(e) deductions, 365 lots / 1 lot", 0.5),
            tuple("(e) deductions, 1 lot, a hold, stored value, growth / 1 lot", 1.0),
            tuple("(e) accruals, 12 lots / 1 lot", 1.0),
            tuple("(e) accruals, 365 lots / 1 lot", 0.5),
            tuple("(e) accruals, 1 lot, a hold, stored value, growth / 1 lot", 1.0));
  }

  @Test
  void a_verdict_is_about_the_median() {
    Spread value = new Spread(0.7, 0.5, 0.9);
    assertThat(new Ratio("", value, 0.8, 0).verdict()).isEqualTo("below the floor");
    assertThat(new Ratio("", value, 0.6, 0.85).verdict())
        .isEqualTo("above the floor, below the aim");
    assertThat(new Ratio("", value, 0.6, 0).verdict()).isEqualTo("met");
    assertThat(new Ratio("", value, 0, 0).verdict()).isEqualTo("–");
  }

  /** Only the first two of pgbench's series differ; the others are slower. */
  private void round(double pgbench1, double pgbench2, double gateway) {
    int pgbench = 0;
    for (Plan.Step step : Plan.round()) {
      double rate = gateway;
      if (step.series().group().equals("a")) {
        rate = pgbench == 0 ? pgbench1 : pgbench == 1 ? pgbench2 : 1_000;
        pgbench++;
      }
      results.add(step.series(), measurement(rate));
    }
  }

  private static Measurement measurement(double rate) {
    return new Measurement(rate, new Histogram(3), new ProcessorTime(10, 20, 5), 0, 0);
  }
}
