package points.gateway.setup;

import io.vertx.core.json.JsonObject;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.program.Validity.CalendarUnit;
import points.ledger.registry.RulesJson;
import points.ledger.registry.TermsJson;
import points.ledger.rules.EarningRule;
import points.ledger.rules.EarningRule.Per;
import points.ledger.rules.Rounding;

/** A program's rules in the form that callers write and see. */
final class ProgramJson {

  private static final Map<String, String> KINDS =
      Map.of("never", "never", "rolling", "rolling", "endOf", "endOf");

  private static final Predicate<String> CURRENCY =
      Currency.getAvailableCurrencies().stream()
              .map(Currency::getCurrencyCode)
              .collect(Collectors.toUnmodifiableSet())
          ::contains;

  static final Predicate<String> PERIOD = Formats::isPeriod;

  private ProgramJson() {}

  static JsonObject write(Program program) {
    var json =
        new JsonObject()
            .put("programId", program.programId())
            .put("name", program.name())
            .put("currency", program.currency())
            .put("timeZone", program.timeZone().getId());
    Formats.putUnlessNull(json, "country", program.country());
    return json.put("earning", RulesJson.write(program.earning()))
        .put("validity", RulesJson.write(program.validity()))
        .put("autoEnrol", program.autoEnrol())
        .mergeIn(TermsJson.write(program.terms()));
  }

  /** Reads the rules; errors are noted at their fields. */
  static Program read(String programId, JsonFields body) {
    String name = body.readable("name", Formats.NAME_LENGTH_MAX);
    String currency = currency(body);
    return new Program(
        programId,
        name,
        currency,
        timeZone(body),
        country(body, currency),
        earning(body.object("earning")),
        validity(body.object("validity")),
        body.flag("autoEnrol"),
        ProgramTerms.read(body));
  }

  private static String currency(JsonFields body) {
    return body.known("currency", CURRENCY, FieldFault.CURRENCY);
  }

  /**
   * Returns the country. A currency code begins with its country's, unless several countries share
   * it.
   */
  private static @Nullable String country(JsonFields body, String currency) {
    if (body.has("country")) {
      return body.known("country", PhoneField::isCountry, FieldFault.COUNTRY);
    }
    String likely = currency.length() < 2 ? "" : currency.substring(0, 2);
    return PhoneField.isCountry(likely) ? likely : null;
  }

  private static ZoneId timeZone(JsonFields body) {
    Set<String> known = ZoneId.getAvailableZoneIds();
    String name = body.known("timeZone", known::contains, FieldFault.TIME_ZONE);
    return known.contains(name) ? ZoneId.of(name) : ZoneOffset.UTC;
  }

  static EarningRule earning(JsonFields earning) {
    long points = earning.integer("points", 1, EarningRule.POINTS_MAX);
    long perAmount = earning.integer("perAmount", 1, EarningRule.PER_AMOUNT_MAX);
    Per per = earning.has("per") ? earning.oneOf("per", RulesJson.PERS) : Per.PRO_RATA;
    Rounding rounding =
        per == Per.FULL_STEP && !earning.has("rounding")
            ? Rounding.FLOOR // full steps leave nothing to round
            : earning.oneOf("rounding", RulesJson.ROUNDINGS);
    earning.end();
    boolean usable =
        points >= 1
            && points <= EarningRule.POINTS_MAX
            && perAmount >= 1
            && perAmount <= EarningRule.PER_AMOUNT_MAX;
    return usable && per != null && rounding != null
        ? new EarningRule(points, perAmount, per, rounding)
        : new EarningRule(1, 1, Rounding.FLOOR);
  }

  static Validity validity(JsonFields validity) {
    String kind = validity.oneOf("kind", KINDS);
    Validity read = new Validity.Never();
    if ("rolling".equals(kind)) {
      read = rolling(validity);
    } else if ("endOf".equals(kind)) {
      CalendarUnit unit = validity.oneOf("unit", RulesJson.UNITS);
      long after = validity.integer("after", 0, 10);
      boolean usable = unit != null && after >= 0 && after <= 10;
      read = usable ? new Validity.EndOf(orMonth(unit), (int) after) : read;
    }
    validity.end();
    return read;
  }

  private static CalendarUnit orMonth(@Nullable CalendarUnit unit) {
    return unit == null ? CalendarUnit.MONTH : unit;
  }

  private static Validity rolling(JsonFields validity) {
    String period = validity.known("period", PERIOD, FieldFault.PERIOD);
    return PERIOD.test(period) ? new Validity.Rolling(Period.parse(period)) : new Validity.Never();
  }
}
