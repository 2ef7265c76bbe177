package points.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import points.load.bench.process.PackagedPostgres;
import points.load.process.HarnessException;

/** A page of results. A run writes it anew, except for the section that people write. */
final class ResultsPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern KEPT =
      Pattern.compile(
          "<!-- kept: written by hand, a run leaves it as it is -->.*<!-- end of what is kept -->",
          Pattern.DOTALL);

  private ResultsPage() {}

  /** Returns a template of this package, with a value in the place of each {@code {{name}}}. */
  static String fill(String template, Map<String, ?> values) {
    return PLACEHOLDER
        .matcher(PackagedPostgres.resource(template))
        .replaceAll(
            match ->
                Optional.ofNullable(values.get(match.group(1)))
                    .map(value -> Matcher.quoteReplacement(value.toString()))
                    .orElseThrow(
                        () -> new IllegalArgumentException("no value for " + match.group())));
  }

  /**
   * Writes a page, with the kept section of the earlier page if there was one.
   *
   * @param text with a kept section too, for a first page
   */
  static void write(Path page, String text) throws IOException {
    String written = text;
    if (Files.exists(page)) {
      Matcher earlier = KEPT.matcher(Files.readString(page));
      if (!earlier.find()) {
        throw new HarnessException("the marks of the kept section are not both on " + page);
      }
      written = KEPT.matcher(text).replaceFirst(Matcher.quoteReplacement(earlier.group()));
    }
    Files.createDirectories(page.toAbsolutePath().resolveSibling(""));
    Files.writeString(page, written);
  }
}
