package points.load.fault.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import points.load.process.HarnessException;

/** The programs of PostgreSQL that are packaged with the tests. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * Unpacks them, once.
   *
   * @return the directory that holds {@code bin}
   */
  static Path unpack(Path folder) {
    Path target = folder.resolve("postgres");
    Path unfinished = folder.resolve("postgres-unfinished-" + ProcessHandle.current().pid());
    if (Files.isDirectory(target)) {
      return target;
    }
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream(archive())) {
      if (archive == null) {
        throw new HarnessException("no PostgreSQL is packaged for this machine: " + archive());
      }
      extract(archive, unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw new HarnessException("PostgreSQL cannot be unpacked to " + folder, e);
    }
  }

  private static String archive() {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return arm ? "/postgres-linux-arm_64.txz" : "/postgres-linux-x86_64.txz";
  }

  /** Refuses an archive with a file that would lie elsewhere. */
  static void extract(InputStream archive, Path folder) throws IOException {
    Path into = folder.normalize();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
          throw new HarnessException("the archive names a file outside: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }
}
