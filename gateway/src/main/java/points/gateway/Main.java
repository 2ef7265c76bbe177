package points.gateway;

import ch.qos.logback.classic.Level;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node with the environment's settings, and stops it in order on SIGTERM or SIGINT. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int BAD_SETTINGS = 2;
  private static final int NOT_STARTED = 1;

  private Main() {}

  /** Takes no arguments: the settings are in docs/operations.md. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream err = System.err;
    if (arguments.length > 0) {
      err.println(
          "a gateway takes no arguments, and was given: "
              + String.join(" ", arguments)
              + "; its settings come from the environment (POINTS_...)");
      System.exit(BAD_SETTINGS);
      return;
    }
    Settings settings;
    try {
      settings = Settings.read(System.getenv());
    } catch (Settings.UnusableException e) {
      err.println(e.getMessage());
      System.exit(BAD_SETTINGS);
      return;
    }
    setLogLevel(settings);
    var started = new CompletableFuture<Optional<Gateway>>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "points-stop"));
    try {
      Gateway gateway = Gateway.start(settings);
      announce(settings, gateway);
      started.complete(Optional.of(gateway));
    } catch (RuntimeException | ExecutionException | TimeoutException e) {
      started.complete(Optional.empty());
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      LOG.debug("not started", e);
      err.println("not started: " + cause.getMessage());
      System.exit(NOT_STARTED);
    } finally {
      started.complete(Optional.empty()); // has no effect if it is complete
    }
  }

  private static void setLogLevel(Settings settings) {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.convertAnSLF4JLevel(settings.logLevel()));
    }
  }

  /**
   * Stops the node. If it is still starting, it starts first: half a node cannot be stopped in
   * order.
   */
  private static void stop(CompletableFuture<Optional<Gateway>> started) {
    started.join().ifPresent(Gateway::close);
  }

  private static void announce(Settings settings, Gateway gateway) {
    String api = "http://%s:%d".formatted(settings.httpHost(), gateway.httpPort());
    String management =
        "http://%s:%d".formatted(settings.managementHost(), gateway.managementPort());
    LOG.info("API            {}/v1", api);
    LOG.info("documentation  {}/docs", api);
    LOG.info("health         {}/health/ready", management);
    LOG.info("metrics        {}/metrics", management);
    LOG.info("ready");
  }
}
