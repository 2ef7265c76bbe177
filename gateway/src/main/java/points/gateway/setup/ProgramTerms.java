package points.gateway.setup;

import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.program.PointCurrency;
import points.ledger.program.Terms;
import points.ledger.program.Terms.Bonus;
import points.ledger.program.Terms.ExchangeRate;
import points.ledger.program.Terms.PointValue;
import points.ledger.program.Terms.RefundRule;
import points.ledger.program.Terms.StoredValueRule;
import points.ledger.program.Terms.Uncovered;
import points.ledger.rules.EarningRule;

/**
 * The terms of a program besides points for spend, in the form that callers write. A term that is
 * left out is as in a program that offers points only.
 */
final class ProgramTerms {

  private static final int CURRENCIES_MAX = 8;
  private static final int BONUSES_MAX = 20;
  private static final int EXCHANGES_MAX = 50;
  private static final Duration LATE_MIN = Duration.ofHours(1);
  private static final Duration LATE_MAX = Duration.ofDays(30);

  private static final Pattern HOURS = Pattern.compile("P([1-9][0-9]?D|T[1-9][0-9]{0,2}H)");

  private static final Set<String> RESERVED =
      Set.of(Accounts.POINTS, Accounts.GROWTH, Accounts.STORED_VALUE);

  private static final Map<String, Boolean> SHORTFALLS = Map.of("debt", false, "charge", true);
  private static final Map<String, Boolean> REFUND_STORES = Map.of("selling", false, "any", true);
  private static final Map<String, Boolean> CLOSINGS = Map.of("forfeit", false, "payOut", true);

  private static final Map<String, Uncovered> UNCOVERED =
      Map.of("debt", Uncovered.DEBT, "claim", Uncovered.CLAIM);

  private final JsonFields body;

  private ProgramTerms(JsonFields body) {
    this.body = body;
  }

  /** Reads the terms; errors are noted at their fields. */
  static Terms read(JsonFields body) {
    var terms = new ProgramTerms(body);
    SortedMap<String, PointCurrency> currencies = terms.currencies();
    return new Terms(
        currencies,
        terms.growth(),
        terms.storedValue(),
        terms.refunds(),
        terms.exchanges(currencies.keySet()),
        terms.paysOutAtClosing(),
        terms.lateWindow(),
        terms.uncovered());
  }

  private SortedMap<String, PointCurrency> currencies() {
    var byCode = new TreeMap<String, PointCurrency>();
    for (JsonFields it : body.objects("currencies", CURRENCIES_MAX)) {
      String code =
          it.known(
              "code",
              text -> Formats.isCode(text) && !RESERVED.contains(text),
              FieldFault.CURRENCY_CODE);
      var currency =
          new PointCurrency(
              code,
              it.readable("name", Formats.NAME_LENGTH_MAX),
              earningOrNull(it),
              ProgramJson.validity(it.object("validity")));
      it.end();
      if (byCode.put(code, currency) != null) {
        it.wrong("code", FieldFault.CURRENCY_TWICE);
      }
    }
    return Collections.unmodifiableSortedMap(byCode);
  }

  private @Nullable EarningRule growth() {
    JsonFields growth = body.objectOrNull("growth");
    if (growth == null) {
      return null;
    }
    EarningRule earning = ProgramJson.earning(growth.object("earning"));
    growth.end();
    return earning;
  }

  private StoredValueRule storedValue() {
    JsonFields rule = body.optionalObject("storedValue");
    if (rule == null) {
      return Terms.PLAIN.storedValue();
    }
    EarningRule earning = earningOrNull(rule);
    var bonuses = new ArrayList<Bonus>();
    long before = 0;
    for (JsonFields it : rule.objects("bonuses", BONUSES_MAX)) {
      long from = it.integer("from", 1, Limits.AMOUNT_MAX);
      bonuses.add(new Bonus(from, it.integer("bonus", 0, Limits.AMOUNT_MAX)));
      it.end();
      if (from > 0 && from <= before) {
        it.wrong("from", FieldFault.BONUS_STEP, before);
      }
      before = from;
    }
    rule.end();
    return new StoredValueRule(earning, List.copyOf(bonuses));
  }

  private static @Nullable EarningRule earningOrNull(JsonFields parent) {
    JsonFields earning = parent.objectOrNull("earning");
    return earning == null ? null : ProgramJson.earning(earning);
  }

  private RefundRule refunds() {
    JsonFields rule = body.optionalObject("refunds");
    if (rule == null) {
      return Terms.PLAIN.refunds();
    }
    boolean charges = Boolean.TRUE.equals(rule.oneOf("shortfall", SHORTFALLS));
    Period grace = grace(rule);
    JsonFields value = rule.object("pointValue");
    var pointValue =
        new PointValue(
            value.integer("points", 1, EarningRule.POINTS_MAX),
            value.integer("amount", 1, EarningRule.PER_AMOUNT_MAX));
    value.end();
    boolean anyStore =
        rule.has("stores") && Boolean.TRUE.equals(rule.oneOf("stores", REFUND_STORES));
    rule.end();
    return new RefundRule(charges, grace, pointValue, anyStore);
  }

  private static @Nullable Period grace(JsonFields rule) {
    if (!rule.has("returnGrace") || rule.isNull("returnGrace")) {
      return null;
    }
    String text = rule.known("returnGrace", ProgramJson.PERIOD, FieldFault.PERIOD_OR_NULL);
    return ProgramJson.PERIOD.test(text) ? Period.parse(text) : null;
  }

  private List<ExchangeRate> exchanges(Set<String> others) {
    var rates = new ArrayList<ExchangeRate>();
    var pairs = new HashSet<List<String>>();
    for (JsonFields it : body.objects("exchanges", EXCHANGES_MAX)) {
      var rate =
          new ExchangeRate(
              currency(it, "from", others),
              currency(it, "to", others),
              it.integer("give", 1, Limits.POINTS_MAX),
              it.integer("get", 1, Limits.POINTS_MAX));
      it.end();
      if (!rate.from().isEmpty() && rate.from().equals(rate.to())) {
        it.wrong("to", FieldFault.OTHER_CURRENCY);
      } else if (!pairs.add(List.of(rate.from(), rate.to()))) {
        it.wrong("to", FieldFault.RATE_TWICE);
      }
      rates.add(rate);
    }
    return List.copyOf(rates);
  }

  private static String currency(JsonFields rate, String name, Set<String> others) {
    return rate.known(
        name,
        code -> code.equals(Accounts.POINTS) || others.contains(code),
        FieldFault.RATE_CURRENCY);
  }

  private boolean paysOutAtClosing() {
    JsonFields closing = body.optionalObject("closing");
    if (closing == null) {
      return Terms.PLAIN.paysOutAtClosing();
    }
    boolean paysOut = Boolean.TRUE.equals(closing.oneOf("points", CLOSINGS));
    closing.end();
    return paysOut;
  }

  private Uncovered uncovered() {
    JsonFields offline = body.optionalObject("offline");
    if (offline == null) {
      return Terms.PLAIN.uncovered();
    }
    Uncovered uncovered = offline.oneOf("uncovered", UNCOVERED);
    offline.end();
    return uncovered == null ? Terms.PLAIN.uncovered() : uncovered;
  }

  private Duration lateWindow() {
    if (!body.has("lateWindow")) {
      return Terms.PLAIN.lateWindow();
    }
    String text = body.known("lateWindow", it -> duration(it) != null, FieldFault.LATE_WINDOW);
    Duration window = duration(text);
    return window == null ? Terms.PLAIN.lateWindow() : window;
  }

  /** Parses a duration; returns null when a window may not have it. */
  private static @Nullable Duration duration(String text) {
    if (!HOURS.matcher(text).matches()) {
      return null;
    }
    Duration window = Duration.parse(text);
    boolean fits = window.compareTo(LATE_MIN) >= 0 && window.compareTo(LATE_MAX) <= 0;
    return fits ? window : null;
  }
}
