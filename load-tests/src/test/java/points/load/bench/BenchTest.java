package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import points.load.bench.client.Measurement;
import points.load.bench.process.ProcessorTime;

class BenchTest {
  @Test
  void the_page_says_what_was_found_and_how() {
    Histogram latencyUs = new Histogram(3);
    latencyUs.recordValue(1_000);
    Results results = new Results();
    for (Plan.Step step : Plan.round()) {
      double server = step.series().group().equals("a") ? 0 : 30;
      ProcessorTime use = new ProcessorTime(server, 20, 5);
      results.add(step.series(), new Measurement(12_345, latencyUs, use, 0, 2));
    }
    String page =
        new Bench()
            .text(
                results,
                Map.of(
                    "date",
                    "2026-11-22",
                    "machine",
                    "| `fsync=on` |\n",
                    "processors",
                    2,
                    "feedLagMs",
                    77,
                    "answerBytes",
                    4));
    assertThat(page)
        .contains("on 2026-11-22;")
        .contains("12,345 (12,345–12,345)")
        .contains("1.00 (1.00–1.00)", "below the floor", "| ≥ 2.5 |")
        .contains("| – ", "| 30.0 ", "| 1.00 ")
        .contains("Rounds: 3.", "is 8 s long", "begins with 20,000 members")
        .contains("(4 bytes in all)", "with 2 event loops", "seen in this run: 54)")
        .contains("within 77 ms")
        .contains("`fsync=on`")
        .containsOnlyOnce("Not written yet.")
        .doesNotContain("{{");
  }
}
