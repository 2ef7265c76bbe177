package points.gateway.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Figures of days on which the clocks change: they have 23 or 25 hours. */
@WithGateway
class FigureDaysIT {

  private final LocalGateway gateway;

  FigureDaysIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  @AfterEach
  void reset() {
    gateway.clock().reset();
  }

  @ParameterizedTest(name = "{1} in {0} has {2} hours")
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 23",
    "Europe/Berlin, 2026-10-25, 25",
    "America/New_York, 2026-03-08, 23",
    "America/New_York, 2026-11-01, 25",
    "Australia/Lord_Howe, 2026-04-05, 25", // its clocks go back by half an hour
    "Asia/Kolkata, 2026-10-25, 24", // its hours begin at half past those of UTC
    "Asia/Shanghai, 2026-10-25, 24"
  })
  void a_day_has_the_hours_that_its_clocks_show(String zone, LocalDate day, int hours) {
    Chain chain = Chain.open(gateway, "days");
    chain.admin().put("/v1/program", Chain.rules().put("timeZone", zone)).json(200);
    LocalDate weekBefore = day.minusDays(7);
    Instant start = day.atStartOfDay(ZoneId.of(zone)).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
    sell(chain, weekBefore.atTime(12, 0).atZone(ZoneId.of(zone)).toInstant());
    sell(chain, start.minusSeconds(1));
    List<String> hoursOfSales = new ArrayList<>();
    for (Instant at = start; at.isBefore(end); at = at.plus(Duration.ofMinutes(30))) {
      sell(chain, at);
      hoursOfSales.add(at.toString());
    }
    sell(chain, end);
    int sales = hoursOfSales.size();
    Await.until(
        "the figures",
        () -> orders(figures(chain, "day", weekBefore, day.plusDays(1))) == sales + 3);

    List<JsonObject> ofDay = items(figures(chain, "hour", day, day));
    assertThat(ofDay.stream().map(it -> it.getString("hour")))
        .hasSize(hours)
        .isSorted()
        .doesNotHaveDuplicates()
        .startsWith(start.toString());
    assertThat(ofDay).allMatch(it -> it.getLong("orders").equals(it.getLong("pointsEarned")));
    assertThat(ofDay.stream().mapToLong(it -> it.getLong("orders")).sum()).isEqualTo(sales);
    JsonObject totals = figures(chain, "hour", day, day).getJsonObject("totals");
    assertThat(totals.getLong("orders")).isEqualTo(sales);
    assertThat(totals.getLong("turnover")).isEqualTo(sales * 100L);
    assertThat(totals.getLong("membersServed")).isEqualTo(1);
    List<JsonObject> days = items(figures(chain, "day", weekBefore, day.plusDays(1)));
    assertThat(days.stream().map(it -> it.getString("day") + " " + it.getLong("orders")))
        .as("the day against those that it is compared with")
        .containsExactly(
            weekBefore + " 1", day.minusDays(1) + " 1", day + " " + sales, day.plusDays(1) + " 1");
  }

  /** Sold and recorded at this instant. */
  private void sell(Chain chain, Instant at) {
    gateway.clock().moveTo(at);
    JsonObject order = chain.order("m1", 100).put("occurredAt", at.toString());
    chain.admin().post("/v1/accruals", order).json(201);
  }

  private static JsonObject figures(Chain chain, String by, LocalDate from, LocalDate to) {
    Caller admin = chain.admin();
    return admin.get("/v1/figures?by=" + by + "&from=" + from + "&to=" + to).json(200);
  }

  private static long orders(JsonObject figures) {
    return figures.getJsonObject("totals").getLong("orders");
  }

  private static List<JsonObject> items(JsonObject figures) {
    return figures.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }
}
