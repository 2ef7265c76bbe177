package points.ledger.book.diff;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import points.ledger.book.check.Words;

/** Says values of a document in words; money in its currency, not in its minor unit. */
final class ValueWords {

  private static final int NAMES_SHOWN = 10;

  private static final Set<String> MONEY = Set.of("amount", "perAmount", "upTo", "initialAmount");
  private static final Set<String> FIXED =
      Set.of(
          "mode",
          "per",
          "combine",
          "choose",
          "scope",
          "weekdays",
          "days",
          "channels",
          "channel",
          "measured",
          "unit",
          "return",
          "birthday",
          "account",
          "period",
          "up",
          "on",
          "down",
          "onRefund");

  private final int digits;

  ValueWords(Currency money) {
    this.digits = Math.max(0, money.getDefaultFractionDigits());
  }

  /**
   * Says a value.
   *
   * @param parent the field that holds the value's
   */
  Words of(String parent, String field, Object value) {
    if (value instanceof JsonObject object) {
      return ofObject(field, object);
    }
    if (value instanceof JsonArray array) {
      return ofAll(field, array.getList());
    }
    if (value instanceof Boolean flag) {
      return flag ? new Words("是", "yes") : new Words("否", "no");
    }
    if (value instanceof Number number) {
      boolean money = MONEY.contains(field) || (parent.equals("steps") && field.equals("from"));
      return Words.same(
          money ? BigDecimal.valueOf(number.longValue(), digits).toPlainString() : "" + number);
    }
    String text = String.valueOf(value);
    if (field.equals("multiply") || parent.equals("tierFactors")) {
      return new Words(text + " 倍", text);
    }
    return FIXED.contains(field) ? FieldNames.fixed(field, text) : Words.same(text);
  }

  private Words ofObject(String field, JsonObject object) {
    var parts = new ArrayList<Words>();
    for (String name : object.fieldNames()) {
      Object value = object.getValue(name);
      if (!name.equals("id") && !name.equals("title") && value != null) {
        Words label = FieldNames.of(field, name);
        Words its = of(field, name, value);
        parts.add(
            new Words(
                (label.zh() + " " + its.zh()).strip(), (label.en() + " " + its.en()).strip()));
      }
    }
    return Words.list(parts);
  }

  /** Says the elements of a list, of which a long one is cut. */
  Words ofAll(String field, List<?> values) {
    var some = new ArrayList<Words>();
    for (Object each : values.subList(0, Math.min(NAMES_SHOWN, values.size()))) {
      some.add(of("", field, BookDiff.json(each)));
    }
    if (values.size() > NAMES_SHOWN) {
      int more = values.size() - NAMES_SHOWN;
      some.add(new Words("等另外 " + more + " 个", "and " + more + " more"));
    }
    return Words.list(some);
  }
}
