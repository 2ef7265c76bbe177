package points.load.replay.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.load.http.Fields;
import points.load.http.UnexpectedAnswerException;

final class ValidityTest {
  @ParameterizedTest(name = "{0} in {1}, {2}: {3}")
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          # sold at, zone, validity, gone at
          2026-11-22T18:30:00+08:00, Asia/Shanghai, '{"kind":"rolling","period":"P12M"}', 2027-11-23T00:00:00+08:00
          2026-01-31T12:00:00+08:00, Asia/Shanghai, '{"kind":"rolling","period":"P1M"}', 2026-03-01T00:00:00+08:00
          2028-01-31T12:00:00+08:00, Asia/Shanghai, '{"kind":"rolling","period":"P1M"}', 2028-03-01T00:00:00+08:00
          2028-02-29T12:00:00+08:00, Asia/Shanghai, '{"kind":"rolling","period":"P12M"}', 2029-03-01T00:00:00+08:00
          2026-11-22T23:59:59+08:00, Asia/Shanghai, '{"kind":"rolling","period":"P1D"}', 2026-11-24T00:00:00+08:00
          2026-11-22T16:00:00Z, Asia/Shanghai, '{"kind":"rolling","period":"P1D"}', 2026-11-25T00:00:00+08:00
          2026-11-22T18:30:00+08:00, Asia/Shanghai, '{"kind":"endOf","unit":"month","after":0}', 2026-12-01T00:00:00+08:00
          2026-11-30T23:59:59+08:00, Asia/Shanghai, '{"kind":"endOf","unit":"month","after":1}', 2027-01-01T00:00:00+08:00
          2026-11-22T18:30:00+08:00, Asia/Shanghai, '{"kind":"endOf","unit":"quarter","after":0}', 2027-01-01T00:00:00+08:00
          2026-03-31T18:30:00+08:00, Asia/Shanghai, '{"kind":"endOf","unit":"quarter","after":0}', 2026-04-01T00:00:00+08:00
          2026-04-01T00:00:00+08:00, Asia/Shanghai, '{"kind":"endOf","unit":"quarter","after":1}', 2026-10-01T00:00:00+08:00
          2026-12-31T18:30:00+08:00, Asia/Shanghai, '{"kind":"endOf","unit":"year","after":0}', 2027-01-01T00:00:00+08:00
          2026-01-01T00:00:00+08:00, Asia/Shanghai, '{"kind":"endOf","unit":"year","after":1}', 2028-01-01T00:00:00+08:00
          2017-03-11T12:00:00-05:00, America/New_York, '{"kind":"rolling","period":"P1D"}', 2017-03-13T00:00:00-04:00
          2018-11-02T12:00:00-03:00, America/Sao_Paulo, '{"kind":"rolling","period":"P1D"}', 2018-11-04T01:00:00-02:00
          """)
  void points_are_gone_at_the_start_of_a_local_day(
      String soldAt, String zone, String validity, String goneAt) {
    assertThat(read(validity).expiresAt(instant(soldAt), ZoneId.of(zone)))
        .contains(instant(goneAt));
  }

  @Test
  void points_that_never_expire_have_no_end() {
    assertThat(read("{\"kind\":\"never\"}").expiresAt(Instant.EPOCH, ZoneId.of("UTC"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":\"sometimes\"}",
        "{\"kind\":\"rolling\",\"period\":\"a year\"}",
        "{\"kind\":\"endOf\",\"unit\":\"week\",\"after\":1}",
        "{\"kind\":\"endOf\",\"unit\":\"month\",\"after\":1.5}"
      })
  void a_validity_it_does_not_know_is_not_guessed_at(String validity) {
    assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> read(validity));
  }

  private static Validity read(String json) {
    return Validity.read(new Fields(new JsonObject(json)));
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
