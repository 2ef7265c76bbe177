package points.load.replay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReceiptGeneratorTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 11, 22);
  private static final ChainPlan PLAN = new ChainPlan(40, 5_000, 20_000, 7, UNTIL);
  private static final List<Receipt> RECEIPTS = ReceiptGenerator.of(PLAN);

  @Test
  void equal_plans_make_equal_receipts() {
    assertThat(ReceiptGenerator.of(new ChainPlan(40, 5_000, 20_000, 7, UNTIL))).isEqualTo(RECEIPTS);
  }

  @Test
  void a_plan_makes_the_same_receipts_on_every_machine() {
    Receipt first = ReceiptGenerator.of(new ChainPlan(3, 10, 5, 1, UNTIL)).get(0);
    assertThat(first.receiptId()).isEqualTo("gcb075f71-1");
    assertThat(first.memberId()).isEqualTo("M0000009");
    assertThat(first.storeId()).isEqualTo("S0002");
    assertThat(first.soldAt()).isEqualTo("2026-10-23T12:53:43+08:00");
    assertThat(first.lines())
        .hasSize(5)
        .contains(new Receipt.Line("P100001", "SOFT DRINKS", 1, 256));
  }

  @Test
  void receipts_of_different_plans_have_different_numbers() {
    List<Receipt> others =
        List.of(
            ReceiptGenerator.of(new ChainPlan(40, 5_000, 10, 8, UNTIL)).get(0),
            ReceiptGenerator.of(new ChainPlan(40, 5_000, 10, 7, UNTIL.plusDays(1))).get(0),
            ReceiptGenerator.of(new ChainPlan(40, 5_000, 11, 7, UNTIL)).get(0));
    assertThat(others).extracting(Receipt::receiptId).doesNotHaveDuplicates();
  }

  @Test
  void receipts_are_of_the_thirty_days_before_and_in_order() {
    OffsetDateTime end = UNTIL.atStartOfDay(ChainPlan.ZONE).toOffsetDateTime();
    assertThat(RECEIPTS).isSortedAccordingTo(Comparator.comparing(Receipt::soldAt));
    assertThat(RECEIPTS.get(0).soldAt()).isBetween(end.minusDays(30), end.minusDays(29));
    assertThat(RECEIPTS.get(RECEIPTS.size() - 1).soldAt()).isBetween(end.minusDays(1), end);
  }

  @Test
  void the_largest_store_sells_many_times_as_much_as_a_middling_one() {
    List<Long> sales = descending(Receipt::storeId);
    assertThat(sales).hasSize(40);
    assertThat(sales.get(0)).isBetween(RECEIPTS.size() / 20L, RECEIPTS.size() / 5L);
    assertThat(sales.get(0)).isGreaterThan(5 * sales.get(20));
  }

  @Test
  void some_members_come_much_more_often_than_others() {
    List<Long> visits = descending(Receipt::memberId);
    assertThat(visits.get(0)).isBetween(15L, 120L);
    assertThat(visits.get(visits.size() / 2)).isLessThan(visits.get(0) / 4);
  }

  @Test
  void noon_is_busy_the_evening_busier_and_the_afternoon_between_quiet() {
    long noon = count(receipt -> receipt.soldAt().getHour() == 12);
    long afternoon = count(receipt -> receipt.soldAt().getHour() == 15);
    long evening = count(receipt -> receipt.soldAt().getHour() == 18);
    assertThat(evening).isGreaterThan(noon);
    assertThat(noon).isGreaterThan(2 * afternoon);
    assertThat(count(r -> r.soldAt().getHour() < 7 || r.soldAt().getHour() > 22)).isZero();
  }

  @Test
  void weekends_sell_more_a_day() {
    Map<LocalDate, Long> byDay =
        RECEIPTS.stream()
            .collect(Collectors.groupingBy(r -> r.soldAt().toLocalDate(), Collectors.counting()));
    double weekend = mean(byDay, day -> weekend(day));
    double weekday = mean(byDay, day -> !weekend(day));
    assertThat(weekend / weekday).isBetween(1.3, 1.7);
  }

  @Test
  void baskets_hold_fuel_in_thousandths_and_lines_that_cost_nothing() {
    List<Receipt.Line> lines = RECEIPTS.stream().flatMap(r -> r.lines().stream()).toList();
    assertThat(lines.stream().filter(line -> line.category().equals("FUEL")))
        .isNotEmpty()
        .allMatch(line -> line.quantity() >= 15_000 && line.amount() > 10_000);
    assertThat(lines.stream().filter(line -> line.amount() == 0).count())
        .isBetween(lines.size() / 200L, lines.size() / 50L);
    assertThat(lines.size() / (double) RECEIPTS.size()).isBetween(3.0, 6.0);
  }

  @Test
  void a_plan_without_stores_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChainPlan(0, 1, 1, 1, UNTIL))
        .withMessage("stores must be from 1 to 10000, not 0");
  }

  private static boolean weekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static double mean(Map<LocalDate, Long> byDay, Predicate<LocalDate> days) {
    return byDay.entrySet().stream()
        .filter(day -> days.test(day.getKey()))
        .mapToLong(Map.Entry::getValue)
        .average()
        .orElseThrow();
  }

  private static long count(Predicate<Receipt> which) {
    return RECEIPTS.stream().filter(which).count();
  }

  private static List<Long> descending(Function<Receipt, String> key) {
    return RECEIPTS.stream()
        .collect(Collectors.groupingBy(key, Collectors.counting()))
        .values()
        .stream()
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
