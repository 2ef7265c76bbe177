package points.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's executables: as root too, apart from the terminal, and independent of the
 * environment. Their output goes to the log.
 */
final class Executables {
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  private final Binaries binaries;
  private final Log log;
  private final List<String> prefix;

  private Executables(Binaries binaries, Log log, List<String> prefix) {
    this.binaries = binaries;
    this.log = log;
    this.prefix = prefix;
  }

  /**
   * @throws LocalPostgresException for root where root cannot be hidden from PostgreSQL, which
   *     refuses to run as root
   */
  static Executables of(Binaries binaries, Log log) throws InterruptedException {
    List<String> prefix = new ArrayList<>();
    if (LINUX) {
      // A session of its own: Ctrl-C on the gateway's terminal must not stop the database first.
      prefix.add("setsid");
    }
    if (new UnixSystem().getUid() == 0) {
      refuseRootUnlessHidden();
      prefix.addAll(List.of("unshare", "--user"));
    }
    return new Executables(binaries, log, List.copyOf(prefix));
  }

  private static void refuseRootUnlessHidden() throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder("unshare", "--user", "true")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (probe.waitFor() == 0) {
        return;
      }
    } catch (IOException e) {
      // No such program: the answer is the same.
    }
    throw new LocalPostgresException(
        "PostgreSQL does not run as root, and this machine allows no `unshare --user`:"
            + " start the gateway as an ordinary user, or configure a database");
  }

  boolean hasSyncfs() {
    return LINUX;
  }

  Binaries binaries() {
    return binaries;
  }

  Process launch(String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(binaries.program(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(binaries.directory().toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.file().toFile()));
    // PGOPTIONS, PGDATA and their like would change what we ask for.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  /** Runs to the end, at most for so long. Anything but success is refused with the log's end. */
  void run(Duration limit, String program, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = launch(program, arguments);
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LocalPostgresException(
            program + " did not end within " + limit.toSeconds() + " s" + log.ending());
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new LocalPostgresException(
          program + " failed with exit code " + process.exitValue() + log.ending());
    }
  }
}
