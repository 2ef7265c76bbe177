package points.ledger.store.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Awarded.CappedRule;
import points.ledger.award.Awarded.NamedRule;
import points.ledger.award.Awarded.PaidRule;
import points.ledger.award.Cut;
import points.ledger.award.Reason;
import points.ledger.book.CapsReturn;
import points.ledger.form.JsonText;

/**
 * The awards of an order as its entry keeps them, as JSON in a column of text.
 *
 * <p>Awards are arrays of small numbers, since orders may have dozens. PostgreSQL would parse a
 * column of JSON for each entry that it writes; it parses this one when somebody asks.
 */
public final class AwardedJson {

  private static final String AWARDS = "awards";
  private static final String CUTS = "cuts";
  private static final String RULES = "rules";
  private static final String PAID = "paid";
  private static final String CAPPED = "capped";
  private static final String HELD_BY = "heldBy";
  private static final String CAPS_RETURN = "capsReturn";
  private static final String STORE_TAGS = "storeTags";

  private AwardedJson() {}

  public static @Nullable String write(@Nullable Awarded awarded) {
    if (awarded == null) {
      return null;
    }
    int capacity = 128 + 16 * (awarded.awards().size() + awarded.rules().size());
    var json =
        new JsonText(capacity)
            .beginObject()
            .field("publication")
            .value(awarded.publication())
            .field("ruleBookId")
            .value(awarded.ruleBookId())
            .field("timeZone")
            .value(awarded.timeZone());
    writeAwards(json, awarded);
    json.field(RULES).beginArray();
    for (NamedRule it : awarded.rules()) {
      json.beginArray().value(it.number()).value(it.id()).endArray();
    }
    json.endArray();
    if (!awarded.paid().isEmpty()) {
      json.field(PAID).beginArray();
      for (PaidRule it : awarded.paid()) {
        json.beginArray().value(it.number()).value(it.budgetId()).value(it.scope()).endArray();
      }
      json.endArray();
    }
    if (!awarded.capped().isEmpty()) {
      json.field(CAPPED).beginArray();
      for (CappedRule it : awarded.capped()) {
        json.beginArray().value(it.number()).value(it.id()).value(it.byOrders()).endArray();
      }
      json.endArray().field(CAPS_RETURN).value(awarded.capsReturn().name());
    }
    if (!awarded.heldBy().isEmpty()) {
      json.field(HELD_BY).beginArray();
      awarded.heldBy().forEach(json::value);
      json.endArray();
    }
    if (!awarded.storeTags().isEmpty()) {
      json.field(STORE_TAGS).beginArray();
      awarded.storeTags().stream().sorted().forEach(json::value);
      json.endArray();
    }
    return json.endObject().toString();
  }

  private static void writeAwards(JsonText json, Awarded awarded) {
    json.field(AWARDS).beginArray();
    for (Award it : awarded.awards()) {
      json.beginArray().value(it.rule()).value(it.line()).value(it.points()).endArray();
    }
    json.endArray();
    if (!awarded.cuts().isEmpty()) {
      json.field(CUTS).beginArray();
      for (Cut it : awarded.cuts()) {
        json.beginArray().value(it.rule()).value(it.reason().name()).value(it.points()).endArray();
      }
      json.endArray();
    }
  }

  /**
   * Reads the awards of an entry.
   *
   * @param text null in entries that have none, and in those of builds that kept them in {@code
   *     extra}
   */
  public static @Nullable Awarded read(@Nullable String text, @Nullable JsonObject extra) {
    if (text != null) {
      return read(new JsonObject(text));
    }
    JsonObject early = extra == null ? null : extra.getJsonObject("awarded");
    return early == null ? null : read(early);
  }

  private static Awarded read(JsonObject json) {
    return new Awarded(
        json.getInteger("publication"),
        json.getString("ruleBookId"),
        json.getString("timeZone"),
        arrays(json, AWARDS)
            .map(it -> new Award(it.getInteger(0), it.getInteger(1), it.getLong(2)))
            .toList(),
        arrays(json, CUTS)
            .map(it -> new Cut(it.getInteger(0), Reason.valueOf(it.getString(1)), it.getLong(2)))
            .toList(),
        arrays(json, RULES).map(it -> new NamedRule(it.getInteger(0), it.getString(1))).toList(),
        arrays(json, CAPPED)
            .map(it -> new CappedRule(it.getInteger(0), it.getString(1), it.getBoolean(2)))
            .toList(),
        CapsReturn.valueOf(json.getString(CAPS_RETURN, CapsReturn.SAME_PERIOD.name())),
        arrays(json, PAID)
            .map(it -> new PaidRule(it.getInteger(0), it.getString(1), it.getString(2)))
            .toList(),
        json.getJsonArray(HELD_BY, new JsonArray()).stream().map(String.class::cast).toList(),
        json.getJsonArray(STORE_TAGS, new JsonArray()).stream()
            .map(String::valueOf)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<JsonArray> arrays(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(JsonArray.class::cast);
  }
}
