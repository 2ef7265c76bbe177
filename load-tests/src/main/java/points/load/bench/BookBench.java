package points.load.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import points.load.bench.Results.Series;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Population;
import points.load.bench.client.RequestSource;
import points.load.bench.process.MeasuredGateway;
import points.load.process.HarnessException;
import points.load.process.Shell;

/**
 * Measures what a rule book, or a budget of one, adds to an accrual.
 *
 * <p>Both sides send the same baskets to the same gateway in turn. Those of the other side were
 * paid before the book was in force, and so earn by what counted then.
 *
 * @param before a time at which the book was not in force
 */
record BookBench(GatewaysUnderTest gateway, Instant before, Series with, Series without) {
  private static final int CONNECTIONS = 512;
  private static final double FLOOR = 0.9;

  /** A limit that the measurement does not reach. */
  private static final long LIMIT = 1_000_000_000_000_000L;

  private static final int PROMOTIONS = 200;
  private static final int RATIOS = 100;
  private static final int SETS = 40;

  /** A book of 200 promotions and 10,000 ratios by product, beside the program's ratio. */
  static BookBench ofLargeBook(GatewaysUnderTest gateway) {
    Instant before = publish(gateway, document());
    return new BookBench(
        gateway, before, series("with the rule book"), series("without the rule book"));
  }

  /** A budget on which every order draws, beside the same book without it. */
  static BookBench ofHotBudget(GatewaysUnderTest gateway) {
    publish(gateway, bonus("unpaid", Optional.empty()));
    Instant before =
        publish(
            gateway,
            bonus("paid", Optional.of(new JsonObject().put("id", "hot").put("limit", LIMIT))));
    return new BookBench(gateway, before, series("with the budget"), series("without the budget"));
  }

  private static Series series(String name) {
    return new Series("b", name, CONNECTIONS);
  }

  /**
   * Publishes a book, and waits until it is in force.
   *
   * @return a time just before that
   */
  private static Instant publish(GatewaysUnderTest gateway, JsonObject document) {
    String id = document.getString("ruleBookId");
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    MeasuredGateway node = gateway.nodes().get(0);
    made(node.post("/v1/rule-books", id, document.encode()));
    JsonObject published =
        made(node.post("/v1/rule-books/" + id + "/publish", "publish-" + id, "{}"));
    Instant from = OffsetDateTime.parse(published.getString("inForceFrom")).toInstant();
    Shell.pause(Duration.between(Instant.now(), from.plusSeconds(1)));
    return before;
  }

  /** A book that gives each order the same bonus. */
  private static JsonObject bonus(String ruleBookId, Optional<JsonObject> budget) {
    JsonObject promotion = new JsonObject().put("id", "bonus").put("fixed", 5);
    JsonObject book =
        new JsonObject()
            .put("ruleBookId", ruleBookId)
            .put("base", new JsonObject().put("points", 1).put("perAmount", 100))
            .put("promotions", new JsonArray().add(promotion));
    budget.ifPresent(
        it -> {
          promotion.put("budget", it.getString("id"));
          book.put("budgets", new JsonArray().add(it));
        });
    return book;
  }

  private static JsonObject made(HttpResponse<String> answer) {
    if (answer.statusCode() != 201) {
      throw new HarnessException("the rule book could not be published: " + answer.body());
    }
    return new JsonObject(answer.body());
  }

  /** Promotions of all kinds; about twenty name a line of a basket, and half of these hold. */
  static JsonObject document() {
    JsonArray ratios = new JsonArray();
    int each = Population.PRODUCTS / RATIOS;
    for (int i = 0; i < RATIOS; i++) {
      ratios.add(
          new JsonObject()
              .put("id", "r" + i)
              .put("for", products(i * each, each))
              .put("points", 1 + i % 3)
              .put("perAmount", 100));
    }
    JsonArray promotions = new JsonArray();
    for (int i = 0; i < PROMOTIONS; i++) {
      JsonObject it = new JsonObject().put("id", "p" + i);
      switch (i % 3) {
        case 0 -> it.put("multiply", "1.5");
        case 1 -> it.put("perUnit", 2);
        default -> it.put("fixed", 10);
      }
      int amount = i % 2 == 0 ? 10_000 : 1_000_000;
      promotions.add(
          it.put("for", "s" + i % SETS)
              .put(
                  "when", new JsonObject().put("minimum", new JsonObject().put("amount", amount))));
    }
    JsonObject sets = new JsonObject();
    int ofSet = Population.PRODUCTS / SETS;
    IntStream.range(0, SETS).forEach(i -> sets.put("s" + i, products(i * ofSet, ofSet)));
    return new JsonObject()
        .put("ruleBookId", "bench")
        .put("sets", sets)
        .put("base", new JsonObject().put("points", 1).put("perAmount", 100))
        .put("ratios", ratios)
        .put("promotions", promotions);
  }

  private static JsonObject products(int first, int count) {
    return new JsonObject()
        .put(
            "products",
            new JsonArray(
                IntStream.range(first, first + count).mapToObj(Population::product).toList()));
  }

  /** Measures both sides in turn, and returns the figures. */
  String cost(Duration warmUp, int rounds, Duration window) {
    gateway.measure(source(true), CONNECTIONS, warmUp);
    gateway.measure(source(false), CONNECTIONS, warmUp);
    Results results = new Results();
    for (int i = 0; i < 2 * rounds; i++) {
      boolean rated = i % 4 == 1 || i % 4 == 2; // neither always comes first
      results.add(rated ? with : without, gateway.measure(source(rated), CONNECTIONS, window));
    }
    List<Series> one = List.of(with);
    List<Series> other = List.of(without);
    return Tables.measurements(results)
        + Tables.ratios(
            List.of(
                results.ratio("rate", one, other, it -> it.rate()).demanding(FLOOR, 0),
                results.ratio("server µs", one, other, it -> it.use().server()),
                results.ratio("PostgreSQL µs", one, other, it -> it.use().postgres())));
  }

  private RequestSource source(boolean rated) {
    Optional<Instant> at = rated ? Optional.empty() : Optional.of(before);
    return gateway.population(MemberShape.PLAIN).baskets(at);
  }
}
