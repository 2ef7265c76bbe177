package points.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on 127.0.0.1, with its files below one data directory.
 *
 * <p>It runs as long as this object is open. A server that dies meanwhile is started again on the
 * same port. A transaction that it answered as committed is on disk.
 *
 * <p>Any thread may call the methods, but {@link #start} and {@link #close} block: never on an
 * event loop. Close it when the JVM ends; after a {@code kill -9} the server goes on running until
 * the next start on the directory stops it.
 */
public final class LocalPostgres implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  static final String USER = "points";
  static final String DATABASE = "points";

  private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final int PORT_TRIES = 3;

  private final Installation installation;
  private final DirectoryLock lock;
  private final int port;
  private final Watcher watcher;
  private boolean closed;

  private LocalPostgres(Installation installation, DirectoryLock lock, int port, Watcher watcher) {
    this.installation = installation;
    this.lock = lock;
    this.port = port;
    this.watcher = watcher;
  }

  /** As {@link #start(Path, Duration)}, ready within 60 s. */
  public static LocalPostgres start(Path dataDirectory) {
    return start(dataDirectory, READY_WITHIN);
  }

  /**
   * Starts the server on a directory, and returns when the database {@code points} can be used.
   *
   * <p>A directory that is not there is made (readable by its owner only) and filled. It takes
   * about one second on an existing directory; some more the first time, and where work of a crash
   * has to be done again.
   *
   * @param readyWithin how long the server may take until it accepts connections
   * @throws LocalPostgresException when another live process has the directory, its files are of
   *     another major version of PostgreSQL, this machine cannot run the packaged programs, the
   *     server ends or is not ready in time, or {@code fsync}, {@code synchronous_commit} or {@code
   *     full_page_writes} turn out not to be on. Nothing is left running then.
   */
  public static LocalPostgres start(Path dataDirectory, Duration readyWithin) {
    try {
      DataDirectory data = DataDirectory.prepare(dataDirectory);
      DirectoryLock lock = DirectoryLock.take(data);
      boolean started = false;
      try {
        LocalPostgres postgres = start(Installation.prepare(data, readyWithin), lock);
        started = true;
        return postgres;
      } finally {
        if (!started) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new LocalPostgresException(
          "PostgreSQL cannot be started in " + dataDirectory + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalPostgresException("interrupted while starting PostgreSQL", e);
    }
  }

  private static LocalPostgres start(Installation installation, DirectoryLock lock)
      throws IOException, InterruptedException {
    long since = System.nanoTime();
    installation.endLeftover(); // before the look at the port, which it would still have
    for (int tries = 1; ; tries++) {
      int port = Port.choose(installation.data());
      try {
        Postmaster first = installation.start(port);
        installation.removeOtherBinaries();
        Watcher watcher = Watcher.over(first, () -> installation.start(port));
        long took = Duration.ofNanos(System.nanoTime() - since).toMillis();
        LOG.info(
            "PostgreSQL is ready on {}:{} as process {} in {} ms", HOST, port, first.pid(), took);
        return new LocalPostgres(installation, lock, port, watcher);
      } catch (LocalPostgresException e) {
        // Somebody may have taken the port between our look at it and the server's.
        if (tries == PORT_TRIES || Port.isFree(port)) {
          throw e;
        }
      }
    }
  }

  /**
   * Returns the address of a data directory's server, if it runs, as {@link #uri}. Starts nothing,
   * and does not say whether it runs; empty when there never was one.
   */
  public static Optional<String> uriOf(Path dataDirectory) {
    try {
      var data = new DataDirectory(dataDirectory);
      Optional<String> port = DataDirectory.firstLine(data.port());
      Optional<String> password = DataDirectory.firstLine(data.password());
      return port.flatMap(at -> password.map(secret -> uri(secret, at)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String uri(String password, Object port) {
    return "postgresql://" + USER + ":" + password + "@" + HOST + ":" + port + "/" + DATABASE;
  }

  /** On 127.0.0.1; the same from start to start, unless somebody else had taken it meanwhile. */
  public int port() {
    return port;
  }

  /** Owner of the cluster, with all rights. */
  public String user() {
    return USER;
  }

  /** Made at the first start and kept in the data directory. Safe in a URI as it is. */
  public String password() {
    return installation.password();
  }

  /** {@code postgresql://user:password@127.0.0.1:port/points}: holds the password, do not log. */
  public String uri() {
    return uri(password(), port);
  }

  /** Without user and password. */
  public String jdbcUrl() {
    return Login.jdbcUrl(port, DATABASE);
  }

  /** The process id of the postmaster that runs now, or ran last. */
  public long pid() {
    return watcher.current().pid();
  }

  /** Returns how many times the server had died and was started again. */
  public int restarts() {
    return watcher.restarts();
  }

  /**
   * Stops the server: open transactions are rolled back, committed ones are written out. After 30 s
   * it is made to end at once, which loses nothing but leaves work to the next start. A second call
   * does nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      watcher.end();
      watcher.current().stop(installation.executables());
      LOG.info("PostgreSQL stopped");
    } catch (InterruptedException e) {
      watcher.current().kill();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new LocalPostgresException("the data directory cannot be given up", e);
    }
  }

  @Override
  public String toString() {
    return "LocalPostgres[" + HOST + ":" + port + ", " + installation.data().root() + "]";
  }
}
