package points.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The files of the databases, made once. */
final class DatabaseFiles {
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
  private static final int PASSWORD_BYTES = 24;

  private DatabaseFiles() {}

  /**
   * Makes the cluster unless it is there.
   *
   * @return the password of {@link LocalPostgres#USER}
   * @throws LocalPostgresException when the cluster is of another major version, whose files this
   *     server cannot read, or its password is missing
   */
  static String prepare(DataDirectory data, Executables executables)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(data.cluster())) {
      create(data, executables);
    }
    String version =
        DataDirectory.firstLine(data.cluster().resolve("PG_VERSION")).orElse("unknown");
    if (!version.equals(executables.binaries().majorVersion())) {
      throw new LocalPostgresException(
          data.cluster()
              + " was written by PostgreSQL "
              + version
              + ", and this gateway brings "
              + executables.binaries().majorVersion()
              + ": move the data with pg_dump, or use a gateway that brings "
              + version);
    }
    return DataDirectory.firstLine(data.password())
        .orElseThrow(() -> new LocalPostgresException("no password in " + data.password()));
  }

  /** Under another name until complete, so that a start cut short is simply made again. */
  private static void create(DataDirectory data, Executables executables)
      throws IOException, InterruptedException {
    Path unfinished = data.home().resolve("cluster-unfinished");
    DataDirectory.deleteTree(unfinished);
    byte[] password = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(password);
    DataDirectory.write(data.password(), HexFormat.of().formatHex(password) + "\n");
    executables.run(INITDB_LIMIT, "initdb", initdb(unfinished, data.password(), executables));
    Files.move(unfinished, data.cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> initdb(Path directory, Path password, Executables executables) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-D", directory.toString(), "--encoding=UTF8"));
    // Bytes decide the order: the same on every machine, whatever its C library is upgraded to.
    arguments.add("--locale=C");
    arguments.add("--data-checksums");
    arguments.add("--username=" + LocalPostgres.USER);
    arguments.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + password));
    if (executables.hasSyncfs()) {
      arguments.add("--sync-method=syncfs"); // one call in place of a thousand fsyncs
    }
    return arguments;
  }
}
