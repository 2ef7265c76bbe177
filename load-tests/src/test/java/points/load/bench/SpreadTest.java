package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import points.load.bench.Results.Spread;

class SpreadTest {
  @Test
  void the_median_is_the_middle_or_between_the_two_middles() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(4, 1, 2, 10)).isEqualTo(new Spread(3, 1, 10));
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void a_ratio_is_taken_in_each_round_before_the_median() {
    // The second round ran on a slow moment of the machine: it does not touch the ratio.
    double[] gateway = {30, 3, 20};
    double[] pgbench = {10, 1, 10};
    assertThat(Spread.ofRatios(gateway, pgbench)).isEqualTo(new Spread(3, 2, 3));
  }

  @Test
  void a_spread_of_no_figures_is_refused() {
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Spread.ofRatios(new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
