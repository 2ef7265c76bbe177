package points.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.Cluster;
import points.cluster.timing.StartedParts;
import points.gateway.access.ApiKeys;
import points.gateway.admission.ByteBudget;
import points.gateway.admission.InFlight;
import points.gateway.admission.KeyedLimit;
import points.gateway.node.DatabaseWatch;
import points.gateway.node.Nodes;
import points.gateway.oidc.OidcOptions;
import points.gateway.oidc.ProviderSignIn;
import points.gateway.ops.Management;
import points.gateway.ops.TestClock;
import points.gateway.staff.Staff;
import points.gateway.web.GatewayServices;
import points.ledger.LedgerNode;
import points.ledger.LedgerOptions;
import points.ledger.Registry;
import points.ledger.database.Database;
import points.ledger.database.Pools;
import points.ledger.feed.Feed;
import points.ledger.figure.Figures;
import points.ledger.job.Jobs;
import points.ledger.whatif.run.SimulationWorker;

/** Starts what runs on a node between its database and its ports, one after the other. */
final class Startup {

  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

  /** Time beyond the lanes' own deadline, so that the lane's answer comes first. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** Greatest number of calls that wait for events, of one key and on the node. */
  private static final int LISTENERS_OF_KEY_MAX = 20;

  private static final int LISTENERS_MAX = 500;

  /** All of it, started. */
  record Started(
      Registry registry,
      ApiKeys keys,
      LedgerNode ledger,
      Readiness readiness,
      Servers servers,
      Feed feed,
      Figures figures,
      Jobs jobs,
      SimulationWorker simulations,
      KeyedLimit listeners) {}

  private final Settings settings;
  private final Cluster cluster;
  private final InFlight requests;
  private final InFlight batches;
  private final PrometheusMeterRegistry meters;
  private final @Nullable TestClock testClock;
  private final InstantSource time;
  private final String address;
  private final StartedParts begun = new StartedParts();
  private final KeyedLimit listeners = new KeyedLimit(LISTENERS_OF_KEY_MAX, LISTENERS_MAX);

  Startup(
      Settings settings,
      Cluster cluster,
      InFlight requests,
      InFlight batches,
      PrometheusMeterRegistry meters) {
    this.settings = settings;
    this.cluster = cluster;
    this.requests = requests;
    this.batches = batches;
    this.meters = meters;
    Gauge.builder("points.feed.listeners", listeners, KeyedLimit::current)
        .description("callers that wait for events")
        .register(meters);
    this.address = NodeReporter.address(settings.httpPort());
    this.testClock = settings.testClock() ? new TestClock(InstantSource.system()) : null;
    this.time = testClock == null ? InstantSource.system() : testClock;
  }

  /**
   * Starts the node's parts. If one fails, those that were started are stopped in reverse order.
   */
  Future<Started> start(Database database) {
    if (testClock != null) {
      LOG.warn(
          "POINTS_TEST_CLOCK is on: every caller of the management port can set this node's clock,"
              + " by which points expire. Unset it unless this node is for tests.");
    }
    Vertx vertx = cluster.vertx();
    Pools pools = Pools.of(database, vertx, settings.poolMax());
    begun.add(pools::close);
    return begun.stopUnlessStarted(
        ApiKeys.open(vertx, pools.keys())
            .onSuccess(keys -> begun.add(keys::stop))
            .compose(
                keys ->
                    Registry.open(vertx, pools.reading())
                        .onSuccess(registry -> begun.add(registry::stop))
                        .compose(registry -> start(database, pools, registry, keys))));
  }

  private Future<Started> start(Database database, Pools pools, Registry registry, ApiKeys keys) {
    return new Bootstrap(settings, pools.reading(), registry.programs(), keys)
        .run()
        .compose(done -> keys.start())
        .compose(done -> startLedger(database, pools, registry))
        .onSuccess(ledger -> begun.add(ledger::stop))
        .compose(
            ledger -> {
              var readiness =
                  new Readiness(ledger::canWrite, ledger::isWell, registry.timelines()::areFresh);
              readiness.observe(meters);
              Feed feed = Feed.start(cluster.vertx(), pools, meters, time);
              begun.add(feed::stop);
              Figures figures =
                  Figures.start(cluster.vertx(), pools.reading(), pools.feed(), meters);
              begun.add(figures::stop);
              return serve(pools, ledger, registry, keys, feed, figures, readiness)
                  .map(
                      servers ->
                          new Started(
                              registry,
                              keys,
                              ledger,
                              readiness,
                              servers,
                              feed,
                              figures,
                              startJobs(pools, ledger, registry),
                              startSimulations(pools, registry),
                              listeners));
            });
  }

  private Future<LedgerNode> startLedger(Database database, Pools pools, Registry registry) {
    var options =
        new LedgerOptions(
            database,
            settings.lanes(),
            settings.lane(),
            Database.STATEMENT_TIMEOUT,
            settings.hotMembersMax());
    return LedgerNode.start(
        cluster.vertx(),
        options,
        pools,
        cluster.stateCache(),
        cluster.peers(),
        registry,
        meters,
        time);
  }

  private Future<Servers> serve(
      Pools pools,
      LedgerNode ledger,
      Registry registry,
      ApiKeys keys,
      Feed feed,
      Figures figures,
      Readiness readiness) {
    var reporter =
        new NodeReporter(
            address,
            time.instant(),
            cluster.peers(),
            readiness,
            requests::current,
            listeners::current);
    return Nodes.start(cluster.vertx(), cluster.peers(), reporter::report)
        .map(nodes -> services(pools, ledger, registry, keys, feed, figures, nodes))
        .compose(
            services -> {
              var management = new Management(meters, readiness::isReady, testClock);
              return Servers.open(cluster.vertx(), settings, services, management, begun);
            });
  }

  private GatewayServices services(
      Pools pools,
      LedgerNode ledger,
      Registry registry,
      ApiKeys keys,
      Feed feed,
      Figures figures,
      Nodes nodes) {
    Staff staff =
        Staff.of(
            cluster.vertx(), pools.reading(), pools.keys(), keys.tokens(), settings.staff(), time);
    return new GatewayServices(
        ledger,
        registry,
        keys,
        feed,
        figures,
        staff,
        provider(staff, registry),
        nodes,
        new DatabaseWatch(cluster.vertx(), pools.reading()),
        requests,
        batches,
        listeners,
        ByteBudget.ofHeap(),
        settings.proxies(),
        settings.lane().deadline().plus(GRACE),
        meters);
  }

  private @Nullable ProviderSignIn provider(Staff staff, Registry registry) {
    OidcOptions options = settings.oidc();
    return options == null
        ? null
        : new ProviderSignIn(
            cluster.vertx(),
            options,
            staff.providers(),
            registry.programs(),
            registry.stores(),
            time);
  }

  private Jobs startJobs(Pools pools, LedgerNode ledger, Registry registry) {
    return Jobs.start(
        cluster.vertx(),
        pools.jobs(),
        ledger::submit,
        registry.programs(),
        settings.sweeps(),
        meters,
        time);
  }

  private SimulationWorker startSimulations(Pools pools, Registry registry) {
    return SimulationWorker.start(
        cluster.vertx(),
        pools.jobs(),
        registry.programs(),
        registry.timelines(),
        time,
        settings.sweeps().looksEvery());
  }
}
