package points.load.fault.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import points.load.fault.net.Host;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** Makes a synchronous standby of a running PostgreSQL. */
public final class Standby {
  private static final Duration FOLLOWS_WITHIN = Duration.ofSeconds(30);
  private static final Set<String> NOT_COPIED =
      Set.of("postmaster.pid", "postmaster.opts", "pg_replslot", "pg_dynshmem", "pg_stat_tmp");

  private Standby() {}

  /**
   * Copies the running primary and starts the copy as a synchronous standby. From then on the
   * primary waits for it at every commit. This is what {@code pg_basebackup} does, which the
   * packaged PostgreSQL does not have.
   */
  public static Postgres of(Postgres primary, Host host) {
    Path data = primary.data().resolveSibling(host.name());
    try (Connection connection = primary.connect();
        Statement statement = connection.createStatement()) {
      // The backup lasts only as long as this session.
      statement.execute("SELECT pg_backup_start('standby', true)");
      copy(primary.data(), data);
      try (ResultSet label =
          statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        label.next();
        Files.writeString(data.resolve("backup_label"), label.getString(1));
      }
      Files.createFile(data.resolve("standby.signal"));
      Files.writeString(
          data.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=%s port=%d user=%s password=%s connect_timeout=3'%n"
              .formatted(
                  primary.host().address(), Postgres.PORT, Postgres.USER, Postgres.PASSWORD));
    } catch (SQLException | IOException e) {
      throw new HarnessException("no standby can be made", e);
    }
    Postgres standby = new Postgres(primary, data, host);
    standby.start();
    primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
    primary.execute("SELECT pg_reload_conf()");
    Shell.await(
        () -> "the standby does not follow its primary",
        FOLLOWS_WITHIN,
        () -> isSynchronous(primary));
    return standby;
  }

  private static boolean isSynchronous(Postgres primary) {
    try (Connection connection = primary.connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_replication"
                    + " WHERE sync_state = 'sync' AND state = 'streaming'")) {
      return found.next() && found.getInt(1) == 1;
    } catch (SQLException e) {
      throw new HarnessException("the replication of the primary cannot be read", e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path copied = to.resolve(from.relativize(folder));
            Files.createDirectories(copied);
            Files.setPosixFilePermissions(copied, PosixFilePermissions.fromString("rwx------"));
            return NOT_COPIED.contains(String.valueOf(folder.getFileName())) && !folder.equals(from)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!NOT_COPIED.contains(String.valueOf(file.getFileName()))) {
              try {
                Files.copy(file, to.resolve(from.relativize(file)));
              } catch (NoSuchFileException e) {
                return FileVisitResult.CONTINUE; // removed meanwhile; the write-ahead log has it
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }
}
