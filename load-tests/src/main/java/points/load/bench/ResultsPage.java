package points.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import points.load.bench.process.Postgres;
import points.load.process.HarnessException;

/** A page of results. A run writes it anew, except for the section that people write. */
final class ResultsPage {
  private static final String KEPT_FROM =
      "<!-- kept: written by hand, a run leaves it as it is -->";
  private static final String KEPT_TO = "<!-- end of what is kept -->";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private ResultsPage() {}

  /** Returns a template of this package, with a value in the place of each {@code {{name}}}. */
  static String fill(String template, Map<String, ?> values) {
    String text = Postgres.resource(template);
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> {
              Object value = values.get(match.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no value for " + match.group());
              }
              return Matcher.quoteReplacement(value.toString());
            });
  }

  /**
   * Writes a page, with the kept section of the earlier page if there was one.
   *
   * @param text with a kept section too, for a first page
   */
  static void write(Path page, String text) throws IOException {
    String written = text;
    if (Files.exists(page)) {
      String earlier = Files.readString(page);
      written = text.replace(keptSection(text, page), keptSection(earlier, page));
    }
    Files.createDirectories(page.toAbsolutePath().resolveSibling(""));
    Files.writeString(page, written);
  }

  private static String keptSection(String text, Path page) {
    int from = text.indexOf(KEPT_FROM);
    int to = text.indexOf(KEPT_TO);
    if (from < 0 || to < from) {
      throw new HarnessException("the marks of the kept section are not both on " + page);
    }
    return text.substring(from, to);
  }
}
