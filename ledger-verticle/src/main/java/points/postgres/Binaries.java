package points.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked below our own data directory: nobody else can have put them
 * there.
 *
 * @param directory holds {@code bin}, {@code lib} and {@code share}
 * @param version as packaged, such as {@code 17.11.0}
 */
record Binaries(Path directory, String version) {
  private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);

  /** Unpacks, unless that was done before. A half-unpacked directory never gets the final name. */
  static Binaries unpack(DataDirectory data) throws IOException {
    String version = packagedVersion();
    Path target = data.binaries(version);
    if (!Files.isDirectory(target)) {
      Path unfinished = data.home().resolve("unpacking");
      DataDirectory.deleteTree(unfinished);
      DataDirectory.createOwnerOnly(unfinished);
      LOG.info("unpacking PostgreSQL {} into {}", version, target);
      try (InputStream archive = openArchive()) {
        extract(archive, unfinished);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return new Binaries(target, version);
  }

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  /** The part of the version that the files of a cluster must have: {@code 17}. */
  String majorVersion() {
    return version.substring(0, version.indexOf('.'));
  }

  /** Removes what earlier versions of the gateway unpacked. No process may be running from it. */
  void removeOthers() throws IOException {
    List<Path> others;
    try (Stream<Path> siblings = Files.list(directory.resolveSibling(""))) {
      others =
          siblings
              .map(Path::normalize)
              .filter(path -> path.getFileName().toString().startsWith("bin-"))
              .filter(path -> !path.equals(directory))
              .toList();
    }
    for (Path other : others) {
      DataDirectory.deleteTree(other);
    }
  }

  private static String packagedVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
      if (in == null) {
        throw new LocalPostgresException("binaries.properties is not packaged with the gateway");
      }
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  private static InputStream openArchive() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = processor.equals("aarch64") || processor.equals("arm64");
    boolean intel = processor.equals("amd64") || processor.equals("x86_64");
    String name = "none";
    if (system.startsWith("mac") && (arm || intel)) {
      name = "/postgres-darwin-arm_64.txz"; // universal: holds the code of both processors
    } else if (system.equals("linux") && (arm || intel)) {
      name = arm ? "/postgres-linux-arm_64.txz" : "/postgres-linux-x86_64.txz";
    }
    InputStream archive = Binaries.class.getResourceAsStream(name);
    if (archive == null) {
      throw new LocalPostgresException(
          "no PostgreSQL is packaged for "
              + system
              + " on "
              + processor
              + "; configure a database");
    }
    return archive;
  }

  private static void extract(InputStream archive, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
          throw new LocalPostgresException("archive names a file outside: " + entry.getName());
        }
        extractEntry(tar, entry, path);
      }
    }
  }

  private static void extractEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      throw new LocalPostgresException("archive holds a hard link: " + entry.getName());
    } else {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
