package points.load.replay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReceiptsFileTest {
  private static final String HEADER =
      "\"receipt_id\",\"member_id\",\"store_id\",\"sold_at\",\"product_id\",\"department\","
          + "\"category\",\"quantity\",\"amount_cents\",\"discount_cents\"\n";
  private static final String TWO_RECEIPTS =
      HEADER
          + "\"R2\",\"m1\",\"s1\",\"2017-03-01T12:00:00-05:00\",\"p1\",\"GROCERY\",\"TEA,"
          + " GREEN\",2,598,0\n"
          + "\"R1\",\"m2\",\"s1\",\"2017-03-01T12:00:00-05:00\",\"p2\",\"FUEL\",\"\",12345,2900,10\n"
          + "\"R2\",\"m1\",\"s1\",\"2017-03-01T12:00:00-05:00\",\"p3\",\"\",\"\",0,0,100\n"
          + "\"R0\",\"m1\",\"s2\",\"2017-03-01T11:59:59-05:00\",\"p1\",\"\",\"\",1,1,0\n";

  @TempDir private Path directory = Path.of("");

  @Test
  void gathers_the_lines_of_a_receipt_wherever_they_stand_and_sorts_by_time() throws IOException {
    assertThat(ReceiptsFile.read(plain(TWO_RECEIPTS), "category"))
        .extracting(Receipt::receiptId, receipt -> receipt.lines().size(), Receipt::amount)
        .containsExactly(tuple("R0", 1, 1L), tuple("R2", 2, 598L), tuple("R1", 1, 2900L));
  }

  @Test
  void reads_gzip_as_it_reads_plain_text() throws IOException {
    Path zipped = directory.resolve("receipts");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(TWO_RECEIPTS.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ReceiptsFile.read(zipped, "category"))
        .isEqualTo(ReceiptsFile.read(plain(TWO_RECEIPTS), "category"));
  }

  @Test
  void keeps_commas_in_a_category_and_thousandths_in_a_quantity() throws IOException {
    var receipts = ReceiptsFile.read(plain(TWO_RECEIPTS), "category");
    assertThat(receipts.get(1).lines().get(0))
        .isEqualTo(new Receipt.Line("p1", "TEA, GREEN", 2, 598));
    assertThat(receipts.get(2).lines().get(0)).isEqualTo(new Receipt.Line("p2", "", 12345, 2900));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          'R9,m 1,s1,2017-03-01T12:00:00Z,p1,,,1,1,0', member_id
          'R9,m1,,2017-03-01T12:00:00Z,p1,,,1,1,0', store_id
          'R9,m1,s1,2017-03-01 12:00,p1,,,1,1,0', sold_at
          'R9,m1,s1,2017-03-01T12:00:00Z,-p,,,1,1,0', product_id
          'R9,m1,s1,2017-03-01T12:00:00Z,p1,,,-1,1,0', quantity
          'R9,m1,s1,2017-03-01T12:00:00Z,p1,,,1,1.50,0', amount_cents
          'R9,m1,s1,2017-03-01T12:00:00Z,p1,,,1,1000000000000001,0', amount_cents
          'R9,m1,s1,2017-03-01T12:00:00Z,p1,,,1,1,x', discount_cents
          'R0,m9,s2,2017-03-01T11:59:59-05:00,p1,,,1,1,0', member_id
          'R0,m1,s9,2017-03-01T11:59:59-05:00,p1,,,1,1,0', store_id
          'R0,m1,s2,2017-03-01T11:59:58-05:00,p1,,,1,1,0', sold_at
          """)
  void names_line_and_column_of_an_unreadable_value(String row, String column) throws IOException {
    Path file = plain(TWO_RECEIPTS + row + "\n");
    assertThatExceptionOfType(InvalidReceiptException.class)
        .isThrownBy(() -> ReceiptsFile.read(file, "category"))
        .withMessageStartingWith("line 6, column " + column + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          'receipt_id,member_id', 'line 1, column store_id: is missing'
          '', 'there are no receipts in it'
          """)
  void refuses_a_file_of_another_shape(String header, String message) throws IOException {
    Path file = plain(header.isEmpty() ? HEADER : header + "\nR1,m1\n");
    assertThatExceptionOfType(InvalidReceiptException.class)
        .isThrownBy(() -> ReceiptsFile.read(file, "category"))
        .withMessage(message);
  }

  @Test
  void refuses_a_row_with_too_few_columns() throws IOException {
    Path file = plain(TWO_RECEIPTS + "R9,m1\n");
    assertThatExceptionOfType(InvalidReceiptException.class)
        .isThrownBy(() -> ReceiptsFile.read(file, "category"))
        .withMessageContaining("6");
  }

  private Path plain(String text) throws IOException {
    return Files.writeString(directory.resolve("receipts.csv"), text);
  }
}
