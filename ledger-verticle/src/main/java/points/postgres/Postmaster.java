package points.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server: the process that all its others descend from. */
final class Postmaster {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

  /** Long enough to write a full cache to a slow disk. */
  private static final Duration FAST_LIMIT = Duration.ofSeconds(30);

  private static final Duration IMMEDIATE_LIMIT = Duration.ofSeconds(5);
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Process process;

  private Postmaster(Process process) {
    this.process = process;
  }

  /**
   * Starts a server and waits until it takes connections. Leaves no process behind when it does
   * not, or when the thread is interrupted.
   */
  static Postmaster start(Installation installation, int port)
      throws IOException, InterruptedException {
    Path cluster = installation.data().cluster();
    endLeftover(cluster, installation.executables());
    PidFile.remove(cluster);
    installation.log().rotate();
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.toString()));
    arguments.addAll(ServerSettings.arguments(port));
    Postmaster postmaster =
        new Postmaster(installation.executables().launch("postgres", arguments));
    boolean ready = false;
    try {
      postmaster.awaitReady(installation);
      ready = true;
      return postmaster;
    } finally {
      if (!ready) {
        postmaster.kill();
      }
    }
  }

  private void awaitReady(Installation installation) throws IOException, InterruptedException {
    Duration limit = installation.readyWithin();
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isReady(installation.data().cluster())) {
      if (!process.isAlive()) {
        throw new LocalPostgresException(
            "PostgreSQL ended at its start with exit code "
                + process.exitValue()
                + installation.log().ending());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new LocalPostgresException(
            "PostgreSQL was not ready within "
                + limit.toSeconds()
                + " s"
                + installation.log().ending());
      }
      Thread.sleep(POLL.toMillis()); // readiness is a line in a file, which notifies nobody
    }
  }

  private boolean isReady(Path cluster) throws IOException {
    return PidFile.read(cluster)
        .filter(PidFile::ready)
        .filter(file -> file.pid() == pid())
        .isPresent();
  }

  long pid() {
    return process.pid();
  }

  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends the server cleanly if it can be done in time. */
  void stop(Executables executables) throws InterruptedException {
    end(process.toHandle(), executables);
  }

  /** Ends it at once; its children notice and end too. Nothing committed is lost. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends a server of ours that outlived the process that started it. */
  static void endLeftover(Path cluster, Executables executables)
      throws IOException, InterruptedException {
    ProcessHandle leftover = PidFile.leftover(cluster).orElse(null);
    if (leftover != null) {
      LOG.warn("stopping PostgreSQL process {}, left running by an earlier run", leftover.pid());
      end(leftover, executables);
    }
  }

  private static void end(ProcessHandle process, Executables executables)
      throws InterruptedException {
    if (signalled(process, executables, "INT", FAST_LIMIT)
        || signalled(process, executables, "QUIT", IMMEDIATE_LIMIT)) {
      return;
    }
    LOG.warn(
        "killing PostgreSQL process {}, which did not end when asked to; the next start recovers"
            + " its data from its log",
        process.pid());
    process.destroyForcibly();
    awaitEnd(process, IMMEDIATE_LIMIT);
  }

  private static boolean signalled(
      ProcessHandle process, Executables executables, String signal, Duration limit)
      throws InterruptedException {
    if (!isRunning(process)) {
      return true;
    }
    try {
      // Java itself can only send TERM, which waits for clients, and KILL.
      executables.run(
          SIGNAL_LIMIT, "pg_ctl", List.of("kill", signal, Long.toString(process.pid())));
    } catch (IOException | LocalPostgresException e) {
      LOG.debug("signal {} to process {}: {}", signal, process.pid(), e.getMessage());
      return !isRunning(process);
    }
    return awaitEnd(process, limit);
  }

  private static boolean awaitEnd(ProcessHandle process, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (isRunning(process)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      // A process that is dead and not reaped yet counts as running for ProcessHandle.onExit.
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }

  /** A zombie has ended: in a container there may be nobody to reap a process we did not start. */
  static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return process.isAlive(); // no /proc here, or the process ended meanwhile
    }
  }
}
