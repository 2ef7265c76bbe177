package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import points.gateway.fixture.Chain;
import points.gateway.process.HeldCommit.Fate;
import points.gateway.process.HeldCommit.Step;

/** Figures are right when the gateway is killed, and when they are made again, while tills sell. */
class FiguresSurvivalIT {

  private static final String LEFT =
      """
      SELECT (SELECT count(*) FROM feed_unnumbered)
             + (SELECT count(*) FROM feed WHERE position >
                 (SELECT last_position FROM feed_consumer WHERE name = 'figures'))
      """;

  private static MortalGateway gateway;

  @BeforeAll
  static void open() throws Exception {
    gateway = MortalGateway.open("figures");
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  /** The consumer is killed when its sums and its place are written and not committed. */
  @ParameterizedTest
  @EnumSource(Fate.class)
  void an_order_is_in_the_figures_once_when_the_gateway_is_killed(Fate fate) throws Throwable {
    gateway.beThere();
    String terminal = "killed-" + fate;
    var step =
        new Step(
            "the figures of " + terminal,
            "figure_hour",
            "INSERT",
            "it.terminal_id = '" + terminal + "'");

    gateway.killAt(step, fate, () -> sell("m1", terminal, terminal));
    gateway.restart();
    sell("m1", terminal, terminal + "-2");
    gateway.await("the figures to be up to date", LEFT, 0);

    JsonObject figures = gateway.office().get("/v1/figures?by=terminal").json(200);
    long orders = 0;
    for (Object it : figures.getJsonArray("items")) {
      var item = (JsonObject) it;
      orders += terminal.equals(item.getString("terminalId")) ? item.getLong("orders") : 0;
    }
    assertThat(orders).isEqualTo(2);
    assertThat(run("Audit").output()).contains("the books are right");
  }

  @Test
  void are_made_again_while_tills_sell() throws Exception {
    gateway.beThere();
    for (int i = 0; i < 200; i++) {
      sell("m" + i % 10, "T1", "before-" + i);
    }
    gateway.await("the figures to be up to date", LEFT, 0);
    gateway.run("UPDATE figure_hour SET turnover = turnover + 1000000");
    long entries = gateway.database().number("SELECT count(*) FROM entry");
    var over = new AtomicBoolean();
    var threads = Executors.newSingleThreadExecutor();
    try {
      var till =
          threads.submit(
              () -> {
                for (int i = 0; !over.get(); i++) {
                  sell("m" + i % 10, "T1", "meanwhile-" + i);
                }
              });

      Ended rebuilt = run("FiguresCommand", "rebuild");
      over.set(true);
      till.get(20, TimeUnit.SECONDS);

      assertThat(rebuilt.output()).contains("the new figures are shown");
      assertThat(rebuilt.code()).isZero();
    } finally {
      over.set(true);
      threads.shutdown();
    }
    gateway.await("the figures to be up to date", LEFT, 0);
    assertThat(gateway.database().number("SELECT count(*) FROM entry")).isGreaterThan(entries);
    long turnover =
        gateway.database().number("SELECT sum(amount) FROM entry WHERE kind = 'ACCRUAL'");
    JsonObject totals = gateway.office().get("/v1/figures").json(200).getJsonObject("totals");
    assertThat(totals.getLong("turnover")).isEqualTo(turnover);
    assertThat(run("Audit").output()).contains("the books are right");
  }

  @Test
  void says_what_it_takes() throws Exception {
    Ended wrong = run("FiguresCommand", "rebiuld");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.output()).contains("gateway/figures rebuild");
    Ended cancelled = run("FiguresCommand", "cancel");
    assertThat(cancelled.output()).contains("as they were");
    assertThat(cancelled.code()).isZero();
  }

  private record Ended(int code, String output) {}

  private static Ended run(String command, String... arguments) throws Exception {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-cp");
    words.add(Path.of("target", "gateway.jar") + ":" + Path.of("target", "lib") + "/*");
    words.add("points.gateway." + command);
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("POINTS_"));
    builder.environment().putAll(Map.of("POINTS_PG_URI", gateway.postgresUri()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private static JsonObject sell(String member, String terminal, String order) {
    var body =
        new JsonObject()
            .put("memberId", member)
            .put("storeId", Chain.STORE)
            .put("terminalId", terminal)
            .put("orderId", order)
            .put("amount", 1_000)
            .put("occurredAt", Instant.now().toString());
    return gateway.office().post("/v1/accruals", body).json(201);
  }
}
