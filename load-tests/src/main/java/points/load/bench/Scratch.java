package points.load.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder for what a run leaves behind: logs, and the page of a quick run. */
final class Scratch {
  private Scratch() {}

  /** Makes it anew. */
  static Path empty(Path folder) {
    delete(folder);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot make " + folder, e);
    }
  }

  /** Removes a folder and all that is in it, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new BenchmarkFailure("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }
}
