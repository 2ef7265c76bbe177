package points.load.fault.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import points.load.fault.net.Host;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** An HAProxy before the primary, which turns to the standby once the primary is gone. */
public final class Balancer implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      defaults
        mode tcp
        timeout connect 2s
        timeout client 1h
        timeout server 1h
      listen postgresql
        bind %s:%d
        option tcp-check
        server primary %s:%d check inter 300ms fall 2 rise 1 on-marked-down shutdown-sessions
        server standby %s:%d check inter 300ms fall 2 rise 1 backup
      """;

  private final Host host;
  private final Process process;

  private Balancer(Host host, Process process) {
    this.host = host;
    this.process = process;
  }

  /** Fails on a machine without HAProxy, before anything is started. */
  public static void require() {
    try {
      Shell.run("haproxy", "-v");
    } catch (HarnessException e) {
      throw new HarnessException("scenarios with a standby need haproxy (Debian: haproxy)", e);
    }
  }

  /** Starts it. */
  public static Balancer start(Path scratch, Host host, Postgres primary, Postgres standby) {
    try {
      Path file =
          Files.writeString(
              scratch.resolve("haproxy.cfg"),
              CONFIGURATION.formatted(
                  host.address(),
                  Postgres.PORT,
                  primary.host().address(),
                  Postgres.PORT,
                  standby.host().address(),
                  Postgres.PORT));
      Process process =
          new ProcessBuilder(host.on(List.of("haproxy", "-db", "-f", file.toString())))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(scratch.resolve("haproxy.log").toFile()))
              .start();
      return new Balancer(host, process);
    } catch (IOException e) {
      throw new HarnessException("HAProxy cannot be started", e);
    }
  }

  /** The URI of the database behind it. */
  public String uri() {
    return Postgres.uri(host.address(), Postgres.PORT);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
