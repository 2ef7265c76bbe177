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
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.Cluster;
import points.cluster.bus.Refusals;
import points.cluster.peer.Peers;
import points.gateway.access.ApiKeys;
import points.gateway.admission.ByteBudget;
import points.gateway.admission.InFlight;
import points.gateway.ops.Management;
import points.gateway.ops.ProcessMeters;
import points.gateway.web.GatewayServices;
import points.ledger.LedgerNode;
import points.ledger.LedgerOptions;
import points.ledger.Registry;
import points.ledger.database.Database;
import points.ledger.database.Pools;
import points.ledger.job.Jobs;
import points.postgres.LocalPostgres;

/** Assembles, starts and stops one node: all wiring is here. Its methods block. */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /** Time beyond the lanes' own deadline, by which they stop. */
  private static final Duration LANES_STOP_GRACE = Duration.ofSeconds(10);

  /** Longest wait for the background jobs: more than the limit of a job's page. */
  private static final Duration SWEEPS_STOP_MAX = Duration.ofSeconds(12);

  /** Longest wait for the cluster: more than its own limits together. */
  private static final Duration CLUSTER_CLOSE_MAX = Duration.ofSeconds(30);

  /** Time beyond the lanes' own deadline, so that the lane's answer comes first. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Settings settings;
  private final @Nullable LocalPostgres postgres;
  private final Cluster cluster;
  private final PrometheusMeterRegistry meters;
  private final InFlight inFlight;
  private final InFlight batches;
  private Servers listening = Servers.NOWHERE;
  private @Nullable LedgerNode ledger;
  private @Nullable Jobs sweeps;
  private volatile boolean stopping;
  private volatile boolean wasReady;

  private Gateway(
      Settings settings,
      @Nullable LocalPostgres postgres,
      Cluster cluster,
      PrometheusMeterRegistry meters) {
    this.settings = settings;
    this.postgres = postgres;
    this.cluster = cluster;
    this.meters = meters;
    this.inFlight = new InFlight(settings.inFlightMax());
    this.batches = new InFlight(settings.batchesMax());
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
      var gateway = new Gateway(settings, postgres, cluster, meters);
      await(gateway.open(database), START_MAX);
      return gateway;
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

  private Future<Void> open(Database database) {
    observe();
    Vertx vertx = cluster.vertx();
    Pools pools = Pools.of(database, vertx, settings.poolMax());
    var options =
        new LedgerOptions(
            database,
            settings.lanes(),
            settings.lane(),
            Database.STATEMENT_TIMEOUT,
            settings.hotMembersMax());
    return ApiKeys.open(vertx, pools.keys())
        .compose(
            keys ->
                Registry.open(vertx, pools.reading())
                    .compose(
                        registry ->
                            new Bootstrap(settings, pools.reading(), registry.programs(), keys)
                                .run()
                                .compose(done -> keys.begin())
                                .compose(done -> startLedger(options, pools, registry))
                                .compose(opened -> serve(vertx, opened, registry, keys))
                                .onSuccess(serving -> sweep(vertx, pools.jobs(), registry))));
  }

  private Future<LedgerNode> startLedger(LedgerOptions options, Pools pools, Registry registry) {
    return LedgerNode.start(
        cluster.vertx(), options, pools, cluster.stateCache(), cluster.peers(), registry, meters);
  }

  private void sweep(Vertx vertx, Pool pool, Registry registry) {
    if (ledger != null) {
      sweeps =
          Jobs.start(vertx, pool, ledger::submit, registry.programs(), settings.sweeps(), meters);
    }
  }

  private Future<Void> serve(Vertx vertx, LedgerNode opened, Registry registry, ApiKeys keys) {
    ledger = opened;
    Duration deadline = settings.lane().deadline().plus(GRACE);
    var services =
        new GatewayServices(
            opened, registry, keys, inFlight, batches, ByteBudget.ofHeap(), deadline, meters);
    return Servers.open(vertx, settings, services, new Management(meters, this::isReady))
        .onSuccess(open -> listening = open)
        .mapEmpty();
  }

  private void observe() {
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
    for (String why : Refusals.LABELS) {
      FunctionCounter.builder("points.bus.refused", cluster.refusals(), it -> it.count(why))
          .tag("reason", why)
          .description("what came to the event bus's port and was not let in")
          .register(meters);
    }
    Gauge.builder("points.ready", this, it -> it.wasReady ? 1 : 0)
        .description("whether this node said that it is ready when it was last asked")
        .register(meters);
  }

  private Future<Boolean> isReady() {
    LedgerNode open = ledger;
    Future<Boolean> ready =
        stopping || open == null ? Future.succeededFuture(false) : open.isWell();
    return ready.onSuccess(is -> wasReady = is);
  }

  /** Returns the port of the API. */
  public int httpPort() {
    return listening.httpPort();
  }

  /** Returns the port of health and metrics. */
  public int managementPort() {
    return listening.managementPort();
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
    stopping = true;
    if (ledger != null) {
      ledger.passOn();
    }
    try {
      if (sweeps != null) {
        awaitStopped("sweeps", sweeps.stop(), SWEEPS_STOP_MAX);
      }
      TimeUnit.MILLISECONDS.sleep(settings.stopDelay().toMillis());
      inFlight.close();
      awaitDrained();
      if (ledger != null) {
        Duration lanesStopMax = settings.lane().deadline().plus(LANES_STOP_GRACE);
        awaitStopped("lanes", ledger.stop(), lanesStopMax);
      }
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

  private static void awaitStopped(String what, Future<Void> stopped, Duration max)
      throws InterruptedException {
    try {
      await(stopped, max);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("not stopped in order: {}", what, e);
    }
  }

  private void awaitDrained() throws InterruptedException {
    long until = System.nanoTime() + settings.drain().toNanos();
    while (inFlight.current() > 0 && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    if (inFlight.current() > 0) {
      LOG.warn("{} requests were still under way after {}", inFlight.current(), settings.drain());
    }
  }

  private static <T> T await(Future<T> future, Duration max)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(max.toMillis(), TimeUnit.MILLISECONDS);
  }
}
