package points.gateway.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that a test runs to its end. */
record Tool(Path directory, Duration timeMax, Map<String, String> environment) {

  static Tool in(Path directory) {
    return new Tool(directory, Duration.ofMinutes(3), Map.of());
  }

  Tool with(String name, String value) {
    return new Tool(directory, timeMax, Map.of(name, value));
  }

  /**
   * Runs it and gives what it wrote.
   *
   * @throws AssertionError with all that it wrote, when it ends otherwise than with 0, or not at
   *     all
   */
  String run(List<String> command) {
    return run(command, Path.of("/dev/null"));
  }

  /** The same, with a file for it to read. */
  String run(List<String> command, Path input) {
    try {
      Path output = Files.createTempFile(Files.createDirectories(directory), "run", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(input.toFile())
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(timeMax.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            "%s %s%n%s"
                .formatted(
                    String.join(" ", command),
                    ended ? "ended with " + process.exitValue() : "did not end in " + timeMax,
                    text));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
