package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the check of the metrics' names would see a wrong one. */
class PrometheusQueryTest {

  @Test
  void finds_the_metrics_and_the_labels_of_an_expression() {
    String expression =
        """
        histogram_quantile(0.99, sum by (le, job) (rate(a_bucket{method="POST",status=~"2.."}[5m]))) > 0.25
        and on (instance) b offset 1h unless c:d{e!="f"}
        """;

    assertThat(PrometheusQuery.of(expression).metrics())
        .isEqualTo(
            Map.of("a_bucket", Set.of("method", "status"), "b", Set.of(), "c:d", Set.of("e")));
  }

  @Test
  void misses_a_metric_or_a_label_that_nobody_has() {
    var served = new Served("# HELP a of a\na{b=\"}\\\" \",c=\"d\"} 1.0\ne 2\n");

    assertThat(served.missing("rate(a{b=\"x\",c=\"y\",job=\"z\"}[5m]) / e > 1")).isEmpty();
    assertThat(served.missing("a{d=\"x\"} + rat(e[5m]) + f"))
        .containsExactlyInAnyOrder("a{d}", "rat", "f");
  }
}
