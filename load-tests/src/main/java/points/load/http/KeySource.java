package points.load.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the API key in the options, the environment or the gateway's key file.
 *
 * <p>It is the one given, else that of {@code POINTS_KEY}, else the first line of the file in which
 * a gateway that made its own database left its first key.
 *
 * @param environment the process's
 * @param file the gateway's key file; need not exist
 */
public record KeySource(Map<String, String> environment, Path file) {
  /** Empty when there is no key to be found. */
  public Optional<String> key(Optional<String> given) throws IOException {
    Optional<String> known =
        given
            .or(() -> Optional.ofNullable(environment.get("POINTS_KEY")))
            .filter(key -> !key.isBlank());
    if (known.isPresent() || !Files.isReadable(file)) {
      return known;
    }
    return Files.readString(file)
        .lines()
        .map(String::strip)
        .filter(key -> !key.isEmpty())
        .findFirst();
  }
}
