package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import points.load.process.HarnessException;

class ResultsPageTest {
  private static final String KEPT =
      """
      <!-- kept: written by hand, a run leaves it as it is -->
      Not written yet.
      <!-- end of what is kept -->\
      """;
  private static final String FIRST_RUN = "# One\n" + KEPT + "\nend of one\n";
  private static final String SECOND_RUN = "# Two\n\n" + KEPT + "\nend of two\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void a_section_written_by_hand_survives_another_run() throws IOException {
    Path page = folder.resolve("docs/benchmarks.md");
    ResultsPage.write(page, FIRST_RUN);
    String edited = Files.readString(page).replace("Not written yet.", "In $1 the index.\n\nMore.");
    Files.writeString(page, edited);
    ResultsPage.write(page, SECOND_RUN);
    assertThat(page).content().startsWith("# Two").endsWith("end of two\n");
    assertThat(page).content().contains("In $1 the index.\n\nMore.").doesNotContain("One");
    String second = Files.readString(page);
    ResultsPage.write(page, SECOND_RUN);
    assertThat(page).content().isEqualTo(second);
  }

  @Test
  void a_page_without_one_of_its_marks_is_not_overwritten() throws IOException {
    Path page = folder.resolve("benchmarks.md");
    ResultsPage.write(page, FIRST_RUN);
    String damaged = Files.readString(page).replace("<!-- end of what is kept -->", "");
    Files.writeString(page, damaged);
    assertThatThrownBy(() -> ResultsPage.write(page, SECOND_RUN))
        .isInstanceOf(HarnessException.class);
    assertThat(page).content().isEqualTo(damaged);
  }
}
