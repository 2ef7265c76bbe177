package points.ledger.book.json;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.book.Growth;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.rules.EarningRule;
import points.ledger.tier.Level;
import points.ledger.tier.Level.Benefit;
import points.ledger.tier.Level.Named;
import points.ledger.tier.TierRules;
import points.ledger.tier.TierRules.Measure;
import points.ledger.tier.TierRules.Review;
import points.ledger.tier.UpgradePrice;

/** Reads the tiers of a book, and the rules by which growth is earned. */
final class TierReader {

  private static final int BENEFITS_MAX = 20;
  private static final int PER_DAY_MAX = 100;
  private static final int DAYS_MAX = TierRules.GRACE_DAYS_MAX;

  private static final Map<String, Measure> MEASURES =
      Map.of("growth", Measure.GROWTH, "visits", Measure.VISITS, "spend", Measure.SPEND);

  private static final Map<String, Boolean> PERIODS =
      Map.of("calendarYear", true, "rolling", false);

  private static final Map<String, Boolean> RISES = Map.of("immediate", true, "review", false);

  private static final Map<String, Review> REVIEWS =
      Map.of("yearEnd", Review.YEAR_END, "anniversary", Review.ANNIVERSARY);

  private static final Map<String, Boolean> FALLS = Map.of("oneStep", true, "toEarned", false);

  private static final Map<String, Boolean> REFUNDS = Map.of("review", false, "immediate", true);

  private TierReader() {}

  /** Reads the field {@code growth}; null when it is left out. */
  static @Nullable Growth growth(JsonFields book, Set<String> ids) {
    JsonFields growth = book.optionalObject("growth");
    if (growth == null) {
      return null;
    }
    var rules = new ArrayList<Growth.Rule>();
    if (!growth.has("rules") || growth.isEmptyArray("rules")) {
      growth.wrong("rules", FieldFault.REQUIRED);
    }
    for (JsonFields it : growth.objects("rules", Growth.RULES_MAX)) {
      String id = RuleBookReader.ruleId(it, ids);
      boolean fixed = it.has("fixed");
      Long perDay = it.optionalInteger("perDay", 1, PER_DAY_MAX);
      rules.add(
          new Growth.Rule(
              id,
              fixed ? null : RatioReader.ratio(it, 1, false),
              fixed ? it.integer("fixed", 1, EarningRule.POINTS_MAX) : 0,
              perDay == null ? 0 : perDay.intValue()));
      it.end();
    }
    growth.end();
    return rules.isEmpty() ? null : new Growth(List.copyOf(rules));
  }

  /** Reads the field {@code tiers}; null when it is left out. */
  static @Nullable TierRules read(JsonFields book, ZoneId zone) {
    JsonFields tiers = book.optionalObject("tiers");
    if (tiers == null) {
      return null;
    }
    List<Level> levels = levels(tiers);
    JsonFields measure = tiers.object("measure");
    Measure account = measure.oneOf("account", MEASURES);
    Boolean calendar = measure.oneOf("period", PERIODS);
    int months = Boolean.FALSE.equals(calendar) ? months(measure, "length") : 0;
    measure.end();
    JsonFields review = tiers.object("review");
    Review on = review.oneOf("on", REVIEWS);
    review.end();
    Boolean atOnce = tiers.has("up") ? tiers.oneOf("up", RISES) : Boolean.TRUE;
    Boolean oneStep = tiers.has("down") ? tiers.oneOf("down", FALLS) : Boolean.TRUE;
    var rules =
        new TierRules(
            zone,
            levels,
            account == null ? Measure.GROWTH : account,
            months,
            !Boolean.FALSE.equals(atOnce),
            on == null ? Review.YEAR_END : on,
            !Boolean.FALSE.equals(oneStep),
            tiers.has("grace") ? days(tiers, "grace") : 0,
            refundsWithin(tiers));
    tiers.end();
    return levels.isEmpty() ? null : rules;
  }

  private static List<Level> levels(JsonFields tiers) {
    var levels = new ArrayList<Level>();
    var ids = new HashSet<String>();
    if (!tiers.has("levels") || tiers.isEmptyArray("levels")) {
      tiers.wrong("levels", FieldFault.REQUIRED);
    }
    long from = -1;
    for (JsonFields it : tiers.objects("levels", TierRules.LEVELS_MAX)) {
      String id = it.code("id");
      if (!ids.add(id)) {
        it.wrong("id", FieldFault.TWICE);
      }
      // Everybody has the first level: it begins at 0.
      from = it.integer("from", from + 1, from < 0 ? 0 : Limits.AMOUNT_MAX);
      levels.add(
          new Level(
              id,
              it.has("name") ? named(it, "name") : new Named(id, id),
              from,
              benefits(it),
              it.has("neverFalls") && it.flag("neverFalls"),
              price(it)));
      it.end();
    }
    return List.copyOf(levels);
  }

  private static @Nullable UpgradePrice price(JsonFields level) {
    JsonFields price = level.optionalObject("upgradePrice");
    if (price == null) {
      return null;
    }
    long points = price.integer("points", 1, Limits.POINTS_MAX);
    int months =
        price.has("validity") ? months(price, "validity") : UpgradePrice.MONTHS_UNLESS_SAID;
    price.end();
    return new UpgradePrice(points, months);
  }

  private static List<Benefit> benefits(JsonFields level) {
    var benefits = new ArrayList<Benefit>();
    for (JsonFields it : level.objects("benefits", BENEFITS_MAX)) {
      benefits.add(new Benefit(it.code("kind"), named(it, "text"), facts(it)));
      it.end();
    }
    return List.copyOf(benefits);
  }

  private static SortedMap<String, String> facts(JsonFields benefit) {
    var facts = new TreeMap<String, String>();
    JsonFields its = benefit.optionalObject("facts");
    if (its != null && its.names().size() > Benefit.FACTS_MAX) {
      benefit.wrong("facts", FieldFault.FIELDS_MAX, Benefit.FACTS_MAX);
    } else if (its != null) {
      for (String name : its.names()) {
        if (Formats.isCode(name)) {
          facts.put(name, its.readable(name, Formats.NAME_LENGTH_MAX));
        } else {
          its.wrong(Formats.printable(name, Formats.ID_LENGTH_MAX), FieldFault.ACCOUNT_CODE);
        }
      }
    }
    return Collections.unmodifiableSortedMap(facts);
  }

  private static Named named(JsonFields parent, String field) {
    JsonFields texts = parent.object(field);
    var named =
        new Named(
            texts.readable("zh", Formats.NAME_LENGTH_MAX),
            texts.readable("en", Formats.NAME_LENGTH_MAX));
    texts.end();
    return named;
  }

  private static int months(JsonFields parent, String field) {
    String text =
        parent.known(
            field,
            it -> number(it, "M") <= TierRules.MONTHS_MAX,
            FieldFault.MONTHS,
            TierRules.MONTHS_MAX);
    return Math.min(TierRules.MONTHS_MAX, number(text, "M"));
  }

  private static int days(JsonFields parent, String field) {
    String text = parent.known(field, it -> number(it, "D") <= DAYS_MAX, FieldFault.DAYS);
    return Math.min(DAYS_MAX, number(text, "D"));
  }

  /** The number of a period of one unit; more than any limit for another text. */
  private static int number(String text, String unit) {
    return text.matches("P[1-9][0-9]{0,2}" + unit)
        ? Integer.parseInt(text.substring(1, text.length() - 1))
        : Integer.MAX_VALUE;
  }

  /** {@code review}, {@code immediate}, or {@code {"ifWithin": "P30D"}}. */
  private static @Nullable Duration refundsWithin(JsonFields tiers) {
    if (!tiers.has("onRefund")) {
      return null;
    }
    if (tiers.isText("onRefund")) {
      return Boolean.TRUE.equals(tiers.oneOf("onRefund", REFUNDS)) ? TierRules.ALWAYS : null;
    }
    JsonFields onRefund = tiers.object("onRefund");
    int days = days(onRefund, "ifWithin");
    onRefund.end();
    return Duration.ofDays(days);
  }
}
