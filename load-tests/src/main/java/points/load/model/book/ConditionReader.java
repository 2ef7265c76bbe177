package points.load.model.book;

import static points.load.model.book.Json.objects;
import static points.load.model.book.Json.only;
import static points.load.model.book.Json.strings;

import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.load.model.Fraction;
import points.load.model.book.Condition.Calendar;
import points.load.model.book.Condition.Days;
import points.load.model.book.Condition.Hours;
import points.load.model.book.Condition.Not;

/** Reads the conditions of a promotion. */
final class ConditionReader {
  private final BookReader book;
  private final JsonObject when;

  ConditionReader(BookReader book, JsonObject when) {
    this.book = book;
    this.when = when;
    only(
        when,
        "from to days weekdays hours calendar stores channels tiers groups minimum linesAtLeast"
            + " firstPurchase birthday holdOut not");
  }

  Condition read() {
    JsonObject calendar = when.getJsonObject("calendar", new JsonObject());
    only(calendar, "in days");
    JsonObject minimum = when.getJsonObject("minimum", new JsonObject());
    only(minimum, "amount measured");
    String heldOut = when.getString("holdOut", "0%");
    return new Condition(
        instant("from", Instant.MIN),
        instant("to", Instant.MAX),
        days(when.getJsonObject("days")),
        weekdays(),
        objects(when, "hours").stream().map(ConditionReader::hours).toList(),
        strings(calendar, "days"),
        calendar.isEmpty() ? new Calendar(Set.of(), Set.of()) : book.calendar(calendar, "in"),
        book.stores(when, "stores"),
        strings(when, "channels"),
        strings(when, "tiers"),
        strings(when, "groups"),
        when.containsKey("birthday"),
        minimum.getLong("amount", 0L),
        minimum.getString("measured", "current"),
        when.getInteger("linesAtLeast", 0),
        when.getBoolean("firstPurchase", false),
        Fraction.of(heldOut.replace("%", "")).dividedBy(100),
        not(when.getJsonObject("not", new JsonObject())));
  }

  private Instant instant(String field, Instant otherwise) {
    String text = when.getString(field);
    return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
  }

  private static Days days(@Nullable JsonObject json) {
    if (json == null) {
      return Days.ALL;
    }
    only(json, "from to");
    String from = json.getString("from");
    String to = json.getString("to");
    return new Days(
        from == null ? LocalDate.MIN : LocalDate.parse(from),
        to == null ? LocalDate.MAX : LocalDate.parse(to));
  }

  private Set<DayOfWeek> weekdays() {
    Set<String> names = strings(when, "weekdays");
    return List.of(DayOfWeek.values()).stream()
        .filter(day -> names.contains(day.name().substring(0, 3).toLowerCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private static Hours hours(JsonObject json) {
    only(json, "from to");
    return new Hours(time(json.getString("from")), time(json.getString("to")));
  }

  private static LocalTime time(String text) {
    return text.equals("24:00") ? LocalTime.MIN : LocalTime.parse(text);
  }

  private Not not(JsonObject json) {
    only(json, "goods stores channels tiers groups");
    return new Not(
        book.goods(json, "goods"),
        book.stores(json, "stores"),
        strings(json, "channels"),
        strings(json, "tiers"),
        strings(json, "groups"));
  }
}
