package points.load.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a reader has to know about the machine, without saying which one it is. */
record Machine(
    int processors, String model, long memoryMb, String kernel, String java, String vertx) {
  private static final long KB_PER_MB = 1024;

  static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / KB_PER_MB,
        numbers("/proc/sys/kernel/osrelease"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        vertxVersion());
  }

  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("0 unknown");
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot read " + file, e);
    }
  }

  /** The version without what a distribution or an owner added to it. */
  private static String numbers(String file) {
    try {
      return Files.readString(Path.of(file)).strip().replaceFirst("[^0-9.].*", "");
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot read " + file, e);
    }
  }

  private static String vertxVersion() {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream("META-INF/vertx/vertx-version.txt")) {
      return in == null
          ? "unknown"
          : new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot read the version of Vert.x", e);
    }
  }
}
