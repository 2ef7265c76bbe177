package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands beside the gateway work on the books that were meant, or on none. */
class CommandBooksTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void every_command_refuses_a_setting_that_is_misspelt(@TempDir Path data) {
    Map<String, String> misspelt =
        Map.of("POINTS_PG_URL", "postgresql://u:p@db/points", "POINTS_DATA_DIR", data.toString());

    assertThat(new Audit(misspelt, print(), print()).run()).isEqualTo(Audit.NOT_READ);
    assertRefused();
    assertThat(new FiguresCommand(misspelt, print(), print()).run(List.of("rebuild")))
        .isEqualTo(FiguresCommand.WRONG_ARGUMENTS);
    assertRefused();
    assertThat(
            new StaffCommand(misspelt, print(), print())
                .run(List.of("add", "--name", "Li", "--role", "headOffice")))
        .isEqualTo(StaffCommand.WRONG_ARGUMENTS);
    assertRefused();
  }

  private void assertRefused() {
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("POINTS_PG_URL is no setting; did you mean POINTS_PG_URI?");
    err.reset();
  }

  @Test
  void says_where_it_looked_when_there_are_no_books(@TempDir Path data) {
    assertThat(CommandBooks.of(Map.of("POINTS_DATA_DIR", data.toString())).faults())
        .containsExactly(
            "no gateway has kept books in %s: set POINTS_PG_URI, or POINTS_DATA_DIR to its directory"
                .formatted(data));
    assertThat(CommandBooks.of(Map.of("POINTS_PG_URI", "mysql://u:secret@db/points")).faults())
        .singleElement()
        .asString()
        .startsWith("POINTS_PG_URI must be")
        .doesNotContain("secret");
  }

  @Test
  void takes_the_database_that_is_set() {
    CommandBooks books = CommandBooks.of(Map.of("POINTS_PG_URI", "postgresql://u:p@db/points"));
    assertThat(books.faults()).isEmpty();
    assertThat(books.database()).isNotNull();
  }

  private PrintStream print() {
    return new PrintStream(err, true, StandardCharsets.UTF_8);
  }
}
