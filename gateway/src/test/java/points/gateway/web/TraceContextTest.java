package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @ParameterizedTest
  @ValueSource(
      strings = {"00-%s-%s-00", "00-%s-%s-01", "cc-%s-%s-01", "cc-%s-%s-01-what-comes-later"})
  void reads_trace_and_parent(String form) {
    assertThat(TraceContext.parse(form.formatted(TRACE, PARENT)))
        .isEqualTo(new TraceContext(TRACE, PARENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-%s-%s",
        "00-%s-%s-01-more",
        "ff-%s-%s-01",
        "00-%s-%s-1",
        "0-%s-%s-01",
        " 00-%s-%s-01"
      })
  void takes_nothing_of_another_form(String form) {
    assertThat(TraceContext.parse(form.formatted(TRACE, PARENT))).isNull();
  }

  @Test
  void takes_no_ids_that_are_all_zero_or_in_capitals() {
    assertThat(TraceContext.parse("00-" + "0".repeat(32) + "-" + PARENT + "-01")).isNull();
    assertThat(TraceContext.parse("00-" + TRACE + "-" + "0".repeat(16) + "-01")).isNull();
    assertThat(TraceContext.parse("00-" + TRACE.toUpperCase(Locale.ROOT) + "-" + PARENT + "-01"))
        .isNull();
  }

  @Test
  void takes_nothing_without_end() {
    assertThat(TraceContext.parse("cc-" + TRACE + "-" + PARENT + "-01-" + "x".repeat(1_000)))
        .isNull();
  }
}
