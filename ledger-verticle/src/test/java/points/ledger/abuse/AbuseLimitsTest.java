package points.ledger.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.abuse.AbuseLimit.Action;
import points.ledger.abuse.AbuseLimit.Count;
import points.ledger.abuse.AbuseLimit.Per;

class AbuseLimitsTest {

  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private static AbuseLimit limit(Count count, Per per, long limit, Action action) {
    return new AbuseLimit(per + "-" + count, count, per, HOUR, limit, action);
  }

  private static AbuseLimits.Breach judge(
      AbuseLimit limit, RecentOrder order, RecentOrders before) {
    return new AbuseLimits(List.of(limit)).judge(order, Duration.ZERO, before, List.of());
  }

  private static RecentOrder order(Instant paidAt, long points, long amount) {
    return new RecentOrder(paidAt.toEpochMilli(), points, amount);
  }

  private static RecentOrders before(RecentOrder... orders) {
    return RecentOrders.NONE.plus(List.of(orders), NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERS, 2, false", "ORDERS, 1, true",
    "POINTS, 70, false", "POINTS, 69, true",
    "AMOUNT, 700, false", "AMOUNT, 699, true"
  })
  void a_member_reaches_the_limit_and_is_beyond_it_with_the_next(
      Count count, long most, boolean beyond) {
    RecentOrders before = before(order(NOON.minusSeconds(60), 30, 300));
    AbuseLimit limit = limit(count, Per.MEMBER, most, Action.REVIEW);
    assertThat(judge(limit, order(NOON, 40, 400), before).limits())
        .isEqualTo(beyond ? List.of(limit.id()) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"3600000, false", "3599999, true", "0, true", "-1, false"})
  void orders_count_that_were_paid_within_the_time_before(long millisBefore, boolean counts) {
    RecentOrders before = before(order(NOON.minusMillis(millisBefore), 1, 1));
    AbuseLimit limit = limit(Count.ORDERS, Per.MEMBER, 1, Action.REVIEW);
    assertThat(judge(limit, order(NOON, 1, 1), before).limits().isEmpty()).isEqualTo(!counts);
  }

  @Test
  void a_member_whose_orders_were_dropped_within_the_time_is_beyond_any_limit() {
    AbuseLimit limit = limit(Count.AMOUNT, Per.MEMBER, 1_000_000, Action.REVIEW);
    var orders = new ArrayList<RecentOrder>();
    for (int i = 0; i < RecentOrders.MAX - 1; i++) {
      orders.add(order(NOON.minusSeconds(i), 1, 1));
    }
    RecentOrders many = RecentOrders.NONE.plus(orders, NOON);
    assertThat(judge(limit, order(NOON, 1, 1), many).limits()).isEmpty();

    RecentOrders full = many.plus(List.of(order(NOON, 1, 1), order(NOON, 1, 1)), NOON);
    assertThat(full.all()).hasSize(RecentOrders.MAX);
    assertThat(full.all().get(0).paidAt())
        .isEqualTo(NOON.minusSeconds(RecentOrders.MAX - 3).toEpochMilli());
    assertThat(judge(limit, order(NOON, 1, 1), full).limits()).containsExactly(limit.id());
    assertThat(judge(limit, order(NOON.plus(HOUR), 1, 1), full).limits()).isEmpty();
  }

  @Test
  void orders_are_dropped_a_day_after_limits_look_back_to_them() {
    RecentOrders old = before(order(NOON.minus(Duration.ofDays(8)), 1, 1));
    assertThat(old.all()).hasSize(1);
    RecentOrders later = old.plus(List.of(order(NOON, 2, 2)), NOON.plusMillis(1));
    assertThat(later.all()).containsExactly(order(NOON, 2, 2));
  }

  @Test
  void a_receipt_stands_for_itself() {
    AbuseLimit large = limit(Count.AMOUNT, Per.RECEIPT, 500, Action.REFUSE);
    RecentOrders before = before(order(NOON, 1, 10_000));
    assertThat(judge(large, order(NOON, 1, 500), before)).isEqualTo(AbuseLimits.Breach.NONE);
    assertThat(judge(large, order(NOON, 1, 501), before).refusedBy()).isEqualTo(large);
  }

  @Test
  void a_receipt_is_late_after_its_time() {
    var limits = new AbuseLimits(List.of(limit(Count.LATENESS, Per.RECEIPT, 0, Action.REVIEW)));
    RecentOrder order = order(NOON, 1, 1);
    assertThat(limits.judge(order, HOUR, RecentOrders.NONE, List.of()).limits()).isEmpty();
    assertThat(limits.judge(order, HOUR.plusNanos(1), RecentOrders.NONE, List.of()).limits())
        .hasSize(1);
  }

  @Test
  void those_of_tills_people_and_stores_are_counted_elsewhere() {
    var limits =
        new AbuseLimits(
            List.of(
                limit(Count.ORDERS, Per.STORE, 1, Action.REVIEW),
                limit(Count.ORDERS, Per.CASHIER, 1, Action.REFUSE),
                limit(Count.ORDERS, Per.TERMINAL, 1, Action.REFUSE)));
    AbuseLimits.Breach breach =
        limits.judge(
            order(NOON, 1, 1),
            Duration.ZERO,
            RecentOrders.NONE,
            List.of("TERMINAL-ORDERS", "STORE-ORDERS"));
    assertThat(breach.limits()).containsExactly("STORE-ORDERS", "TERMINAL-ORDERS");
    assertThat(breach.refusedBy()).isEqualTo(limits.all().get(2));
  }
}
