package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Balance, lots, entries, and when points expire. */
@WithGateway
class BalanceIT {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  BalanceIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void shows_balance_earned_and_spent_points() {
    chain.earn("whole", 10_000);
    admin.post("/v1/deductions", Chain.spending("whole", 30)).json(201);
    admin.post("/v1/adjustments", Chain.adjustment("whole", 5)).json(201);

    JsonObject balance = chain.balance("whole");

    String tomorrowNextYear =
        LocalDate.now(SHANGHAI).plusYears(1).plusDays(1).atStartOfDay(SHANGHAI).toInstant() + "";
    assertThat(Instant.parse(balance.getString("asOf")))
        .isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
    balance.remove("asOf");
    assertThat(balance)
        .isEqualTo(
            new JsonObject()
                .put("memberId", "whole")
                .put("available", 75)
                .put("held", 0)
                .put("pending", 0)
                .put("debt", 0)
                .put("lifetimeEarned", 100)
                .put("lifetimeSpent", 30)
                .put(
                    "nextExpiry",
                    new JsonObject().put("expiresAt", tomorrowNextYear).put("points", 75))
                .put("storedValue", new JsonObject().put("available", 0).put("held", 0))
                .put("growth", 0)
                .put("accounts", new JsonArray())
                .put("sequence", 3)
                .put("stale", false));
  }

  @Test
  void shows_every_acknowledged_write_at_once() {
    for (int i = 1; i <= 20; i++) {
      JsonObject earned = chain.earn("fresh", 100);

      JsonObject balance = chain.balance("fresh");

      assertThat(balance.getLong("available")).isEqualTo(earned.getLong("balance")).isEqualTo(i);
      assertThat(balance.getLong("sequence")).isEqualTo(earned.getLong("sequence"));
    }
  }

  @Test
  void answers_404_for_an_unknown_member() {
    for (String what : List.of("balance", "lots", "entries")) {
      admin.get("/v1/members/stranger/" + what).isProblem(404, "member_not_found");
      admin.breaking().get("/v1/members/-x/" + what).isProblem(404, "member_not_found");
    }
  }

  @Test
  void pages_through_all_entries_newest_first_while_new_ones_come() {
    for (int i = 0; i < 7; i++) {
      chain.earn("paged", 100);
    }

    List<Long> sequences = new ArrayList<>();
    JsonObject page = admin.get("/v1/members/paged/entries?limit=3").json(200);
    while (true) {
      page.getJsonArray("items").forEach(e -> sequences.add(((JsonObject) e).getLong("sequence")));
      chain.earn("paged", 100);
      String cursor = page.getString("nextCursor");
      if (cursor == null) {
        break;
      }
      page = admin.get("/v1/members/paged/entries?limit=3&cursor=" + cursor).json(200);
    }

    assertThat(sequences).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void ends_a_list_after_a_full_last_page() {
    chain.earn("full", 100);
    chain.earn("full", 100);

    JsonObject page = admin.get("/v1/members/full/entries?limit=2").json(200);

    assertThat(page.getJsonArray("items")).hasSize(2);
    assertThat(page.getBoolean("hasMore")).isFalse();
  }

  @Test
  void shows_the_effect_of_each_entry() {
    JsonObject order =
        chain
            .order("told", 500)
            .put("terminalId", "T9")
            .put("lines", Chain.lines(Chain.line("a", 500)));
    admin.post("/v1/accruals", order).json(201);
    admin.post("/v1/deductions", Chain.spending("told", 2)).json(201);
    admin.post("/v1/adjustments", Chain.adjustment("told", 4)).json(201);
    admin.post("/v1/members/told/freeze", new JsonObject().put("reason", "why")).json(200);

    List<JsonObject> entries = admin.get("/v1/members/told/entries").items();

    assertThat(entries.stream().map(e -> e.getString("kind") + " " + e.getLong("points")))
        .containsExactly("freeze 0", "adjustment 4", "deduction -2", "accrual 5");
    JsonObject accrual = entries.get(3);
    assertThat(accrual.getString("terminalId")).isEqualTo("T9");
    assertThat(accrual.getString("orderId")).isEqualTo(order.getString("orderId"));
    assertThat(accrual.getLong("amount")).isEqualTo(500);
    assertThat(accrual.getJsonArray("lines").getJsonObject(0).getLong("points")).isEqualTo(5);
    assertThat(entries.get(2).getString("reason")).isEqualTo("a coffee");
    assertThat(entries.get(2).getJsonArray("lots").getJsonObject(0).getLong("points"))
        .isEqualTo(-2);
    assertThat(entries.get(1).getString("operator")).isEqualTo("Li Lei");
    assertThat(entries.get(0).getString("reason")).isEqualTo("why");
  }

  @Test
  void pages_through_all_lots_the_first_to_expire_first() {
    for (int day : new int[] {3, 1, 5, 2, 4}) {
      String when = Instant.now().minus(day, ChronoUnit.DAYS).toString();
      admin.post("/v1/accruals", chain.order("lots", day * 100L).put("occurredAt", when)).json(201);
    }

    List<Long> points = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonObject page = admin.get("/v1/members/lots/lots?limit=2" + cursor).json(200);
      page.getJsonArray("items").forEach(lot -> points.add(((JsonObject) lot).getLong("points")));
      String next = page.getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
    }

    assertThat(points).containsExactlyElementsOf(LongStream.of(5, 4, 3, 2, 1).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "ten", "1.5", ""})
  void takes_a_limit_from_1_to_200(String limit) {
    String member = chain.memberWith(1);

    for (String what : List.of("lots", "entries")) {
      admin
          .breaking()
          .get("/v1/members/" + member + "/" + what + "?limit=" + limit)
          .isProblem(400, "invalid_query");
      assertThat(admin.get("/v1/members/" + member + "/" + what + "?limit=200").items()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "bm8tbnVtYmVy", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"})
  void refuses_a_cursor_that_was_made_up(String cursor) {
    chain.earn("cursor", 100);

    for (String what : List.of("lots", "entries")) {
      admin.get("/v1/members/cursor/" + what + "?cursor=" + cursor).isProblem(400, "invalid_query");
    }
  }

  @Test
  void refuses_an_invalid_cursor() {
    for (String cursor : List.of("", "%00", "a%20b")) {
      admin.breaking().get("/v1/stores?cursor=" + cursor).isProblem(400, "invalid_query");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "never,,,                     2026-01-31T12:00:00+08:00,",
    "rolling, P1M,,               2026-01-31T12:00:00+08:00, 2026-02-28T16:00:00Z",
    "rolling, P12M,,              2026-11-22T23:59:59+08:00, 2027-11-22T16:00:00Z",
    "rolling, P12M,,              2026-11-22T16:00:00Z,      2027-11-23T16:00:00Z",
    "rolling, P1D,,               2026-11-22T00:00:00+08:00, 2026-11-23T16:00:00Z",
    "endOf,, month 0,             2026-11-22T12:00:00+08:00, 2026-11-30T16:00:00Z",
    "endOf,, quarter 1,           2026-11-22T12:00:00+08:00, 2027-03-31T16:00:00Z",
    "endOf,, year 1,              2026-11-22T12:00:00+08:00, 2027-12-31T16:00:00Z",
  })
  void gives_points_the_validity_that_the_program_says(
      String kind, String period, String unit, String occurredAt, String expiresAt) {
    JsonObject validity = new JsonObject().put("kind", kind);
    if (period != null) {
      validity.put("period", period);
    }
    if (unit != null) {
      String[] parts = unit.split(" ", -1);
      validity.put("unit", parts[0]).put("after", Integer.parseInt(parts[1]));
    }
    Chain other = Chain.open(gateway, "validity");
    other.admin().put("/v1/program", Chain.rules().put("validity", validity)).json(200);
    JsonObject order = other.order("m", 100).put("occurredAt", occurredAt);

    JsonObject answer = other.admin().post("/v1/accruals", order).json(201);

    JsonObject lot = answer.getJsonArray("lots").getJsonObject(0);
    assertThat(lot.getString("expiresAt")).isEqualTo(expiresAt);
  }

  @Test
  void keeps_points_that_never_expire_for_last() {
    Chain other = Chain.open(gateway, "never");
    JsonObject never = new JsonObject().put("kind", "never");
    other.admin().put("/v1/program", Chain.rules().put("validity", never)).json(200);
    other.earn("m", 100);
    assertThat(other.balance("m").getValue("nextExpiry")).isNull();
    other.admin().put("/v1/program", Chain.rules()).json(200);
    other.earn("m", 200);

    List<JsonObject> lots = other.admin().get("/v1/members/m/lots").items();

    assertThat(lots.stream().map(lot -> lot.getLong("points"))).containsExactly(2L, 1L);
    assertThat(lots.get(1).getString("expiresAt")).isNull();
    JsonObject first = other.admin().get("/v1/members/m/lots?limit=1").json(200);
    assertThat(
            other
                .admin()
                .get("/v1/members/m/lots?limit=1&cursor=" + first.getString("nextCursor"))
                .items())
        .hasSize(1);
  }

  @Test
  void expires_points_at_once_that_come_too_late() {
    JsonObject late = chain.order("late", 500).put("occurredAt", "2020-01-01T00:00:00Z");

    JsonObject answer = admin.post("/v1/accruals", late).json(201);

    assertThat(answer.getLong("points")).isEqualTo(5);
    JsonObject balance = chain.balance("late");
    assertThat(balance.getLong("available")).isZero();
    assertThat(balance.getLong("lifetimeEarned")).isEqualTo(5);
    assertThat(admin.get("/v1/members/late/lots").items()).isEmpty();
    assertThat(
            admin.get("/v1/members/late/entries").items().stream()
                .map(e -> e.getString("kind") + " " + e.getLong("points")))
        .containsExactly("expiry -5", "accrual 5");
    admin.post("/v1/deductions", Chain.spending("late", 1)).isProblem(409, "insufficient_points");
  }

  @Test
  void a_page_of_entries_has_room_for_so_many_lines_and_the_next_page_goes_on() {
    String member = chain.newId("member-");
    JsonObject[] lines =
        IntStream.rangeClosed(1, 500)
            .mapToObj(i -> Chain.line("l" + i, 100))
            .toArray(JsonObject[]::new);
    for (int i = 0; i < 6; i++) {
      JsonObject order = chain.order(member, 50_000).put("lines", Chain.lines(lines));
      chain.admin().post("/v1/accruals", order).json(201);
    }
    for (String filter : List.of("", "&kind=accrual")) {
      String entries = "/v1/members/" + member + "/entries?limit=200" + filter;
      JsonObject first = chain.admin().get(entries).json(200);
      assertThat(first.getJsonArray("items")).hasSize(4);
      assertThat(first.getBoolean("hasMore")).isTrue();
      JsonObject next =
          chain.admin().get(entries + "&cursor=" + first.getString("nextCursor")).json(200);
      assertThat(next.getJsonArray("items")).hasSize(2);
      assertThat(next.getBoolean("hasMore")).isFalse();
    }
  }
}
