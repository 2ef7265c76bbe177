package points.load.model.book;

import static points.load.model.book.Json.decimal;
import static points.load.model.book.Json.objects;
import static points.load.model.book.Json.only;
import static points.load.model.book.Json.strings;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.load.model.Fraction;
import points.load.model.book.Condition.Calendar;
import points.load.model.book.Condition.Stores;
import points.load.model.book.Promotion.Cap;
import points.load.model.book.Ratio.GoodsRatio;

/**
 * Reads a document that the gateway has found to be right; refuses fields that it does not know.
 */
final class BookReader {
  private static final long UNITS_MAX = 1_000_000;

  private final JsonObject document;

  BookReader(JsonObject document) {
    this.document = document;
  }

  RuleBook read(ZoneId programZone) {
    only(
        document,
        "ruleBookId title timeZone sets excluded rounding base ratios brackets tierFactors stacking"
            + " promotions caps examples growth tiers budgets budget");
    String zone = document.getString("timeZone");
    JsonObject rounding = document.getJsonObject("rounding", new JsonObject());
    only(rounding, "mode carry");
    JsonObject stacking = document.getJsonObject("stacking", new JsonObject());
    only(stacking, "combine groups");
    JsonObject caps = document.getJsonObject("caps", new JsonObject());
    only(caps, "perOrder perMember return");
    return new RuleBook(
        document.getString("ruleBookId"),
        zone == null ? programZone : ZoneId.of(zone),
        goods(document, "excluded"),
        rounding.getString("mode", "floor"),
        rounding.getBoolean("carry", false),
        baseRatio(document.getJsonObject("base")),
        ratios(),
        brackets(document.getJsonObject("brackets")),
        tierFactors(),
        stacking.getString("combine", "add"),
        groups(stacking),
        promotions(),
        cap(caps, false),
        caps.getString("return", "samePeriod"),
        budgets());
  }

  /** Returns the budgets that cut, in the order of the document, that of the whole book last. */
  private List<RuleBook.Budget> budgets() {
    String wholeBook = document.getString("budget", "");
    List<RuleBook.Budget> budgets = new ArrayList<>();
    for (JsonObject it : objects(document, "budgets")) {
      String id = it.getString("id");
      budgets.add(
          new RuleBook.Budget(
              id, it.getString("per", "program").equals("store"), id.equals(wholeBook)));
    }
    budgets.sort(Comparator.comparing(RuleBook.Budget::paysForAll));
    return budgets;
  }

  private static Ratio baseRatio(JsonObject json) {
    only(json, "points perAmount per");
    return ratio(json);
  }

  private static Ratio ratio(JsonObject json) {
    return new Ratio(
        json.getLong("points"),
        json.getLong("perAmount", 1L),
        json.getString("per", "proRata").equals("fullStep"));
  }

  private List<GoodsRatio> ratios() {
    List<GoodsRatio> ratios = new ArrayList<>();
    for (JsonObject it : objects(document, "ratios")) {
      only(it, "id for points perAmount per");
      ratios.add(new GoodsRatio(it.getString("id"), goods(it, "for"), ratio(it)));
    }
    return ratios;
  }

  private static @Nullable Brackets brackets(@Nullable JsonObject json) {
    if (json == null) {
      return null;
    }
    only(json, "id mode steps");
    List<Brackets.Step> steps = new ArrayList<>();
    long end = 0;
    for (JsonObject it : objects(json, "steps")) {
      only(it, "upTo from points perAmount per");
      Long from = it.getLong("from");
      long above = from == null ? end : from;
      long reached = from == null && above > 0 ? above + 1 : above;
      steps.add(new Brackets.Step(above, reached, ratio(it)));
      end = it.getLong("upTo", Long.MAX_VALUE);
    }
    return new Brackets(json.getString("id"), json.getString("mode").equals("marginal"), steps);
  }

  private Map<String, Fraction> tierFactors() {
    JsonObject tiers = document.getJsonObject("tierFactors", new JsonObject());
    return tiers.fieldNames().stream()
        .collect(Collectors.toMap(it -> it, it -> Fraction.of(tiers.getString(it))));
  }

  private static Map<String, RuleBook.Group> groups(JsonObject stacking) {
    Map<String, RuleBook.Group> groups = new HashMap<>();
    for (JsonObject it : objects(stacking, "groups")) {
      only(it, "id choose scope");
      groups.put(
          it.getString("id"),
          new RuleBook.Group(
              it.getString("choose").equals("best"), it.getString("scope").equals("line")));
    }
    return groups;
  }

  private List<Promotion> promotions() {
    List<Promotion> promotions = new ArrayList<>();
    for (JsonObject it : objects(document, "promotions")) {
      only(it, "id priority group for multiply perUnit unitsPerOrder fixed when cap budget");
      JsonObject cap = it.getJsonObject("cap", new JsonObject());
      only(cap, "perOrder perMember unit");
      boolean perUnit = it.containsKey("perUnit");
      promotions.add(
          new Promotion(
              it.getString("id"),
              promotions.size(),
              it.getInteger("priority", 0),
              it.getString("group", ""),
              goods(it, "for"),
              decimal(it, "multiply"),
              perUnit ? it.getLong("perUnit") : it.getLong("fixed", 0L),
              perUnit ? it.getLong("unitsPerOrder", UNITS_MAX) : 0,
              new ConditionReader(this, it.getJsonObject("when", new JsonObject())).read(),
              cap(cap, cap.getString("unit", "points").equals("uses")),
              it.getString("budget", "")));
    }
    return promotions;
  }

  private static Cap cap(JsonObject json, boolean countsOrders) {
    JsonObject perMember = json.getJsonObject("perMember", new JsonObject());
    only(perMember, "day week month year");
    Map<Period, Long> periods = new HashMap<>();
    for (Period period : Period.values()) {
      if (perMember.containsKey(period.field())) {
        periods.put(period, perMember.getLong(period.field()));
      }
    }
    return new Cap(Optional.ofNullable(json.getLong("perOrder")), periods, countsOrders);
  }

  /** Returns the goods that a field lists, or that the set has whose name it is. */
  Goods goods(JsonObject parent, String field) {
    JsonObject set = set(parent, field);
    only(set, "products categories marginClasses tags");
    return new Goods(
        strings(set, "products"),
        strings(set, "categories"),
        strings(set, "marginClasses"),
        strings(set, "tags"));
  }

  Stores stores(JsonObject parent, String field) {
    JsonObject set = set(parent, field);
    only(set, "storeIds storeTags");
    return new Stores(strings(set, "storeIds"), strings(set, "storeTags"));
  }

  Calendar calendar(JsonObject parent, String field) {
    JsonObject set = set(parent, field);
    only(set, "holidays workdays");
    return new Calendar(
        strings(set, "holidays").stream().map(LocalDate::parse).collect(Collectors.toSet()),
        strings(set, "workdays").stream().map(LocalDate::parse).collect(Collectors.toSet()));
  }

  private JsonObject set(JsonObject parent, String field) {
    return parent.getValue(field) instanceof String name
        ? document.getJsonObject("sets").getJsonObject(name)
        : parent.getJsonObject(field, new JsonObject());
  }
}
