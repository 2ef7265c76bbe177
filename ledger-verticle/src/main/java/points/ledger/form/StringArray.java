package points.ledger.form;

import io.vertx.core.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The strings that an array may have.
 *
 * @param array the fault of what is no such array; it names the least and the greatest size
 * @param otherwise the fault of any other string
 * @param values those that this fault names
 */
record StringArray(
    FieldFault array, Predicate<String> isGood, FieldFault otherwise, List<Object> values) {

  static final StringArray IDS =
      new StringArray(FieldFault.IDS, Formats::isId, FieldFault.ID, List.of());

  static final StringArray TEXTS =
      new StringArray(
          FieldFault.STRINGS,
          it -> Formats.isReadable(it, Formats.ID_LENGTH_MAX),
          FieldFault.READABLE,
          List.of(Formats.ID_LENGTH_MAX));

  /** Returns an array of known strings. */
  static StringArray of(Set<String> known) {
    String names = String.join(", ", known.stream().sorted().toList());
    return new StringArray(FieldFault.STRINGS, known::contains, FieldFault.ONE_OF, List.of(names));
  }

  /**
   * Reads an array, none of whose strings may be there twice; errors are noted.
   *
   * @param at the pointer of the array
   */
  List<String> read(
      @Nullable Object value, String at, int sizeMin, int sizeMax, FieldErrors errors) {
    if (!(value instanceof JsonArray all) || all.size() < sizeMin || all.size() > sizeMax) {
      errors.add(at, array, sizeMin, sizeMax);
      return List.of();
    }
    var strings = new LinkedHashSet<String>();
    for (int i = 0; i < all.size() && !errors.isFull(); i++) {
      if (!(all.getValue(i) instanceof String text) || !isGood.test(text)) {
        errors.add(at + "/" + i, otherwise, values.toArray());
      } else if (!strings.add(text)) {
        errors.add(at + "/" + i, FieldFault.TWICE);
      }
    }
    return List.copyOf(strings);
  }
}
