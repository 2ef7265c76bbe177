package points.load.replay.receipt;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Receipts from a CSV file in UTF-8, plain or gzip (known by its first two bytes).
 *
 * <p>It has a header line that names at least the {@linkplain ReceiptRow#COLUMNS columns}. Lines of
 * one receipt need not stand together. The whole file is held in memory: about one kilobyte a
 * receipt.
 */
public final class ReceiptsFile {
  private static final int LINES_MAX = 500;

  private ReceiptsFile() {}

  /**
   * The receipts in the order of their times; those of one time as the file has them.
   *
   * @param category the column that says the category of a line: {@code category}, or {@code
   *     department}
   * @throws InvalidReceiptException for the first line that cannot be understood, and for a file
   *     without receipts
   * @throws IOException when the file cannot be read
   */
  public static List<Receipt> read(Path file, String category) throws IOException {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        Reader text = new InputStreamReader(unzipped(bytes), StandardCharsets.UTF_8.newDecoder());
        CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
      return receipts(csv, category);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new InvalidReceiptException("the file is not UTF-8");
      }
      throw new IOException(e.getCause());
    } catch (CsvParseException e) {
      throw new InvalidReceiptException(e.getMessage() == null ? "not CSV" : e.getMessage());
    }
  }

  private static InputStream unzipped(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  private static List<Receipt> receipts(Iterable<NamedCsvRecord> csv, String category) {
    Map<String, Open> open = new LinkedHashMap<>();
    boolean first = true;
    for (NamedCsvRecord fields : csv) {
      if (first) {
        requireColumns(fields.getHeader());
        first = false;
      }
      ReceiptRow row = new ReceiptRow(fields, category);
      open.computeIfAbsent(row.id("receipt_id"), id -> new Open(row)).add(row);
    }
    if (open.isEmpty()) {
      throw new InvalidReceiptException("there are no receipts in it");
    }
    return open.values().stream()
        .map(Open::receipt)
        .sorted(Comparator.comparing(receipt -> receipt.soldAt().toInstant()))
        .toList();
  }

  private static void requireColumns(List<String> header) {
    for (String column : ReceiptRow.COLUMNS) {
      if (!header.contains(column)) {
        throw new InvalidReceiptException(1, column, "is missing");
      }
    }
  }

  /** A receipt whose lines are still being collected. */
  private static final class Open {
    private final String receiptId;
    private final String memberId;
    private final String storeId;
    private final OffsetDateTime soldAt;
    private final List<Receipt.Line> lines = new ArrayList<>(2);

    Open(ReceiptRow row) {
      receiptId = row.id("receipt_id");
      memberId = row.id("member_id");
      storeId = row.id("store_id");
      soldAt = row.soldAt();
    }

    void add(ReceiptRow row) {
      same(row, "member_id", memberId, row.id("member_id"));
      same(row, "store_id", storeId, row.id("store_id"));
      same(row, "sold_at", soldAt, row.soldAt());
      if (lines.size() == LINES_MAX) {
        throw row.bad("receipt_id", "has more than " + LINES_MAX + " lines");
      }
      lines.add(row.line());
    }

    private void same(ReceiptRow row, String column, Object first, Object here) {
      if (!first.equals(here)) {
        throw row.bad(
            column, "differs from " + first + " in an earlier line of receipt " + receiptId);
      }
    }

    Receipt receipt() {
      return new Receipt(receiptId, memberId, storeId, soldAt, lines);
    }
  }
}
