package points.load.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsFileTest {

  private final Path directory;

  RecordsFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void a_file_is_cut_at_the_ends_of_lines_into_parts_of_about_the_same_length() throws IOException {
    RecordsFile lines = RecordsFile.read(file("aa\nb\ncccc\nd\ne\n"), 2);

    assertThat(lines.lines()).isEqualTo(5);
    assertThat(lines.cuts()).isEqualTo(List.of(0L, 5L, 14L));
  }

  @Test
  void a_file_has_no_more_parts_than_lines() throws IOException {
    RecordsFile lines = RecordsFile.read(file("a\nb\n"), 4);

    assertThat(lines.cuts().get(0)).isZero();
    assertThat(lines.cuts().get(lines.cuts().size() - 1)).isEqualTo(4);
  }

  @Test
  void a_file_with_blank_or_unfinished_lines_is_refused() throws IOException {
    Path blank = file("a\n\nb\n");
    assertThatThrownBy(() -> RecordsFile.read(blank, 2)).hasMessageContaining("line 2 is blank");
    Path open = file("a\nb");
    assertThatThrownBy(() -> RecordsFile.read(open, 2)).hasMessageContaining("line feed");
  }

  @Test
  void equal_seeds_make_equal_members_with_keys_of_their_own() throws IOException {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    new OpeningGenerator(5, 500, true).write(first);
    new OpeningGenerator(5, 500, true).write(second);

    List<String> lines = Files.readAllLines(first);
    assertThat(lines).isEqualTo(Files.readAllLines(second)).hasSize(500).doesNotHaveDuplicates();
    new OpeningGenerator(6, 500, true).write(second);
    assertThat(lines).doesNotContainAnyElementsOf(Files.readAllLines(second));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("lines-" + text.length()), text);
  }
}
