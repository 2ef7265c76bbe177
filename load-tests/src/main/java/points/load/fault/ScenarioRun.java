package points.load.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import points.load.fault.budget.Budgets;
import points.load.fault.check.Checker;
import points.load.fault.check.budget.BudgetRule;
import points.load.fault.check.budget.BudgetRun;
import points.load.fault.check.finding.Violation;
import points.load.fault.check.history.Freshness;
import points.load.fault.client.FeedFollower;
import points.load.fault.client.Workload;
import points.load.fault.history.Call;
import points.load.fault.history.FeedLog;
import points.load.fault.history.History;
import points.load.fault.process.Fleet;
import points.load.fault.process.Postgres;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.process.HarnessException;
import points.load.process.Shell;
import points.load.reader.PgLedgerReader;

/**
 * One run of a scenario. Callers write and a consumer follows the feed while a fault is injected
 * and repaired, and then the checker compares the history and the feed with the ledger.
 */
public final class ScenarioRun {
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration AFTER = Duration.ofSeconds(2);
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(30);

  /** A transfer of a node that dies is carried out by another node, but only some time later. */
  private static final Duration ARRIVED_WITHIN = Duration.ofSeconds(45);

  /** The feed is behind after a fault, and catches up. */
  private static final Duration FED_WITHIN = Duration.ofSeconds(15);

  private static final int LOOKS_MAX = 3;

  private final TestCluster cluster;
  private final Fleet fleet;
  private final long seed;

  /** Takes the seed of the operations. */
  public ScenarioRun(TestCluster cluster, Fleet fleet, long seed) {
    this.cluster = cluster;
    this.fleet = fleet;
    this.seed = seed;
  }

  /**
   * Runs it.
   *
   * @param name begins the ids of its members; of letters, digits and dashes
   * @param fault injected while callers write
   * @param ledger the PostgreSQL that has the ledger afterwards
   */
  public Report run(String name, Workload.Size size, Consumer<Workload> fault, Postgres ledger) {
    long begin = System.nanoTime();
    fleet.start();
    Budgets budgets = cluster.budgets();
    budgets.begin(seed);
    FeedFollower follower =
        FeedFollower.start(fleet.targets(), Fleet.API_KEY, name + "-", seed + name.hashCode());
    Workload workload =
        Workload.start(cluster.sender(), fleet.targets(), name, size, seed + name.hashCode());
    List<String> troubles = new ArrayList<>();
    try {
      Shell.pause(BEFORE);
      fault.accept(workload);
      Shell.pause(AFTER);
      for (String silent : workload.silentNodes(SERVED_WITHIN)) {
        troubles.add(silent + " does not write again");
      }
    } catch (HarnessException e) {
      troubles.add("the fault could not be injected or repaired: " + e.getMessage());
    }
    History history = workload.finish();
    List<Call> calls = history.calls();
    cluster.repair();
    awaitArrivals(ledger, troubles); // a refund that waits makes room in a budget
    try {
      budgets.drain();
    } catch (HarnessException e) {
      troubles.add("the budgets cannot be used up: " + e.getMessage());
    }
    Found found = read(ledger, name, follower);
    troubles.addAll(found.feed().refusals());
    Freshness freshness = cluster.isClustered() ? Freshness.OF_THE_CLUSTER : Freshness.OF_THE_NODE;
    List<Violation> violations =
        new ArrayList<>(
            Checker.violations(
                calls,
                found.feed().events(),
                found.ledger(),
                freshness,
                history.began(),
                cluster.book()));
    violations.addAll(
        BudgetRule.violations(
            found.budgets(), calls, found.ledger(), history.began(), cluster.book()));
    Report report =
        new Report(
            name,
            Duration.ofNanos(System.nanoTime() - begin),
            CallCounts.of(calls),
            found.ledger().entries().stream()
                .collect(Collectors.groupingBy(Entry::kind, TreeMap::new, Collectors.counting())),
            EntryCounts.of(found.ledger(), found.budgets()),
            found.feed(),
            troubles,
            violations);
    keep(report, calls);
    return report;
  }

  /** The ledger at an instant, and what a consumer of the feed has got by then. */
  private record Found(LedgerSnapshot ledger, FeedLog feed, BudgetRun budgets) {}

  private static void awaitArrivals(Postgres postgres, List<String> troubles) {
    try (Connection connection = postgres.connect()) {
      long left = PendingEffects.awaitEmpty(connection, ARRIVED_WITHIN);
      if (left > 0) {
        troubles.add(
            "%d transfers, merges and parked refunds were not carried out".formatted(left));
      }
    } catch (SQLException e) {
      throw new HarnessException("the ledger cannot be read", e);
    }
  }

  private Found read(Postgres postgres, String name, FeedFollower follower) {
    follower.stop();
    try (Connection connection = postgres.connect()) {
      return read(connection, name, follower);
    } catch (SQLException e) {
      throw new HarnessException("the ledger cannot be read", e);
    }
  }

  /** Looks at the ledger after the feed, so that an event without an entry was invented. */
  private Found read(Connection connection, String name, FeedFollower follower)
      throws SQLException {
    LedgerSnapshot ledger = PgLedgerReader.read(connection, name + "-");
    for (int looks = 1; ; looks++) {
      FeedLog feed = follower.drain(ledger.entries().size(), FED_WITHIN);
      ledger = PgLedgerReader.read(connection, name + "-");
      if (feed.entries() >= ledger.entries().size() || looks == LOOKS_MAX) {
        return new Found(ledger, feed, cluster.budgets().end(connection));
      }
    }
  }

  /** Keeps history and violations of a run in which anything was wrong. */
  private void keep(Report report, List<Call> calls) {
    if (report.isGood()) {
      return;
    }
    Path folder = cluster.scratch();
    try {
      Files.writeString(
          folder.resolve(report.name() + "-violations.txt"),
          report.violations().stream()
              .map(Violation::toString)
              .collect(Collectors.joining("\n\n")));
      Files.write(
          folder.resolve(report.name() + "-history.txt"),
          calls.stream().map(Call::toString).toList());
    } catch (IOException e) {
      throw new HarnessException("the history cannot be kept", e);
    }
  }
}
