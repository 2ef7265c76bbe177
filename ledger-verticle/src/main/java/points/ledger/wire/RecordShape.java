package points.ledger.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;
import points.ledger.account.Lot;
import points.ledger.account.Lots;

/**
 * The names and types of a record's components, in their order, and those of the records in it. Two
 * releases of which it is the same read each other's positional messages.
 */
final class RecordShape {

  private RecordShape() {}

  static String of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return name((Class<?>) generic.getRawType())
          + Arrays.stream(generic.getActualTypeArguments())
              .map(RecordShape::of)
              .collect(Collectors.joining(",", "<", ">"));
    }
    var plain = (Class<?>) type;
    if (plain == Lots.class) {
      return name(plain) + "<" + of(Lot.class) + ">";
    }
    return plain.isRecord() ? name(plain) + components(plain) : name(plain);
  }

  private static String components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(it -> it.getName() + ":" + of(it.getGenericType()))
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static String name(Class<?> type) {
    return type.getSimpleName();
  }
}
