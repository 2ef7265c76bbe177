package points.ledger.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {

  private static final Instant ARRIVED = Instant.parse("2026-11-25T10:00:00Z");

  /** The window is 72 hours: what is just as old is let by. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-25T10:00:00Z,        false",
    "2026-11-26T10:00:00Z,        false",
    "2026-11-22T10:00:00.000001Z, false",
    "2026-11-22T10:00:00Z,        false",
    "2026-11-22T09:59:59.999999Z, true",
    "2000-01-01T00:00:00Z,        true"
  })
  void is_late_when_it_is_older_than_the_window(Instant occurredAt, boolean late) {
    assertThat(Terms.PLAIN.isLate(occurredAt, ARRIVED)).isEqualTo(late);
  }
}
