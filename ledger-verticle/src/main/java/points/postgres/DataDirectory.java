package points.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files and directories below a data directory. All of them are in {@code <root>/postgres},
 * which only its owner may enter.
 *
 * @param root absolute, without symbolic links, so that it names the same place in every process
 */
record DataDirectory(Path root) {
  private static final String OWNER_ONLY_DIRECTORY = "rwx------";
  private static final String OWNER_ONLY_FILE = "rw-------";

  /** Makes what is missing; a directory that was there keeps its own permissions. */
  static DataDirectory prepare(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path absolute = directory.toAbsolutePath();
      if (absolute.getParent() != null) {
        Files.createDirectories(absolute.getParent());
      }
      createOwnerOnly(absolute);
    }
    DataDirectory prepared = new DataDirectory(directory.toRealPath());
    if (!Files.isDirectory(prepared.home())) {
      createOwnerOnly(prepared.home());
    }
    Files.setPosixFilePermissions(
        prepared.home(), PosixFilePermissions.fromString(OWNER_ONLY_DIRECTORY));
    return prepared;
  }

  Path home() {
    return root.resolve("postgres");
  }

  Path cluster() {
    return home().resolve("cluster");
  }

  Path binaries(String version) {
    return home().resolve("bin-" + version);
  }

  Path lock() {
    return home().resolve("lock");
  }

  Path log() {
    return home().resolve("postgres.log");
  }

  Path password() {
    return home().resolve("password");
  }

  Path port() {
    return home().resolve("port");
  }

  /** Replaces a file as a whole and for good: after a power cut it holds the old or the new. */
  static void write(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(OWNER_ONLY_FILE)))) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The first line of a file, or nothing where there is no such file or it is blank. */
  static Optional<String> firstLine(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return Files.readString(file).lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst();
  }

  static void createOwnerOnly(Path directory) throws IOException {
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString(OWNER_ONLY_DIRECTORY)));
  }

  static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(directory)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
