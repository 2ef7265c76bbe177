package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void the_page_says_what_was_found_and_how() {
    Results results = new Results();
    for (Plan.Step step : Plan.round()) {
      double server = step.series().part() == 'a' ? 0 : 30;
      results.add(
          step.series(),
          new Measurement(12_345, new Latency(1, 2, 3), new ProcessorUse(server, 20, 5), 2));
    }
    String page = report(results).page();
    assertThat(page)
        .contains("on 2026-11-22;")
        .contains("12,345 (12,345–12,345)")
        .contains("1.00 (1.00–1.00)", "below the floor", "| ≥ 2.5 |")
        .contains("(4 bytes in all)", "is 2 threads on plain", "seen in this run: 54)")
        .contains("`fsync=on`", "-Xmx1g")
        .containsOnlyOnce(BenchmarksPage.KEPT_SECTION);
  }

  private static Report report(Results results) {
    Machine machine = new Machine(2, "a processor", 4096, "6.1", "a JVM", "5.0");
    Report.Parts parts =
        new Report.Parts(machine, "17.1", "17.2", Map.of("fsync", "on"), List.of("-Xmx1g"));
    return new Report(
        LocalDate.of(2026, 11, 22), new Report.Method(3, 8, 16, 2, "null"), parts, results);
  }
}
