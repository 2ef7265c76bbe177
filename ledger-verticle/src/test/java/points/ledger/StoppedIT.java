package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;
import static points.ledger.fixture.OpenLedger.failureOf;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.cluster.peer.NoOtherPeers;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.QuickTimers;
import points.ledger.job.JobOptions;
import points.ledger.job.Jobs;
import points.postgres.Await;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Nothing that a node does again and again goes on when its owner has been stopped. */
@WithPostgres
class StoppedIT {

  private static final String NODE = "stopped";
  private static final long MANY = 50;
  private static final Duration PAUSE_ENDS = Duration.ofMillis(50);
  private static final Duration MANY_PERIODS = Duration.ofMillis(100);

  @RegisterExtension private final OpenLedgers ledgers;
  private QuickTimers timers;
  private OpenLedger other;

  StoppedIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() {
    other = ledgers.open();
    timers = new QuickTimers(ledgers.vertx());
  }

  @Test
  void a_ledger_does_nothing_more() {
    LedgerNode node =
        await(
            LedgerNode.start(
                timers.vertx(),
                ledgers.options(true),
                other.pools(),
                new NoCluster(),
                new NoOtherPeers(NODE),
                other.registry(),
                new SimpleMeterRegistry(),
                InstantSource.system()));
    awaitThat("timers to fire", () -> timers.fired() > MANY);
    await(node.stop());

    assertNothingFires();
    assertNobodyListens("points.ledger.leases." + NODE);
    assertNobodyListens("points.ledger.commands." + NODE);
  }

  /** Its timers and inboxes have begun when the lanes are deployed. */
  @Test
  void a_ledger_does_nothing_more_when_its_lanes_do_not_start() {
    Future<LedgerNode> node =
        LedgerNode.start(
            timers.failingAt("deployVerticle"),
            ledgers.options(true),
            other.pools(),
            new NoCluster(),
            new NoOtherPeers(NODE),
            other.registry(),
            new SimpleMeterRegistry(),
            InstantSource.system());

    assertThat(failureOf(node)).hasMessage("deployVerticle");
    assertNothingFires();
    assertNobodyListens("points.ledger.leases." + NODE);
  }

  @Test
  void a_registry_does_nothing_more() {
    await(other.registry().stop()); // so that it is not the one that listens below
    Registry registry = await(Registry.open(timers.vertx(), other.pool()));
    awaitThat("timers to fire", () -> timers.fired() > MANY);
    await(registry.stop());

    assertNothingFires();
    assertNobodyListens("points.registry.programs.changed");
  }

  @Test
  void jobs_do_nothing_more() {
    Jobs jobs =
        Jobs.start(
            timers.vertx(),
            other.pool(),
            other.ledger()::submit,
            other.registry().programs(),
            new JobOptions(100_000, 10_000, 10, Duration.ofMillis(10)),
            new SimpleMeterRegistry(),
            Instant::now);
    awaitThat("timers to fire", () -> timers.fired() > MANY);
    await(jobs.stop());

    assertNothingFires();
  }

  /**
   * A pause that was under way when its owner stopped ends, and nothing follows it. A timer that
   * went on would fire every five milliseconds.
   */
  private void assertNothingFires() {
    Await.letPass("the pause under way, which ends after five milliseconds", PAUSE_ENDS);
    long before = timers.fired();
    Await.throughout("no timer fires", MANY_PERIODS, () -> timers.fired() == before);
  }

  private void assertNobodyListens(String address) {
    Throwable failure = failureOf(ledgers.vertx().eventBus().request(address, ""));
    assertThat(failure)
        .isInstanceOfSatisfying(
            ReplyException.class,
            it -> assertThat(it.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
  }
}
