package points.load.opening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import points.load.http.KeySource;

/** What the import refuses before it calls anybody. */
final class ImportCommandTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory = Path.of("");

  @Test
  void refuses_a_missing_file_and_makes_nothing_up() {
    Path typo = directory.resolve("TYPO");
    assertThat(run(typo.toString())).isEqualTo(2);
    assertThat(said()).isEqualTo("import: there is no file " + typo + " that can be read\n");
    assertThat(typo).doesNotExist();
  }

  @Test
  void members_are_made_up_only_by_the_option_for_it() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("name the FILE to import, or make members up by --made-up N");
    Path file = Files.writeString(directory.resolve("lines"), "{}\n");
    assertThat(run("--made-up=5", file.toString())).isEqualTo(2);
    assertThat(said()).contains("not both");
    assertThat(run("--phones", file.toString())).isEqualTo(2);
    assertThat(said()).contains("--seed and --phones are of members that are made up");
    assertThat(run("--made-up=0")).isEqualTo(2);
    assertThat(said()).contains("--made-up must be from 1 to 20000000, not 0");
  }

  @Test
  void a_directory_and_a_file_without_lines_are_errors() throws IOException {
    assertThat(run(directory.toString())).isEqualTo(2);
    assertThat(said()).contains("there is no file");
    Path empty = Files.createFile(directory.resolve("empty"));
    assertThat(run(empty.toString())).isEqualTo(2);
    assertThat(said()).contains("empty: there are no lines in it");
  }

  private int run(String... options) {
    err.reset();
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--url=http://127.0.0.1:1", "--key=k"));
    var command =
        new ImportCommand(
            new KeySource(Map.of(), directory.resolve("none")),
            new PrintWriter(new StringWriter()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return ImportCommand.commandLine(command).execute(all.toArray(String[]::new));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
