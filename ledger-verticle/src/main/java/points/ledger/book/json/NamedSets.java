package points.ledger.book.json;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import points.ledger.book.CalendarDays;
import points.ledger.book.Goods;
import points.ledger.book.Stores;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;

/**
 * The sets of a book that have names: goods, stores, calendars. Where a book asks for one of these,
 * it gives the name of a set, or says there what belongs to it.
 */
final class NamedSets {

  static final int SETS_MAX = 200;
  private static final int PRODUCTS_MAX = 20_000;
  private static final int NAMES_MAX = 1_000;
  private static final int DAYS_MAX = 1_000;

  private static final Set<String> GOODS =
      Set.of("products", "categories", "marginClasses", "tags");
  private static final Set<String> STORES = Set.of("storeIds", "storeTags");
  private static final Set<String> CALENDAR = Set.of("holidays", "workdays");

  private final Map<String, Goods> goods = new HashMap<>();
  private final Map<String, Stores> stores = new HashMap<>();
  private final Map<String, CalendarDays> calendars = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  /** Reads the sets of a book; errors are noted at their fields. */
  static NamedSets read(JsonFields book) {
    var sets = new NamedSets();
    JsonFields all = book.optionalObject("sets");
    if (all == null) {
      return sets;
    }
    if (all.names().size() > SETS_MAX) {
      book.wrong("sets", FieldFault.FIELDS_MAX, SETS_MAX);
      return sets;
    }
    for (String name : all.names()) {
      sets.readSet(all, name);
    }
    return sets;
  }

  private void readSet(JsonFields all, String name) {
    if (!Formats.isCode(name)) {
      all.wrong(Formats.printable(name, Formats.ID_LENGTH_MAX), FieldFault.ACCOUNT_CODE);
      return;
    }
    JsonFields set = all.object(name);
    if (GOODS.containsAll(set.names()) && !set.names().isEmpty()) {
      goods.put(name, goods(set));
    } else if (STORES.containsAll(set.names()) && !set.names().isEmpty()) {
      stores.put(name, stores(set));
    } else if (CALENDAR.containsAll(set.names()) && !set.names().isEmpty()) {
      calendars.put(name, calendar(set));
    } else {
      goods.put(name, Goods.NONE); // so that the rules that name it are not called wrong, too
      stores.put(name, Stores.NONE);
      calendars.put(name, new CalendarDays(Set.of(), Set.of(), Set.of()));
      all.wrong(name, FieldFault.SET_KIND);
    }
  }

  /** Returns the goods that a field names or lists; none when it is left out. */
  Goods goods(JsonFields parent, String field) {
    if (!parent.has(field)) {
      return Goods.NONE;
    }
    if (!parent.isText(field)) {
      return goods(parent.object(field));
    }
    return named(parent, field, goods, Goods.NONE, FieldFault.SET_OF_GOODS);
  }

  /** Returns the stores that a field names or lists; none when it is left out. */
  Stores stores(JsonFields parent, String field) {
    if (!parent.has(field)) {
      return Stores.NONE;
    }
    if (!parent.isText(field)) {
      return stores(parent.object(field));
    }
    return named(parent, field, stores, Stores.NONE, FieldFault.SET_OF_STORES);
  }

  /** Returns the calendar that a field names. */
  CalendarDays calendar(JsonFields parent, String field) {
    return named(
        parent,
        field,
        calendars,
        new CalendarDays(Set.of(), Set.of(), Set.of()),
        FieldFault.SET_OF_DAYS);
  }

  /** Returns the names of the sets that no field has named so far, in alphabetical order. */
  List<String> unused() {
    var names = new TreeSet<String>();
    names.addAll(goods.keySet());
    names.addAll(stores.keySet());
    names.addAll(calendars.keySet());
    names.removeAll(used);
    return List.copyOf(names);
  }

  private <T> T named(
      JsonFields parent, String field, Map<String, T> sets, T otherwise, FieldFault fault) {
    String name = parent.known(field, sets::containsKey, fault);
    used.add(name);
    return sets.getOrDefault(name, otherwise);
  }

  private static Goods goods(JsonFields set) {
    var goods =
        new Goods(
            ids(set, "products", PRODUCTS_MAX),
            texts(set, "categories"),
            texts(set, "marginClasses"),
            texts(set, "tags"));
    set.end();
    return goods;
  }

  private static Stores stores(JsonFields set) {
    var stores = new Stores(ids(set, "storeIds", NAMES_MAX), texts(set, "storeTags"));
    set.end();
    return stores;
  }

  private static CalendarDays calendar(JsonFields set) {
    Set<LocalDate> holidays = days(set, "holidays");
    Set<LocalDate> workdays = days(set, "workdays");
    if (holidays.stream().anyMatch(workdays::contains)) {
      set.wrong("workdays", FieldFault.HOLIDAY_TOO);
    }
    set.end();
    return new CalendarDays(holidays, workdays, Set.of());
  }

  private static Set<String> ids(JsonFields set, String field, int sizeMax) {
    return set.has(field) ? Set.copyOf(set.ids(field, 1, sizeMax)) : Set.of();
  }

  /** Categories, classes and tags: as readable as a product's. */
  static Set<String> texts(JsonFields set, String field) {
    return set.has(field) ? Set.copyOf(set.texts(field, 1, NAMES_MAX)) : Set.of();
  }

  private static Set<LocalDate> days(JsonFields set, String field) {
    var days = new LinkedHashSet<LocalDate>();
    List<String> texts = set.has(field) ? set.texts(field, 1, DAYS_MAX) : List.of();
    for (String text : texts) {
      try {
        days.add(LocalDate.parse(text));
      } catch (DateTimeException e) {
        set.wrong(field, FieldFault.CALENDAR_DAY);
      }
    }
    return Set.copyOf(days);
  }
}
