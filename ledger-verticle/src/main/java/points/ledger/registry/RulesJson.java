package points.ledger.registry;

import io.vertx.core.json.JsonObject;
import java.time.Period;
import java.util.Map;
import points.ledger.program.Validity;
import points.ledger.program.Validity.CalendarUnit;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** The rules of earning and expiry as JSON: in the database and to callers. */
public final class RulesJson {

  /** By the name that JSON has for it. */
  public static final Map<String, Rounding> ROUNDINGS =
      Map.of(
          "floor", Rounding.FLOOR,
          "halfUp", Rounding.HALF_UP,
          "halfEven", Rounding.HALF_EVEN,
          "ceiling", Rounding.CEILING);

  /** By the name that JSON has for it. */
  public static final Map<String, CalendarUnit> UNITS =
      Map.of(
          "month", CalendarUnit.MONTH,
          "quarter", CalendarUnit.QUARTER,
          "year", CalendarUnit.YEAR);

  /** By the name that JSON has for it. */
  public static final Map<String, EarningRule.Per> PERS =
      Map.of("proRata", EarningRule.Per.PRO_RATA, "fullStep", EarningRule.Per.FULL_STEP);

  private RulesJson() {}

  public static JsonObject write(EarningRule earning) {
    return new JsonObject()
        .put("points", earning.points())
        .put("perAmount", earning.perAmount())
        .put("per", nameOf(PERS, earning.per()))
        .put("rounding", nameOf(ROUNDINGS, earning.rounding()));
  }

  public static JsonObject write(Validity validity) {
    if (validity instanceof Validity.Rolling rolling) {
      return new JsonObject().put("kind", "rolling").put("period", rolling.period().toString());
    } else if (validity instanceof Validity.EndOf endOf) {
      return new JsonObject()
          .put("kind", "endOf")
          .put("unit", nameOf(UNITS, endOf.unit()))
          .put("after", endOf.after());
    }
    return new JsonObject().put("kind", "never");
  }

  /** Takes over what {@link #write(EarningRule)} made. */
  static EarningRule earning(JsonObject json) {
    return new EarningRule(
        json.getLong("points"),
        json.getLong("perAmount"),
        valueOf(
            PERS, json.getString("per", "proRata")), // rules of before there were steps have none
        valueOf(ROUNDINGS, json.getString("rounding")));
  }

  /** Takes over what {@link #write(Validity)} made. */
  static Validity validity(JsonObject json) {
    return switch (json.getString("kind")) {
      case "rolling" -> new Validity.Rolling(Period.parse(json.getString("period")));
      case "endOf" ->
          new Validity.EndOf(valueOf(UNITS, json.getString("unit")), json.getInteger("after"));
      default -> new Validity.Never();
    };
  }

  private static <T> T valueOf(Map<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("stands for nothing: " + name);
    }
    return value;
  }

  private static <T> String nameOf(Map<String, T> names, T value) {
    return names.entrySet().stream()
        .filter(it -> it.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
