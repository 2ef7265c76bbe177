package points.load.rules;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Makes rule books up in which all kinds of rules meet. Equal seeds make equal books.
 *
 * <p>Most conditions hold for some orders and not for others; many promotions have caps, so that
 * orders depend on those before them.
 */
public final class GeneratedBook {
  private static final List<String> MODES = List.of("floor", "halfUp", "halfEven", "ceiling");
  private static final List<String> WEEKDAYS =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final List<String> GROUPS = List.of("g1", "g2", "g3", "g4");
  private static final List<String> MEASURES = List.of("initial", "current", "goods");

  /**
   * The goods and stores of a chain.
   *
   * @param categories none when its tills do not send any
   * @param amount of a usual order, in minor units
   */
  public record Chain(
      List<String> products, List<String> categories, List<String> storeIds, long amount) {}

  private final Random random;
  private final Chain chain;
  private final List<String> categories;
  private final List<String> groupsByLine = new ArrayList<>();

  private GeneratedBook(long seed, Chain chain) {
    this.random = new Random(seed);
    this.random.nextInt(); // the first of neighbouring seeds are alike
    this.chain = chain;
    this.categories = new ArrayList<>(chain.categories());
  }

  /** Returns the document of a book with so many promotions. */
  public static JsonObject of(String ruleBookId, long seed, Chain chain, int promotions) {
    return new GeneratedBook(seed, chain).document(ruleBookId, promotions);
  }

  private JsonObject document(String ruleBookId, int promotions) {
    JsonObject book = new JsonObject().put("ruleBookId", ruleBookId);
    boolean carry = chance(3);
    String mode = carry ? "floor" : any(MODES);
    book.put("rounding", new JsonObject().put("mode", mode).put("carry", carry));
    book.put("base", ratio(1));
    if (chance(2) && !chain.categories().isEmpty()) {
      String excluded = any(chain.categories());
      book.put("excluded", new JsonObject().put("categories", new JsonArray().add(excluded)));
      categories.remove(excluded); // a promotion for goods that earn nothing is not publishable
    }
    book.put("ratios", ratios());
    if (chance(2)) {
      book.put("brackets", brackets());
    }
    book.put("stacking", stacking());
    book.put("sets", new JsonObject().put("days", days()));
    JsonArray all = new JsonArray();
    for (int i = 0; i < promotions; i++) {
      all.add(promotion("p" + i));
    }
    JsonObject caps = cap(40 * chain.amount() / 100);
    caps.remove("unit");
    book.put("promotions", all);
    return book.put(
        "caps", caps.put("return", any(List.of("samePeriod", "samePeriod", "always", "never"))));
  }

  private JsonObject ratio(int least) {
    JsonObject ratio =
        new JsonObject()
            .put("points", random.nextInt(4) + least)
            .put("perAmount", List.of(100, 70, 250, 1_000).get(random.nextInt(4)));
    return chance(4) ? ratio.put("per", "fullStep") : ratio;
  }

  /** Ratios of one kind name other goods each: a book in which two name the same is refused. */
  private JsonArray ratios() {
    JsonArray ratios = new JsonArray();
    List<String> products = new ArrayList<>(chain.products());
    List<String> left = new ArrayList<>(categories);
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      boolean byProduct = chance(2) || left.isEmpty();
      List<String> pool = byProduct ? products : left;
      if (!pool.isEmpty()) {
        JsonArray names = some(pool, 2);
        pool.removeAll(names.getList());
        JsonObject goods = new JsonObject().put(byProduct ? "products" : "categories", names);
        ratios.add(ratio(0).put("id", "r" + i).put("for", goods));
      }
    }
    return ratios;
  }

  private JsonObject goods() {
    return chance(3) || categories.isEmpty()
        ? products()
        : new JsonObject().put("categories", some(categories, 2));
  }

  private JsonObject products() {
    return new JsonObject().put("products", some(chain.products(), 4));
  }

  private JsonObject brackets() {
    long first = chain.amount() / 2;
    JsonArray steps =
        new JsonArray()
            .add(step(1, 100).put("upTo", first))
            .add(step(3, 200).put("upTo", first * 4))
            .add(step(2, 100));
    return new JsonObject()
        .put("id", "steps")
        .put("mode", chance(2) ? "marginal" : "whole")
        .put("steps", steps);
  }

  private static JsonObject step(int points, int perAmount) {
    return new JsonObject().put("points", points).put("perAmount", perAmount);
  }

  private JsonObject stacking() {
    JsonArray groups = new JsonArray();
    for (String id : GROUPS) {
      String scope = chance(2) ? "line" : "order";
      if (scope.equals("line")) {
        groupsByLine.add(id);
      }
      groups.add(
          new JsonObject()
              .put("id", id)
              .put("choose", chance(2) ? "best" : "priority")
              .put("scope", scope));
    }
    return new JsonObject()
        .put("combine", any(List.of("add", "multiply", "best")))
        .put("groups", groups);
  }

  private JsonObject days() {
    return new JsonObject()
        .put("holidays", new JsonArray().add("2017-01-02").add("2017-05-29").add("2017-07-04"))
        .put("workdays", new JsonArray().add("2017-01-07").add("2017-07-09"));
  }

  private JsonObject promotion(String id) {
    JsonObject promotion = new JsonObject().put("id", id).put("priority", random.nextInt(4));
    int effect = random.nextInt(3);
    if (effect == 0) {
      promotion.put("multiply", any(List.of("2", "1.5", "3", "1.1", "1.25")));
    } else if (effect == 1) {
      promotion.put("perUnit", 1 + random.nextInt(5));
      if (chance(2)) {
        promotion.put("unitsPerOrder", 1 + random.nextInt(6));
      }
    } else {
      promotion.put("fixed", 1 + random.nextInt(60));
    }
    if (chance(3)) {
      String group = any(GROUPS);
      if (effect < 2 || !groupsByLine.contains(group)) {
        promotion.put("group", group);
      }
    }
    JsonObject when = when();
    if (!chance(3)) {
      promotion.put("for", goods());
    }
    JsonObject named = promotion.getJsonObject("for", new JsonObject());
    if (chance(4) && !named.containsKey("products")) {
      when.put("not", new JsonObject().put("goods", products()));
    }
    promotion.put("when", when);
    JsonObject cap = cap(2 * chain.amount() / 100);
    return cap.isEmpty() ? promotion : promotion.put("cap", cap);
  }

  private JsonObject when() {
    JsonObject when = new JsonObject();
    if (chance(5)) {
      when.put("from", "2017-01-15T08:00:00-05:00");
    }
    if (chance(6)) {
      when.put("days", new JsonObject().put("from", "2017-01-10").put("to", "2099-08-01"));
    }
    if (chance(4)) {
      when.put("weekdays", some(WEEKDAYS, 4));
    }
    if (chance(4)) {
      when.put("hours", new JsonArray().add(hours()).add(hours()));
    }
    if (chance(5) && !when.containsKey("weekdays")) {
      when.put(
          "calendar",
          new JsonObject()
              .put("in", "days")
              .put("days", some(List.of("holiday", "workday", "weekend"), 2)));
    }
    if (chance(4)) {
      when.put(
          "stores",
          new JsonObject()
              .put("storeIds", some(chain.storeIds(), chain.storeIds().size() / 2 + 1)));
    }
    if (chance(6)) {
      when.put("channels", some(List.of("till", "miniProgram", "web"), 2));
    }
    if (chance(3)) {
      when.put(
          "minimum",
          new JsonObject()
              .put("amount", 1 + random.nextLong(chain.amount() * 2))
              .put("measured", any(MEASURES)));
    }
    if (chance(8)) {
      when.put("linesAtLeast", 2);
    }
    if (chance(10)) {
      when.put("firstPurchase", true);
    }
    if (chance(5)) {
      when.put("holdOut", any(List.of("10%", "50%", "33.3%")));
    }
    return when;
  }

  private JsonObject hours() {
    return new JsonObject()
        .put("from", "%02d:00".formatted(random.nextInt(24)))
        .put("to", "%02d:30".formatted(random.nextInt(24)));
  }

  /** Returns caps, or none. */
  private JsonObject cap(long usual) {
    JsonObject cap = new JsonObject();
    if (chance(3)) {
      cap.put("perOrder", 1 + random.nextLong(usual));
    }
    if (chance(2)) {
      boolean uses = chance(3);
      JsonObject member = new JsonObject();
      for (String period :
          some(List.of("day", "week", "month", "year"), 2).stream().map(String::valueOf).toList()) {
        member.put(period, 1 + (uses ? random.nextLong(4) : random.nextLong(usual * 3)));
      }
      cap.put("perMember", member);
      if (uses) {
        cap.put("unit", "uses");
      }
    }
    return cap;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Returns at least one, in alphabetical order. */
  private JsonArray some(List<String> of, int most) {
    List<String> shuffled = new ArrayList<>(of);
    Collections.shuffle(shuffled, random);
    int count = 1 + random.nextInt(Math.min(most, of.size()));
    return new JsonArray(new ArrayList<>(new TreeSet<>(shuffled.subList(0, count))));
  }
}
