package points.gateway;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.Cluster;
import points.cluster.bus.FrameRefusals;
import points.cluster.peer.Peers;
import points.gateway.admission.InFlight;
import points.gateway.ops.ProcessMeters;
import points.ledger.database.Database;
import points.postgres.LocalPostgres;

/**
 * Starts and stops one node: its database, its cluster, and what {@link Startup} starts between
 * them and the ports. Its methods block.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /** Time beyond the lanes' own deadline, by which they stop. */
  private static final Duration LANES_STOP_GRACE = Duration.ofSeconds(10);

  /** Longest wait for the background jobs: more than the limit of a job's page. */
  private static final Duration SWEEPS_STOP_MAX = Duration.ofSeconds(12);

  /** Longest wait for the last reading of programs and keys. */
  private static final Duration IDLE_MAX = Duration.ofSeconds(5);

  /** Calls that wait for events end at once, unless their callers do not read. */
  private static final Duration LISTENERS_STOP_MAX = Duration.ofSeconds(5);

  /** Longest wait for the cluster: more than its own limits together. */
  private static final Duration CLUSTER_CLOSE_MAX = Duration.ofSeconds(30);

  private final Settings settings;
  private final @Nullable LocalPostgres postgres;
  private final Cluster cluster;
  private final InFlight inFlight;
  private final Startup.Started started;

  private Gateway(
      Settings settings,
      @Nullable LocalPostgres postgres,
      Cluster cluster,
      InFlight inFlight,
      Startup.Started started) {
    this.settings = settings;
    this.postgres = postgres;
    this.cluster = cluster;
    this.inFlight = inFlight;
    this.started = started;
  }

  /**
   * Starts a node and returns when it accepts requests.
   *
   * @throws ExecutionException if it cannot start; nothing is left running then
   */
  public static Gateway start(Settings settings)
      throws InterruptedException, ExecutionException, TimeoutException {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CompletableFuture<Cluster> forming = form(settings, meters);
    LocalPostgres postgres = null;
    try {
      Database database = settings.database();
      if (database == null) {
        postgres = LocalPostgres.start(settings.dataDirectory());
        database = new Database(postgres.uri());
      }
      database.migrate();
      Cluster cluster = forming.get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
      var inFlight = new InFlight(settings.inFlightMax());
      var batches = new InFlight(settings.batchesMax());
      observe(meters, cluster, inFlight, batches);
      var startup = new Startup(settings, cluster, inFlight, batches, meters);
      Startup.Started started = await(startup.start(database), START_MAX);
      return new Gateway(settings, postgres, cluster, inFlight, started);
    } catch (RuntimeException | InterruptedException | ExecutionException | TimeoutException e) {
      leave(forming);
      if (postgres != null) {
        postgres.close();
      }
      throw e;
    }
  }

  private static void leave(CompletableFuture<Cluster> forming) throws InterruptedException {
    try {
      Cluster cluster = forming.get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
      await(cluster.close(), CLUSTER_CLOSE_MAX);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("there was no cluster to leave", e);
    }
  }

  private static CompletableFuture<Cluster> form(
      Settings settings, PrometheusMeterRegistry meters) {
    var metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            // The meters of Vert.x are looked up anew for every request; ours are not.
            .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS);
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .setMetricsOptions(metrics);
    var builder = Vertx.builder().withMetrics(new MicrometerMetricsFactory(meters));
    return Cluster.start(settings.cluster(), options, builder)
        .toCompletionStage()
        .toCompletableFuture();
  }

  private static void observe(
      PrometheusMeterRegistry meters, Cluster cluster, InFlight inFlight, InFlight batches) {
    ProcessMeters.bindTo(meters);
    Gauge.builder("points.http.in.flight", inFlight, InFlight::current)
        .description("requests under way")
        .register(meters);
    Gauge.builder("points.batch.open", batches, InFlight::current)
        .description("batches under way")
        .register(meters);
    Peers peers = cluster.peers();
    Gauge.builder("points.cluster.nodes", peers, it -> it.present().size())
        .description("nodes in this one's cluster, itself among them")
        .register(meters);
    Gauge.builder("points.cluster.whole", peers, it -> it.isConverged() ? 1 : 0)
        .description(
            "whether every node answers, none is missing, and all see what each has committed")
        .register(meters);
    for (String why : FrameRefusals.LABELS) {
      FunctionCounter.builder("points.bus.refused", cluster.refusals(), it -> it.count(why))
          .tag("reason", why)
          .description("what came to the event bus's port and was not let in")
          .register(meters);
    }
  }

  /** Returns the port of the API. */
  public int httpPort() {
    return started.servers().httpPort();
  }

  /** Returns the port of health and metrics. */
  public int managementPort() {
    return started.servers().managementPort();
  }

  /**
   * Stops the node in order.
   *
   * <p>It is no longer ready, admits nothing, answers the requests under way, flushes the lanes,
   * leaves the cluster, and stops PostgreSQL last. A step that fails does not keep the next from
   * its turn.
   */
  @Override
  public void close() {
    started.readiness().stop();
    started.ledger().passOn();
    try {
      Future<Void> jobs =
          Future.join(started.jobs().stop(), started.simulations().stop()).mapEmpty();
      awaitStopped("sweeps", jobs, SWEEPS_STOP_MAX);
      TimeUnit.MILLISECONDS.sleep(settings.stopDelay().toMillis());
      inFlight.close();
      started.feed().release();
      awaitDrained();
      awaitStopped("lanes", started.ledger().stop(), lanesStopMax(settings));
      Future<Void> idle =
          Future.join(
                  started.registry().stop(),
                  started.keys().stop(),
                  started.feed().stop(),
                  started.figures().stop())
              .mapEmpty();
      awaitStopped("programs, keys and feed", idle, IDLE_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.close();
    }
    try {
      awaitStopped("cluster", cluster.close(), CLUSTER_CLOSE_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (postgres != null) {
        postgres.close();
      }
    }
  }

  /** Returns the longest time that {@link #close} takes without the packaged PostgreSQL. */
  public static Duration stopMax(Settings settings) {
    return SWEEPS_STOP_MAX
        .plus(settings.stopDelay())
        .plus(settings.drain())
        .plus(LISTENERS_STOP_MAX)
        .plus(lanesStopMax(settings))
        .plus(IDLE_MAX)
        .plus(CLUSTER_CLOSE_MAX);
  }

  private static Duration lanesStopMax(Settings settings) {
    return settings.lane().deadline().plus(LANES_STOP_GRACE);
  }

  private static void awaitStopped(String what, Future<Void> stopped, Duration max)
      throws InterruptedException {
    try {
      await(stopped, max);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "{} did not stop within {}; the node stops without waiting for them any longer",
          what,
          max,
          e);
    }
  }

  private void awaitDrained() throws InterruptedException {
    long began = System.nanoTime();
    Duration drain = settings.drain();
    while ((inFlight.current() > 0 && isWithin(drain, began))
        || (started.listeners().current() > 0 && isWithin(LISTENERS_STOP_MAX, began))) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    if (inFlight.current() > 0) {
      LOG.warn(
          "{} requests were still under way after {}; the node stops, and callers that get no"
              + " answer may send them again with the same Idempotency-Key",
          inFlight.current(),
          settings.drain());
    }
  }

  private static boolean isWithin(Duration max, long began) {
    return System.nanoTime() - began < max.toNanos();
  }

  private static <T> T await(Future<T> future, Duration max)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(max.toMillis(), TimeUnit.MILLISECONDS);
  }
}
