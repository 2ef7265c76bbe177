package points.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.load.bench.process.MeasuredGateway;
import points.load.http.Target;
import points.load.model.book.RuleBook;
import points.load.replay.receipt.ChainPlan;
import points.load.replay.receipt.Receipt;
import points.load.replay.receipt.ReceiptGenerator;
import points.load.replay.refund.RefundPlan;
import points.load.rules.GeneratedBook;

/** The replay by rule books of fifty rules, against a gateway as people start it. */
@Timeout(180)
class RuleBookReplayIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final int IN_FLIGHT = 64;
  private static final int CLOCK_PORT = MeasuredGateway.freePort();

  private static final List<Receipt> RECEIPTS =
      ReceiptGenerator.of(new ChainPlan(4, 40, 500, 3, LocalDate.of(2017, 2, 20)));

  private static MeasuredGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "rule-book-it").toAbsolutePath());
    gateway =
        MeasuredGateway.start(
            ROOT,
            Files.createTempDirectory(folder, "run"),
            Map.of(
                "POINTS_TEST_CLOCK",
                "true",
                "POINTS_MANAGEMENT_PORT",
                Integer.toString(CLOCK_PORT)));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void the_model_and_the_gateway_agree_on_books_of_fifty_rules() {
    for (long seed : List.of(1L, 2L, 3L)) {
      JsonObject document = book(seed);
      ReplayReport report = replay(document, document);

      assertThat(report.tally().firstMismatches()).as("seed %d", seed).isEmpty();
      assertThat(report.tally().acknowledgedCount()).isEqualTo(RECEIPTS.size());
      assertThat(report.tally().refundCount()).isGreaterThan(100);
      assertThat(report.tally().parkedCount()).isPositive();
    }
  }

  @Test
  void another_rule_in_the_model_is_seen() {
    JsonObject document = book(1);
    for (int i = 0; i < 3; i++) {
      JsonObject other = withOther(document, i);

      assertThat(replay(document, other).tally().mismatchCount()).as("rule %d", i).isPositive();
    }
  }

  /** Changes one rule: the base ratio, the points of a promotion, a cap. */
  private static JsonObject withOther(JsonObject document, int which) {
    JsonObject other = document.copy();
    JsonArray promotions = other.getJsonArray("promotions");
    switch (which) {
      case 0 -> other.getJsonObject("base").put("perAmount", 99);
      case 1 ->
          promotions.stream()
              .map(JsonObject.class::cast)
              .filter(it -> it.containsKey("fixed"))
              .limit(10)
              .forEach(it -> it.put("fixed", it.getLong("fixed") + 1));
      default -> other.getJsonObject("caps").put("perMember", new JsonObject().put("day", 3));
    }
    return other;
  }

  private static JsonObject book(long seed) {
    List<Receipt.Line> lines = RECEIPTS.stream().flatMap(it -> it.lines().stream()).toList();
    var chain =
        new GeneratedBook.Chain(
            lines.stream().map(Receipt.Line::productId).distinct().limit(60).toList(),
            lines.stream().map(Receipt.Line::category).distinct().sorted().toList(),
            IntStream.rangeClosed(1, 4).mapToObj("S%04d"::formatted).toList(),
            6_000);
    return GeneratedBook.of("fifty-" + seed, seed, chain, 50).put("timeZone", ZONE.getId());
  }

  private static ReplayReport replay(JsonObject document, JsonObject ofModel) {
    var shown = new ByteArrayOutputStream();
    RefundPlan refunds = RefundPlan.of(RECEIPTS, 0.3, 1).elsewhere(RECEIPTS);
    RuleBookOptions.Run run =
        new RuleBookOptions.Run(
            document,
            RuleBook.read(ofModel, ZONE),
            refunds,
            new RuleBookReplay.Display(
                new PrintStream(shown, true, StandardCharsets.UTF_8), false));
    URI url = URI.create("http://127.0.0.1:" + gateway.address().getPort());
    URI clock = URI.create("http://127.0.0.1:" + CLOCK_PORT);
    return RuleBookOptions.replay(
        run, clock, new Target(url, gateway.apiKey()), IN_FLIGHT, RECEIPTS);
  }
}
