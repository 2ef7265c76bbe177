package points.load.replay.receipt;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;

/** One line of a receipts file, read as strictly as the gateway reads orders. */
public final class ReceiptRow {
  public static final List<String> COLUMNS =
      List.of(
          "receipt_id",
          "member_id",
          "store_id",
          "sold_at",
          "product_id",
          "department",
          "category",
          "quantity",
          "amount_cents",
          "discount_cents");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+~-]{0,63}");
  private static final long QUANTITY_MAX = 1_000_000_000L;
  private static final long AMOUNT_MAX = 1_000_000_000_000_000L;
  private static final int CATEGORY_MAX = 128;

  private final NamedCsvRecord csv;
  private final String categoryColumn;

  /**
   * @param categoryColumn the column that says the category
   */
  ReceiptRow(NamedCsvRecord csv, String categoryColumn) {
    this.csv = csv;
    this.categoryColumn = categoryColumn;
    if (csv.getFieldCount() != csv.getHeader().size()) {
      throw new InvalidReceiptException(
          "line %d: has %d columns, the first line has %d"
              .formatted(csv.getStartingLineNumber(), csv.getFieldCount(), csv.getHeader().size()));
    }
  }

  /** The line of the file, counted from 1. */
  long number() {
    return csv.getStartingLineNumber();
  }

  String id(String column) {
    String value = csv.getField(column);
    if (!ID.matcher(value).matches()) {
      throw bad(
          column, "must be 1 to 64 of A-Z a-z 0-9 . _ : @ + ~ - and begin with a letter or digit");
    }
    return value;
  }

  OffsetDateTime soldAt() {
    try {
      return OffsetDateTime.parse(csv.getField("sold_at"));
    } catch (DateTimeException e) {
      throw bad("sold_at", "must be a time like 2026-11-22T18:30:00+08:00");
    }
  }

  Receipt.Line line() {
    wholeNumber("discount_cents", AMOUNT_MAX);
    return new Receipt.Line(
        id("product_id"),
        category(),
        wholeNumber("quantity", QUANTITY_MAX),
        wholeNumber("amount_cents", AMOUNT_MAX));
  }

  private String category() {
    String category = csv.getField(categoryColumn).strip();
    if (category.length() > CATEGORY_MAX) {
      throw bad(categoryColumn, "must have at most " + CATEGORY_MAX + " characters");
    }
    return category;
  }

  private long wholeNumber(String column, long max) {
    String value = csv.getField(column);
    if (value.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(value);
      if (number <= max) {
        return number;
      }
    }
    throw bad(column, "must be a whole number from 0 to " + max);
  }

  InvalidReceiptException bad(String column, String rule) {
    return new InvalidReceiptException(
        number(), column, "\"" + csv.getField(column) + "\" " + rule);
  }
}
