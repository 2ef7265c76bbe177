package points.gateway.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header {@code Accept-Encoding}. */
final class AcceptEncoding {

  private AcceptEncoding() {}

  /** Returns the codings that the header names and does not exclude by {@code q=0}. */
  static List<String> accepted(@Nullable String header) {
    if (header == null) {
      return List.of();
    }
    return Arrays.stream(header.toLowerCase(Locale.ROOT).split(","))
        .map(it -> it.replace(" ", "").replace("\t", ""))
        .filter(it -> !it.matches("[^;]*;q=0(\\.0*)?"))
        .map(it -> it.replaceFirst(";.*", ""))
        .toList();
  }
}
