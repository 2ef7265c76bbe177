package points.ledger.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.account.Lot;
import points.ledger.program.Validity.CalendarUnit;
import points.ledger.program.Validity.EndOf;
import points.ledger.program.Validity.Never;
import points.ledger.program.Validity.Rolling;

class ValidityTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    // period, earned on, first day on which they are gone
    "P12M, 2026-11-22, 2027-11-23",
    "P1Y,  2026-11-22, 2027-11-23",
    "P1M,  2026-01-31, 2026-03-01",
    "P1M,  2028-01-31, 2028-03-01",
    "P1M,  2028-01-29, 2028-03-01",
    "P1M,  2028-01-28, 2028-02-29",
    "P1M,  2026-02-28, 2026-03-29",
    "P1M,  2026-03-31, 2026-05-01",
    "P1M,  2026-12-31, 2027-02-01",
    "P12M, 2028-02-29, 2029-03-01",
    "P48M, 2024-02-29, 2028-03-01",
    "P120M, 2026-11-22, 2036-11-23",
    "P1D,  2026-11-22, 2026-11-24",
    "P1D,  2028-02-28, 2028-03-01",
    "P365D, 2027-03-01, 2028-03-01",
    "P3650D, 2026-11-22, 2036-11-20",
  })
  void rolling_points_are_good_through_the_same_day_a_period_later(
      String period, LocalDate earned, LocalDate gone) {
    var rolling = new Rolling(Period.parse(period));
    Instant expected = gone.atStartOfDay(SHANGHAI).toInstant();
    Instant firstMoment = earned.atStartOfDay(SHANGHAI).toInstant();
    Instant lastMoment = earned.plusDays(1).atStartOfDay(SHANGHAI).toInstant().minusNanos(1);

    assertThat(rolling.expiryOf(firstMoment, SHANGHAI)).isEqualTo(expected);
    assertThat(rolling.expiryOf(lastMoment, SHANGHAI)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "MONTH,   0, 2026-11-22, 2026-12-01",
    "MONTH,   0, 2026-11-30, 2026-12-01",
    "MONTH,   0, 2026-12-01, 2027-01-01",
    "MONTH,   1, 2026-11-22, 2027-01-01",
    "MONTH,   1, 2028-01-31, 2028-03-01",
    "MONTH,  10, 2026-11-22, 2027-10-01",
    "QUARTER, 0, 2026-01-01, 2026-04-01",
    "QUARTER, 0, 2026-03-31, 2026-04-01",
    "QUARTER, 0, 2026-04-01, 2026-07-01",
    "QUARTER, 0, 2026-11-22, 2027-01-01",
    "QUARTER, 1, 2026-11-22, 2027-04-01",
    "QUARTER, 10, 2026-11-22, 2029-07-01",
    "YEAR,    0, 2026-01-01, 2027-01-01",
    "YEAR,    0, 2026-12-31, 2027-01-01",
    "YEAR,    1, 2026-11-22, 2028-01-01",
    "YEAR,   10, 2026-11-22, 2037-01-01",
  })
  void points_are_good_through_the_end_of_a_unit(
      CalendarUnit unit, int after, LocalDate earned, LocalDate gone) {
    Instant noon = earned.atTime(12, 0).atZone(SHANGHAI).toInstant();
    assertThat(new EndOf(unit, after).expiryOf(noon, SHANGHAI))
        .isEqualTo(gone.atStartOfDay(SHANGHAI).toInstant());
  }

  @ParameterizedTest
  @CsvSource({
    // Clocks went from 00:00 to 01:00, so the day began at 01:00.
    "America/Sao_Paulo, P1D, 2017-10-13T12:00, 2017-10-15T03:00:00Z",
    // And back from 00:00 to 23:00: the day before had an hour more.
    "America/Sao_Paulo, P1D, 2018-02-16T12:00, 2018-02-18T03:00:00Z",
    "America/Sao_Paulo, P1D, 2018-02-15T12:00, 2018-02-17T02:00:00Z",
    // 29 March 2026 has 23 hours and 25 October has 25, but both begin at midnight.
    "Europe/Berlin, P1D, 2026-03-27T12:00, 2026-03-28T23:00:00Z",
    "Europe/Berlin, P1D, 2026-03-28T12:00, 2026-03-29T22:00:00Z",
    "Europe/Berlin, P1D, 2026-10-23T12:00, 2026-10-24T22:00:00Z",
    "Europe/Berlin, P1D, 2026-10-24T12:00, 2026-10-25T23:00:00Z",
    // Midnight came twice: the first one counts.
    "America/Havana, P1D, 2026-10-30T12:00, 2026-11-01T04:00:00Z",
    // A day that was left out.
    "Pacific/Apia, P1D, 2011-12-28T12:00, 2011-12-30T10:00:00Z",
  })
  void days_begin_when_the_local_clock_says_so(
      String zone, String period, LocalDateTime earned, Instant gone) {
    ZoneId zoneId = ZoneId.of(zone);
    var rolling = new Rolling(Period.parse(period));
    assertThat(rolling.expiryOf(earned.atZone(zoneId).toInstant(), zoneId)).isEqualTo(gone);
  }

  @ParameterizedTest
  @CsvSource({
    // earned at the last and at the first minute of a local day, in zones whose days differ
    "Europe/Berlin,     P1M, 2026-01-31T23:59, 2026-02-28T23:00:00Z",
    "Europe/Berlin,     P1M, 2026-01-31T00:00, 2026-02-28T23:00:00Z",
    "America/Sao_Paulo, P1M, 2026-01-31T23:59, 2026-03-01T03:00:00Z",
    "Asia/Shanghai,     P1M, 2026-01-31T00:00, 2026-02-28T16:00:00Z",
    // in a leap year the shortest month has a day more
    "Europe/Berlin,     P1M, 2028-01-30T12:00, 2028-02-29T23:00:00Z",
    "Europe/Berlin,     P1M, 2028-01-31T12:00, 2028-02-29T23:00:00Z",
    "Europe/Berlin,     P12M, 2028-02-29T12:00, 2029-02-28T23:00:00Z",
    "Europe/Berlin,     P48M, 2028-02-29T12:00, 2032-02-29T23:00:00Z",
    "Europe/Berlin,     P12M, 2027-02-28T12:00, 2028-02-28T23:00:00Z",
    // 2100 has no 29 February
    "UTC,               P48M, 2096-02-29T12:00, 2100-03-01T00:00:00Z",
    // the end is in summer time, the earning was not, and the other way about
    "Europe/Berlin,     P2M, 2026-02-15T12:00, 2026-04-15T22:00:00Z",
    "Europe/Berlin,     P2M, 2026-09-15T12:00, 2026-11-15T23:00:00Z",
    // the last good day is the one on which clocks change
    "Europe/Berlin,     P1M, 2026-02-28T12:00, 2026-03-28T23:00:00Z",
    "Europe/Berlin,     P1M, 2026-03-01T12:00, 2026-04-01T22:00:00Z",
    "Europe/Berlin,     P7D, 2026-03-22T12:00, 2026-03-29T22:00:00Z",
    "Europe/Berlin,     P7D, 2026-10-18T12:00, 2026-10-25T23:00:00Z",
    // in Sao Paulo the day began at 01:00 when clocks went forward at midnight
    "America/Sao_Paulo, P1M, 2017-09-14T12:00, 2017-10-15T03:00:00Z",
    "America/Sao_Paulo, P1M, 2018-10-03T12:00, 2018-11-04T03:00:00Z",
    "America/Sao_Paulo, P1M, 2018-10-04T12:00, 2018-11-05T02:00:00Z",
    "America/Sao_Paulo, P12M, 2018-02-17T23:30, 2019-02-18T03:00:00Z",
    // summer time is no more since 2019
    "America/Sao_Paulo, P12M, 2018-12-01T12:00, 2019-12-02T03:00:00Z",
  })
  void months_end_on_the_local_day_through_changes_of_clocks_and_calendars(
      String zone, String period, LocalDateTime earned, Instant gone) {
    ZoneId zoneId = ZoneId.of(zone);
    var rolling = new Rolling(Period.parse(period));
    Instant expiry = rolling.expiryOf(earned.atZone(zoneId).toInstant(), zoneId);

    assertThat(expiry).isEqualTo(gone);
    assertThat(new Lot(expiry, 1).hasExpiredBy(gone.minusNanos(1))).isFalse();
    assertThat(new Lot(expiry, 1).hasExpiredBy(gone)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,     MONTH,   0, 2026-03-29T12:00, 2026-03-31T22:00:00Z",
    "Europe/Berlin,     MONTH,   0, 2026-10-25T12:00, 2026-10-31T23:00:00Z",
    "Europe/Berlin,     MONTH,   1, 2028-01-31T12:00, 2028-02-29T23:00:00Z",
    "Europe/Berlin,     MONTH,   1, 2026-01-31T12:00, 2026-02-28T23:00:00Z",
    "Europe/Berlin,     QUARTER, 0, 2026-02-10T12:00, 2026-03-31T22:00:00Z",
    "America/Sao_Paulo, YEAR,    0, 2018-06-01T12:00, 2019-01-01T02:00:00Z",
    "America/Sao_Paulo, YEAR,    0, 2019-06-01T12:00, 2020-01-01T03:00:00Z",
  })
  void units_end_at_the_local_midnight(
      String zone, CalendarUnit unit, int after, LocalDateTime earned, Instant gone) {
    ZoneId zoneId = ZoneId.of(zone);
    assertThat(new EndOf(unit, after).expiryOf(earned.atZone(zoneId).toInstant(), zoneId))
        .isEqualTo(gone);
  }

  @Test
  void the_day_is_the_programs_own() {
    Instant newYearInShanghai = Instant.parse("2026-12-31T16:00:00Z");
    var endOfYear = new EndOf(CalendarUnit.YEAR, 0);
    assertThat(endOfYear.expiryOf(newYearInShanghai, SHANGHAI))
        .isEqualTo(Instant.parse("2027-12-31T16:00:00Z"));
    assertThat(endOfYear.expiryOf(newYearInShanghai.minusNanos(1), SHANGHAI))
        .isEqualTo(newYearInShanghai);
    assertThat(endOfYear.expiryOf(newYearInShanghai, ZoneId.of("UTC")))
        .isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
  }

  @Test
  void points_that_never_expire_outlast_all_others() {
    Instant expiry = new Never().expiryOf(Instant.EPOCH, SHANGHAI);
    assertThat(expiry).isEqualTo(Lot.NEVER).isAfter(Instant.parse("9999-12-31T00:00:00Z"));
    assertThat(new Lot(expiry, 1).hasExpiredBy(Instant.parse("9999-12-31T00:00:00Z"))).isFalse();
  }

  @Test
  void expiry_is_later_than_earning_and_at_the_start_of_a_day_in_every_zone() {
    var random = new Random(2);
    var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    for (int i = 0; i < 20_000; i++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      Instant earned = Instant.ofEpochSecond(random.nextLong(946_684_800L, 2_524_608_000L));
      Validity validity =
          random.nextBoolean()
              ? new Rolling(Period.ofDays(1 + random.nextInt(400)))
              : new EndOf(
                  List.of(CalendarUnit.values()).get(random.nextInt(3)), random.nextInt(11));
      Instant expiry = validity.expiryOf(earned, zone);
      LocalDate day = LocalDate.ofInstant(expiry, zone);

      assertThat(expiry).isAfter(earned);
      assertThat(LocalDate.ofInstant(expiry.minusNanos(1), zone)).isBefore(day);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P0M", "P121M", "P3651D", "P-1M", "P-1D", "P1M1D", "P11Y"})
  void refuses_periods_out_of_range(String period) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rolling(Period.parse(period)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 11})
  void refuses_more_than_ten_units_after(int after) {
    assertThatIllegalArgumentException().isThrownBy(() -> new EndOf(CalendarUnit.MONTH, after));
  }
}
