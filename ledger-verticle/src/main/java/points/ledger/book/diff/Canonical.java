package points.ledger.book.diff;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One form for values that mean the same, and the values of fields that are left out. */
final class Canonical {

  /** By the field that holds it and the field. */
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("rounding.mode", "floor"),
          Map.entry("rounding.carry", false),
          Map.entry("stacking.combine", "add"),
          Map.entry("base.per", "proRata"),
          Map.entry("ratios.per", "proRata"),
          Map.entry("steps.per", "proRata"),
          Map.entry("promotions.priority", 0L),
          Map.entry("when.firstPurchase", false),
          Map.entry("minimum.measured", "current"),
          Map.entry("tiers.up", "immediate"),
          Map.entry("tiers.down", "oneStep"),
          Map.entry("tiers.onRefund", "review"),
          Map.entry("levels.neverFalls", false),
          Map.entry("upgradePrice.validity", "P12M"),
          Map.entry("rules.per", "proRata"),
          Map.entry("cap.unit", "points"),
          Map.entry("caps.return", "samePeriod"),
          Map.entry("member.firstPurchase", false),
          Map.entry("member.heldOut", false),
          Map.entry("order.channel", "till"),
          Map.entry("lines.quantity", 1L));

  private static final Set<String> TIMES = Set.of("from", "to", "at");

  private Canonical() {}

  /** The value that a field has when it is left out; null for none. */
  static @Nullable Object defaultOf(Place at) {
    return DEFAULTS.get(at.parent() + "." + at.name());
  }

  static @Nullable Object of(Place at, @Nullable Object value) {
    if (value == null) {
      return defaultOf(at);
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map);
    }
    if (value instanceof JsonObject object) {
      return new TreeMap<>(object.getMap());
    }
    return value instanceof String text ? ofText(at, text) : value;
  }

  private static Object ofText(Place at, String text) {
    if (at.name().equals("multiply") || at.parent().equals("tierFactors")) {
      return new BigDecimal(text).stripTrailingZeros();
    }
    if (at.name().equals("holdOut") && text.endsWith("%")) {
      return new BigDecimal(text.substring(0, text.length() - 1)).stripTrailingZeros();
    }
    boolean time = at.parent().equals("when") || at.parent().equals("examples");
    return time && TIMES.contains(at.name()) ? ofTime(text) : text;
  }

  private static Object ofTime(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return text;
    }
  }
}
