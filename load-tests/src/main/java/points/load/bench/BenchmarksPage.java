package points.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page of results. A run writes it anew, except for the section that people write. */
final class BenchmarksPage {
  private static final String KEPT_FROM =
      "<!-- kept: written by hand, a run leaves it as it is -->";
  private static final String KEPT_TO = "<!-- end of what is kept -->";
  private static final String NOT_WRITTEN = "\nNot written yet.\n";

  /** Where the kept section goes in a text that is written. */
  static final String KEPT_SECTION = "@@kept@@";

  private BenchmarksPage() {}

  /**
   * @param text all of the page, with {@link #KEPT_SECTION} once in it
   */
  static void write(Path page, String text) {
    try {
      String kept = Files.exists(page) ? kept(Files.readString(page)) : NOT_WRITTEN;
      if (page.getParent() != null) {
        Files.createDirectories(page.getParent());
      }
      Files.writeString(page, text.replace(KEPT_SECTION, KEPT_FROM + kept + KEPT_TO));
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot write " + page, e);
    }
  }

  private static String kept(String earlier) {
    int from = earlier.indexOf(KEPT_FROM);
    int to = earlier.indexOf(KEPT_TO);
    if (from < 0 && to < 0) {
      return NOT_WRITTEN;
    }
    if (from < 0 || to < from) {
      throw new BenchmarkFailure("only one of the two marks of the kept section is on the page");
    }
    return earlier.substring(from + KEPT_FROM.length(), to);
  }
}
