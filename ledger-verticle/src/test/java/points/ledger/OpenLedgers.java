package points.ledger;

import static points.ledger.OpenLedger.await;
import static points.ledger.OpenLedger.awaitThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import points.cluster.cache.StateCache;
import points.cluster.peer.NoOtherPeers;
import points.ledger.database.Database;
import points.ledger.database.Pools;
import points.ledger.lane.LaneOptions;
import points.ledger.rules.Program;
import points.postgres.TestDatabase;

/**
 * Ledgers on the database of a test class, which it brings to the schema. After each test all of
 * them must have come to rest, and are closed; then {@link LedgerInvariants} hold.
 */
final class OpenLedgers implements BeforeEachCallback, AfterEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(OpenLedgers.class);
  private static final LaneOptions PATIENT =
      new LaneOptions(100_000, Duration.ofSeconds(20), 500, Duration.ofSeconds(25));

  private final TestDatabase server;
  private final Database database;
  private final Vertx vertx;
  private final List<OpenLedger> open = new ArrayList<>();
  private final List<Pool> pools = new ArrayList<>();

  OpenLedgers(TestDatabase database) {
    this(database, Vertx.vertx());
  }

  OpenLedgers(TestDatabase database, Vertx vertx) {
    this.vertx = vertx;
    this.server = database;
    this.database = new Database(database.uri());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            database,
            to -> {
              to.migrate();
              return to;
            });
  }

  /** A session beside those of the ledgers. */
  Sql sql() {
    return Sql.on(server);
  }

  Vertx vertx() {
    return vertx;
  }

  /** With limits that no test meets by being slow; what follows from commits is left undone. */
  LedgerOptions options() {
    return options(false);
  }

  /**
   * With limits that no test meets by being slow.
   *
   * @param followsUp whether what follows from commits is carried out
   */
  LedgerOptions options(boolean followsUp) {
    return new LedgerOptions(database, 2, PATIENT, Duration.ofSeconds(20), 10_000, followsUp);
  }

  /** With these limits of a lane, of which there is one. */
  LedgerOptions options(LaneOptions lane) {
    return options(lane, database);
  }

  /** The same, with the lane on another way to the database. */
  LedgerOptions options(LaneOptions lane, Database database) {
    return new LedgerOptions(database, 1, lane, lane.deadline().dividedBy(2), 10_000);
  }

  OpenLedger open(Program... programs) {
    return open(options(), programs);
  }

  OpenLedger open(LedgerOptions options, Program... programs) {
    return open(options, new NoCluster(), InstantSource.system(), programs);
  }

  OpenLedger open(
      LedgerOptions options, StateCache cluster, InstantSource time, Program... programs) {
    Pool pool = database.pool(vertx, 4);
    pools.add(pool);
    Registry registry = await(Registry.open(vertx, pool));
    for (Program program : programs) {
      await(registry.programs().create(pool, program));
    }
    await(registry.programs().changed());
    var meters = new SimpleMeterRegistry();
    LedgerNode ledger =
        await(
            LedgerNode.start(
                vertx,
                options,
                new Pools(pool, pool, pool, pool),
                cluster,
                new NoOtherPeers("me"),
                registry,
                meters,
                time));
    var opened = new OpenLedger(ledger, registry, pool, meters);
    open.add(opened);
    return opened;
  }

  @Override
  public void afterEach(ExtensionContext context) throws SQLException {
    try {
      close();
    } finally {
      try (Sql sql = sql()) {
        LedgerInvariants.hold(sql);
      }
    }
  }

  private void close() {
    for (OpenLedger ledger : open) {
      awaitThat("lanes to be empty", () -> ledger.depth() == 0);
      await(ledger.ledger().stop());
    }
    pools.forEach(pool -> await(pool.close()));
    await(vertx.close());
  }
}
