package points.gateway.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.OutputUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.contract.RuleBookSchema;
import points.ledger.book.json.RuleBookReader;
import points.ledger.form.FieldError;
import points.ledger.form.FieldErrors;
import points.ledger.form.FieldFault;

/** The schema of rule books against the reader that decides which of them are accepted. */
class RuleBookSchemaTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  /** The faults that a document has by its form; others are about names, order and sums. */
  private static final Set<String> OF_FORM =
      labels(
          EnumSet.of(
              FieldFault.REQUIRED,
              FieldFault.NOT_NULL,
              FieldFault.UNKNOWN_FIELD,
              FieldFault.TEXT,
              FieldFault.FLAG,
              FieldFault.OBJECT,
              FieldFault.OBJECTS,
              FieldFault.IDS,
              FieldFault.ID,
              FieldFault.ID_FORM,
              FieldFault.STRINGS,
              FieldFault.TWICE,
              FieldFault.ACCOUNT_CODE,
              FieldFault.READABLE,
              FieldFault.WHOLE_NUMBER,
              FieldFault.TIME_RANGE,
              FieldFault.CALENDAR_DAY,
              FieldFault.TIME_OF_DAY,
              FieldFault.DECIMAL,
              FieldFault.SHARE,
              FieldFault.SHARE_OF_WHOLE,
              FieldFault.BUDGET_LIMIT,
              FieldFault.LIMIT_WITHIN,
              FieldFault.LIMIT_OF_RECEIPT,
              FieldFault.LIMIT_OF_OTHERS,
              FieldFault.SET_KIND,
              FieldFault.ONE_EFFECT,
              FieldFault.BIRTHDAY,
              FieldFault.CARRY,
              FieldFault.STEPS,
              FieldFault.MONTHS,
              FieldFault.DAYS,
              FieldFault.FIELDS_MAX,
              FieldFault.DAY_OF_YEAR));

  /** Values of every type, few of which a field may have. */
  private static final JsonArray VALUES =
      new JsonArray(
          """
          [null, true, false, 0, 1, 7, -1, 1.5, 1000000000000000001, "", " ", "x", "base", "-x", "a b", "0", "1", "1.0",
           "0.0000", "1.5", "2.00001", "1000", "10%", "100%", "P3D", "P61D", "PT1H", "PT0M", "month", "12-24", "13-01", "10:00", "24:00",
           "24:01", "2027-01-01", "2027-13-01", "2026-12-01T00:00:00+08:00", "2026-12-01T00:00:00", "1999-12-01T00:00:00Z",
           "floor", "best", "line", "till", "mon", "points", "never", [], {}, [[]], [{}], ["x"], ["x", "x"], ["mon"], ["till"],
           [""], [1], ["2027-01-01"], ["P 9"], {"x": 1}, [null], "x\\u0000y"]
          """);

  private static final String EXAMPLE = "../docs/examples/rule-book.json";
  private static final String EVERY_FIELD = "src/test/resources/rule-books/every-field.json";
  private static final String FROM = "src/test/resources/rule-books/from.json";

  @ParameterizedTest
  @ValueSource(strings = {EXAMPLE, EVERY_FIELD, FROM})
  void the_reader_and_the_schema_agree_on_every_change_of_a_field(String file) throws IOException {
    JsonObject book = read(file);
    assertThat(faults(book)).isEmpty();
    assertThat(isOfForm(book)).as("%s", check(book)).isTrue();
    List<JsonPointer> places = places(book);
    if (file.equals(EXAMPLE)) {
      Set<String> changedAlready = fieldsOf(read(EVERY_FIELD));
      places.removeIf(it -> changedAlready.contains(fieldAt(it)));
      assertThat(places).isNotEmpty();
    }
    var wrong = new ArrayList<String>();
    for (JsonPointer place : places) {
      for (Object value : VALUES) {
        String change = place + " = " + new JsonArray().add(value);
        compare(change, place, changed(book, place, value), wrong);
      }
      compare(place + " removed", place, without(book, place), wrong);
      JsonObject more = book.copy();
      if (place.queryJson(more) instanceof JsonObject object) {
        compare(place + " with another field", place, set(more, object, "another", 1), wrong);
        compare(place + " with a strange field", place, set(more, object, "a b", 1), wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** So that a field that comes to the schema is in the documents that are changed above. */
  @Test
  void the_documents_have_every_field_of_the_schema() throws IOException {
    var there = new TreeSet<String>();
    for (String file : List.of(EVERY_FIELD, FROM)) {
      places(read(file)).forEach(it -> there.add(last(it)));
    }
    var fields = new TreeSet<String>();
    forEachField(new JsonObject(RuleBookSchema.text()), (name, field) -> fields.add(name));

    assertThat(there).containsAll(fields);
  }

  @Test
  void every_field_is_described() {
    var silent = new ArrayList<String>();
    JsonObject schema = new JsonObject(RuleBookSchema.text());
    forEachField(
        schema,
        (name, field) -> {
          String its = field instanceof JsonObject json ? described(schema, json) : null;
          if (its == null || !its.endsWith(".")) {
            silent.add(name);
          }
        });
    // In conditions, which say of a field only when it may be there.
    assertThat(silent)
        .containsOnly("points", "carry", "mode", "period", "limit", "per", "count", "within");
  }

  private static @Nullable String described(JsonObject schema, JsonObject field) {
    String reference = field.getString("$ref");
    boolean isOfPart = reference != null && !field.containsKey("description");
    JsonObject its =
        isOfPart
            ? schema.getJsonObject("$defs").getJsonObject(reference.replace("#/$defs/", ""))
            : field;
    return its.getString("description");
  }

  private static void forEachField(Object schema, BiConsumer<String, Object> consumer) {
    if (schema instanceof JsonArray array) {
      array.forEach(it -> forEachField(it, consumer));
    } else if (schema instanceof JsonObject object) {
      if (object.getValue("properties") instanceof JsonObject fields) {
        fields.forEach(it -> consumer.accept(it.getKey(), it.getValue()));
      }
      object.forEach(it -> forEachField(it.getValue(), consumer));
    }
  }

  /** What the reader accepts has the form; what it refuses for its form has not. */
  private static void compare(
      String change, JsonPointer place, JsonObject book, List<String> wrong) {
    List<FieldError> faults = faults(book);
    JsonObject part = partAt(book, place);
    if (faults.isEmpty() && !isOfForm(part)) {
      wrong.add(change + " is read, and not of the form: " + check(book));
    } else if (faults.stream().anyMatch(it -> OF_FORM.contains(it.code()) && !isByOthers(book, it))
        && isOfForm(part)) {
      wrong.add(change + " is of the form, and not read: " + faults);
    }
  }

  /**
   * The required fields and the one that was changed; of a list only the element that was changed.
   * The schema holds each of them by itself, and the others have not changed.
   */
  private static JsonObject partAt(JsonObject book, JsonPointer place) {
    String[] path = place.toString().split("/", -1);
    var part = new JsonObject();
    for (String field : List.of("ruleBookId", "base", path[1])) {
      if (book.containsKey(field)) {
        part.put(field, book.getValue(field));
      }
    }
    if (path.length > 3 && part.getValue(path[1]) instanceof JsonArray all) {
      part.put(path[1], new JsonArray().add(all.getValue(Integer.parseInt(path[2]))));
    }
    return part;
  }

  /** So that a part of a book has the form when the whole has it. */
  @Test
  void the_schema_holds_each_field_of_a_book_by_itself() {
    JsonObject schema = new JsonObject(RuleBookSchema.text());

    assertThat(schema.fieldNames())
        .containsExactlyInAnyOrder(
            "$schema",
            "$id",
            "title",
            "description",
            "type",
            "required",
            "additionalProperties",
            "properties",
            "$defs");
    assertThat(schema.getJsonArray("required")).containsExactly("ruleBookId", "base");
  }

  /** Steps rise, amounts go with others, and tiers are those of the book: no schema says that. */
  private static boolean isByOthers(JsonObject book, FieldError fault) {
    if (fault.pointer().endsWith("/tiers")) {
      return !(book.getValue("tierFactors") instanceof JsonObject tiers) || tiers.isEmpty();
    }
    boolean number =
        !fault.code().equals(FieldFault.WHOLE_NUMBER.label())
            || (JsonPointer.from(fault.pointer()).queryJson(book) instanceof Integer it && it >= 0);
    return number
        && fault
            .pointer()
            .matches(
                "/brackets/steps/./(upTo|from)|/tiers/levels/./from|/examples/./order/initialAmount");
  }

  private static List<FieldError> faults(JsonObject book) {
    var errors = new FieldErrors();
    RuleBookReader.readDocument(book, UTC, errors);
    return errors.all();
  }

  private static boolean isOfForm(JsonObject book) {
    return RuleBookSchema.admits(book);
  }

  private static OutputUnit check(JsonObject book) {
    return RuleBookSchema.check(book);
  }

  private static JsonObject read(String file) throws IOException {
    return new JsonObject(Files.readString(Path.of(file)));
  }

  private static Set<String> fieldsOf(JsonObject book) {
    return places(book).stream().map(RuleBookSchemaTest::fieldAt).collect(Collectors.toSet());
  }

  /** The field at a place, whichever element of a list or set of a name it is in. */
  private static String fieldAt(JsonPointer place) {
    return place
        .toString()
        .replaceAll("/[0-9]+(?=/|$)", "/*")
        .replaceFirst("^/sets/[^/]+", "/sets/*")
        .replaceFirst("^/tierFactors/[^/]+", "/tierFactors/*");
  }

  private static List<JsonPointer> places(JsonObject book) {
    var places = new ArrayList<JsonPointer>();
    addPlaces(JsonPointer.create(), book, places);
    return places;
  }

  private static void addPlaces(JsonPointer at, Object value, List<JsonPointer> places) {
    if (!at.isRootPointer()) {
      places.add(at);
    }
    if (value instanceof JsonObject object) {
      object.forEach(it -> addPlaces(at.copy().append(it.getKey()), it.getValue(), places));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        addPlaces(at.copy().append(i), array.getValue(i), places);
      }
    }
  }

  private static JsonObject changed(JsonObject book, JsonPointer place, @Nullable Object value) {
    JsonObject copy = book.copy();
    Object parent = parent(copy, place);
    if (parent instanceof JsonArray array) {
      array.set(Integer.parseInt(last(place)), value);
    } else {
      ((JsonObject) Objects.requireNonNull(parent)).put(last(place), value);
    }
    return copy;
  }

  private static JsonObject without(JsonObject book, JsonPointer place) {
    JsonObject copy = book.copy();
    Object parent = parent(copy, place);
    if (parent instanceof JsonArray array) {
      array.remove(Integer.parseInt(last(place)));
    } else {
      ((JsonObject) Objects.requireNonNull(parent)).remove(last(place));
    }
    return copy;
  }

  private static JsonObject set(JsonObject book, JsonObject in, String field, Object value) {
    in.put(field, value);
    return book;
  }

  private static @Nullable Object parent(JsonObject book, JsonPointer place) {
    return place.copy().parent().queryJson(book);
  }

  private static String last(JsonPointer place) {
    String text = place.toString();
    return text.substring(text.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private static Set<String> labels(Set<FieldFault> faults) {
    var labels = new TreeSet<String>();
    faults.forEach(it -> labels.add(it.label()));
    return labels;
  }
}
