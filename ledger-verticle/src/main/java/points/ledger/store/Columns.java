package points.ledger.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import points.ledger.account.Lot;
import points.ledger.database.PgTimestamps;
import points.ledger.store.Column.Parsed;
import points.ledger.store.Column.Taken;

/**
 * The columns of a table that {@link BatchStatement} writes, and the pieces of its text that list
 * them.
 *
 * <p>Each column is one parameter: an array with a value for each row. Example: {@code points} of
 * the table {@code entry} is {@code :entry_points}.
 *
 * <p>Lots are two flat arrays for all rows, and for each row the slice that belongs to it, because
 * PostgreSQL's {@code unnest} cannot take an array of arrays.
 *
 * @param <R> the row that is written
 */
final class Columns<R> {

  private static final List<String> LOTS = List.of("lot_expires_at", "lot_points");
  private static final List<String> SLICE = List.of("lots_from", "lots_to");

  private final String table;
  private final Function<R, List<Lot>> lots;
  private final List<Column<R, ?>> columns = new ArrayList<>();

  Columns(String table, Function<R, List<Lot>> lots) {
    this.table = table;
    this.lots = lots;
  }

  /** Declares a part of the row's name. */
  Column<R, String> key(String name, Taken<R, String> value) {
    return add(
        new Column<>(name, Column.Type.TEXT, Column.Use.KEY, value, row -> row.getString(name)));
  }

  /** Declares a number that the statement joins by and does not keep. */
  Column<R, Integer> number(String name, Taken<R, Integer> value) {
    return add(
        new Column<>(
            name, Column.Type.INT4, Column.Use.STATEMENT_ONLY, value, row -> row.getInteger(name)));
  }

  Column<R, String> text(String name, Taken<R, String> value) {
    return add(name, Column.Type.TEXT, value, row -> row.getString(name));
  }

  Column<R, Long> int8(String name, Taken<R, Long> value) {
    return add(name, Column.Type.INT8, value, row -> row.getLong(name));
  }

  Column<R, Boolean> bool(String name, Taken<R, Boolean> value) {
    return add(name, Column.Type.BOOL, value, row -> row.getBoolean(name));
  }

  Column<R, Instant> time(String name, Taken<R, Instant> value) {
    return add(
        name,
        Column.Type.TIMESTAMPTZ,
        it -> {
          Instant time = value.of(it);
          return time == null ? null : PgTimestamps.toSql(time);
        },
        row -> PgTimestamps.fromSql(row.getOffsetDateTime(name)));
  }

  Column<R, UUID> uuid(String name, Taken<R, UUID> value) {
    return add(name, Column.Type.UUID, value, row -> row.getUUID(name));
  }

  /** Declares a json column; {@code value} is its text, {@code reader} takes what it parses to. */
  <T> Column<R, T> json(String name, Taken<R, String> value, Parsed<T> reader) {
    return add(name, Column.Type.JSON, value, row -> reader.of(row.getValue(name)));
  }

  private <T> Column<R, T> add(
      String name, Column.Type type, Taken<R, ?> value, Taken<Row, T> reader) {
    return add(new Column<>(name, type, Column.Use.VALUE, value, reader));
  }

  private <T> Column<R, T> add(Column<R, T> column) {
    columns.add(column);
    return column;
  }

  /** All parameters, in the order in which {@link #bind} gives their values. */
  List<BatchParameter> parameters() {
    var parameters = new ArrayList<BatchParameter>();
    columns.forEach(it -> parameters.add(parameter(it.name(), it.type())));
    SLICE.forEach(it -> parameters.add(parameter(it, Column.Type.INT4)));
    parameters.add(parameter(LOTS.get(0), Column.Type.TIMESTAMPTZ));
    parameters.add(parameter(LOTS.get(1), Column.Type.INT8));
    return parameters;
  }

  private BatchParameter parameter(String column, Column.Type type) {
    return new BatchParameter(nameOf(column), type.array());
  }

  private String nameOf(String column) {
    return table + '_' + column;
  }

  /** The arrays that make rows when they are unnested. */
  String arrays() {
    return sliced().map(it -> ':' + nameOf(it)).collect(Collectors.joining(", "));
  }

  /** The names of the columns of these rows. */
  String unnested() {
    return sliced().collect(Collectors.joining(", "));
  }

  private Stream<String> sliced() {
    return Stream.concat(columns.stream().map(Column::name), SLICE.stream());
  }

  /** The table's columns, to insert into. */
  String storedColumns() {
    return namesKept().collect(Collectors.joining(", "));
  }

  /** Whether the table has a column of this name, which is written. */
  boolean isKept(String name) {
    return namesKept().anyMatch(name::equals);
  }

  /** The names of the table's columns that are written. */
  Stream<String> namesKept() {
    return names(Column::isKept);
  }

  /** The values of these, from the row that {@code alias} stands for. */
  String values(String alias) {
    Stream<String> slices =
        LOTS.stream().map(it -> "(:%s)[%s.lots_from : %2$s.lots_to]".formatted(nameOf(it), alias));
    return Stream.concat(columns.stream().filter(Column::isKept).map(it -> it.of(alias)), slices)
        .collect(Collectors.joining(", "));
  }

  /** Returns the assignments of an update, where the row is there. */
  String updates() {
    return names(it -> it.isKept() && !it.isKey())
        .map(it -> it + " = excluded." + it)
        .collect(Collectors.joining(", "));
  }

  private Stream<String> names(Predicate<Column<R, ?>> wanted) {
    return Stream.concat(columns.stream().filter(wanted).map(Column::name), LOTS.stream());
  }

  /** Adds the values of all parameters. */
  void bind(List<R> rows, List<Object> arguments) {
    for (Column<R, ?> column : columns) {
      arguments.add(column.of(rows));
    }
    var from = new Integer[rows.size()];
    var to = new Integer[rows.size()];
    var expiresAt = new ArrayList<OffsetDateTime>();
    var points = new ArrayList<Long>();
    for (int i = 0; i < from.length; i++) {
      from[i] = points.size() + 1;
      for (Lot lot : lots.apply(rows.get(i))) {
        expiresAt.add(PgTimestamps.toSql(lot.expiresAt()));
        points.add(lot.points());
      }
      to[i] = points.size();
    }
    arguments.add(from);
    arguments.add(to);
    arguments.add(expiresAt.toArray(OffsetDateTime[]::new));
    arguments.add(points.toArray(Long[]::new));
  }

  /** Reads a row's lots back. */
  static List<Lot> lotsOf(Row row) {
    OffsetDateTime[] expiresAt = row.getArrayOfOffsetDateTimes(LOTS.get(0));
    Long[] points = row.getArrayOfLongs(LOTS.get(1));
    var lots = new ArrayList<Lot>(points.length);
    for (int i = 0; i < points.length; i++) {
      lots.add(new Lot(PgTimestamps.fromSql(expiresAt[i]), points[i]));
    }
    return List.copyOf(lots);
  }
}
