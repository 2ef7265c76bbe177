package points.load.bench.process;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import points.load.process.HarnessException;

/** A description of this machine for readers of a page, without its name. */
public record Machine(String processors, String memory, String linux, String java, String vertx) {
  private static final long KB_PER_MB = 1024;

  public static Machine here() {
    long memoryKb = Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", ""));
    return new Machine(
        Runtime.getRuntime().availableProcessors() + " × " + field("/proc/cpuinfo", "model name"),
        memoryKb / KB_PER_MB + " MB",
        // without the suffix of a distribution or an owner
        field("/proc/sys/kernel/osrelease", "").replaceFirst("[^0-9.].*", ""),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        String.valueOf(Vertx.class.getPackage().getImplementationVersion()));
  }

  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("0 unknown");
    } catch (IOException e) {
      throw new HarnessException("cannot read " + file, e);
    }
  }
}
