package points.ledger.store;

import io.vertx.sqlclient.Row;
import java.lang.reflect.Array;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table: its name, its type, its value for a row, and its reader.
 *
 * @param <R> the row that is written
 * @param <T> the type that the column is read back as
 */
final class Column<R, T> {

  /** The value of a column for something; null where that has none. */
  interface Taken<F, T> {
    @Nullable T of(F from);
  }

  /** The value as which a json column is read back. */
  interface Parsed<T> {
    @Nullable T of(@Nullable Object json);
  }

  /** The types that are written, each as PostgreSQL takes it in an array. */
  enum Type {
    TEXT("text", String.class),
    INT4("int4", Integer.class),
    INT8("int8", Long.class),
    BOOL("bool", Boolean.class),
    TIMESTAMPTZ("timestamptz", OffsetDateTime.class),
    UUID("uuid", UUID.class),
    /** Sent as text. */
    JSON("text", String.class);

    private final String sent;
    private final Class<?> element;

    Type(String sent, Class<?> element) {
      this.sent = sent;
      this.element = element;
    }

    String array() {
      return sent + "[]";
    }
  }

  /** The use of a column besides holding a value. */
  enum Use {
    VALUE,
    /** Names the row; an update leaves it as it is. */
    KEY,
    /** Is used by the statement and not kept. */
    STATEMENT_ONLY
  }

  private final String name;
  private final Type type;
  private final Use use;
  private final Taken<R, ?> value;
  private final Taken<Row, T> reader;

  Column(String name, Type type, Use use, Taken<R, ?> value, Taken<Row, T> reader) {
    this.name = name;
    this.type = type;
    this.use = use;
    this.value = value;
    this.reader = reader;
  }

  String name() {
    return name;
  }

  Type type() {
    return type;
  }

  boolean isKept() {
    return use != Use.STATEMENT_ONLY;
  }

  boolean isKey() {
    return use == Use.KEY;
  }

  /** The column of the row that {@code alias} stands for, as the table takes it. */
  String of(String alias) {
    return alias + '.' + name + (type == Type.JSON ? "::json" : "");
  }

  /** The values of all rows, as an array of the type. */
  Object of(List<R> rows) {
    @Nullable Object[] array = (@Nullable Object[]) Array.newInstance(type.element, rows.size());
    for (int i = 0; i < array.length; i++) {
      array[i] = value.of(rows.get(i));
    }
    return array;
  }

  /** Reads the column of a row back, which has a value there. */
  T read(Row row) {
    return Objects.requireNonNull(reader.of(row), name);
  }

  /** Reads the column of a row back; null where the row has no value there. */
  @Nullable T readOrNull(Row row) {
    return reader.of(row);
  }
}
