package points.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The facts about a postmaster in its file {@code postmaster.pid}.
 *
 * @param pid its process
 * @param ready whether it takes connections
 */
record PidFile(long pid, boolean ready) {
  private static final int STATUS_LINE = 7;

  /** Nothing when there is none, or when it is still being written. */
  static Optional<PidFile> read(Path cluster) throws IOException {
    try {
      List<String> lines = Files.readString(file(cluster)).lines().map(String::strip).toList();
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).equals("ready");
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(new PidFile(Long.parseLong(lines.get(0)), ready));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The postmaster that a killed JVM left running on this cluster. A process that merely has its
   * number does not count: the command line must name the cluster.
   */
  static Optional<ProcessHandle> leftover(Path cluster) throws IOException {
    return read(cluster)
        .flatMap(file -> ProcessHandle.of(file.pid()))
        .filter(process -> names(process, cluster));
  }

  private static boolean names(ProcessHandle process, Path cluster) {
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return Arrays.asList(arguments).contains(cluster.toString());
  }

  /**
   * Removes the file of a server that is gone. PostgreSQL does so too, but only while no other
   * process has got its number, which in a container is the rule. Processes of the old server that
   * still live keep the new one from starting all the same, by their shared memory.
   */
  static void remove(Path cluster) throws IOException {
    Files.deleteIfExists(file(cluster));
  }

  private static Path file(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }
}
