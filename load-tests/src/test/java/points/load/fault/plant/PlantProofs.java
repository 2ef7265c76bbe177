package points.load.fault.plant;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import points.load.fault.Report;
import points.load.fault.ScenarioRun;
import points.load.fault.TestCluster;
import points.load.fault.TestHosts;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.fault.client.Workload;
import points.load.fault.process.Fleet;
import points.load.fault.process.Node;
import points.load.fault.process.Postgres;
import points.load.process.Shell;

/**
 * Runs gateways with a planted fault, one fault after the other, and tests whether the checker
 * finds it. Takes the repository's root and the plants to try, all without any; ends with 0 when
 * all were found.
 */
final class PlantProofs {
  private static final Workload.Size SMALL = new Workload.Size(8, 12, 10);
  private static final long SEED = 20261125;
  private static final int CALLS_MIN = 2_000;
  private static final Duration CALLS_WITHIN = Duration.ofSeconds(40);

  private PlantProofs() {}

  public static void main(String[] arguments) throws Exception {
    Path repository = Path.of(arguments[0]);
    Path scratch = repository.resolve("load-tests/target/fault");
    Path agent = AgentJar.pack(scratch.resolve("plants.jar"));
    TestHosts all = TestHosts.make();
    List<String> missed = new ArrayList<>();
    List<String> named = List.of(arguments).subList(1, arguments.length);
    List<Plant> wanted =
        Stream.of(Plant.values())
            .filter(plant -> named.isEmpty() || named.contains(plant.name()))
            .toList();
    for (Plant plant : wanted) {
      TestHosts hosts =
          new TestHosts(
              all.network(),
              all.nodes().subList(0, plant.nodes),
              all.database(),
              all.standby(),
              all.balancer());
      Fleet.Setup setup =
          new Fleet.Setup(
              repository.resolve("gateway/run"),
              scratch.resolve("plant-" + plant.name().toLowerCase(Locale.ROOT)),
              Fleet.Discovery.NONE,
              "-javaagent:" + agent + "=" + plant.name());
      if (!isFound(plant, TestCluster.direct(hosts, setup, 1))) {
        missed.add(plant.name());
      }
    }
    System.out.printf("%d passed, %d failed%n", wanted.size() - missed.size(), missed.size());
    System.exit(missed.isEmpty() ? 0 : 1);
  }

  private static boolean isFound(Plant plant, TestCluster.Direct direct) throws Exception {
    try (TestCluster cluster = direct.cluster()) {
      Postgres postgres = direct.postgres();
      if (!plant.removal.isEmpty()) {
        postgres.execute(plant.removal);
      }
      if (brokenBy(plant) == Rule.BUDGETS_END_AT_THEIR_LIMIT) {
        cluster.awaitBook();
      }
      Report report =
          new ScenarioRun(cluster, direct.fleet(), SEED)
              .run("plant", SMALL, fault(plant, postgres), postgres);
      boolean isPlanted =
          direct.fleet().nodes().stream()
              .map(Node::output)
              .allMatch(output -> output.contains(plant.mark()));
      Rule wanted = brokenBy(plant);
      List<Violation> found =
          report.violations().stream().filter(it -> it.rule() == wanted).toList();
      System.out.printf(
          "%s: %s, %s; %s%n",
          plant,
          isPlanted ? "planted" : "NOT PLANTED",
          found.isEmpty() ? "NOT FOUND" : "found",
          counts(report));
      found.stream().limit(1).forEach(System.out::println);
      return isPlanted && !found.isEmpty();
    }
  }

  /** A real fault, for plants that show only when something fails. */
  private static Consumer<Workload> fault(Plant plant, Postgres postgres) {
    return workload -> {
      for (int i = 0; i < 2; i++) {
        if (plant == Plant.ACKNOWLEDGES_BEFORE_COMMIT) {
          postgres.killBackend();
        }
        Shell.pause(Duration.ofSeconds(1));
      }
      workload.awaitCalls(CALLS_MIN, CALLS_WITHIN); // or what is rare has not come about
    };
  }

  private static Rule brokenBy(Plant plant) {
    return switch (plant) {
      case ACKNOWLEDGES_BEFORE_COMMIT -> Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN;
      case WRITES_WITHOUT_SEQUENCE_TEST -> Rule.ENTRIES_ADD_UP;
      case DOES_NOT_LOOK_FOR_KEYS -> Rule.KEYS_ARE_USED_ONCE;
      case REFUSES_FROM_OLD_STATES -> Rule.REFUSALS_ARE_TRUE;
      case CAPTURED_HOLDS_STAY_HELD -> Rule.RESERVATIONS_END_ONCE;
      case REFUNDS_FORGET_OTHERS -> Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
      case TRANSFERS_ARRIVE_TWICE, TRANSFERS_ARE_LOST -> Rule.TRANSFERS_ARRIVE_ONCE;
      case MOVED_SALES_STAY -> Rule.MOVES_ARRIVE_ONCE;
      case SHARES_ARE_LOST -> Rule.REFUND_SHARES_ARRIVE_ONCE;
      case UNCOVERED_IS_FORGOTTEN, GIFTS_LOSE_THEIR_END -> Rule.ENTRIES_WERE_REQUESTED;
      case WITHDRAWN_WAITS_ON -> Rule.WITHDRAWN_REFUNDS_ARE_NOT_APPLIED;
      case STORES_SHARE_KEYS -> Rule.REFUSALS_ARE_TRUE;
      case OVERDRAWS_BUDGETS, CHARGES_HALF -> Rule.BUDGETS_END_AT_THEIR_LIMIT;
      case EVENTS_ARE_LEFT_OUT, EVENTS_COME_TWICE, EVENTS_ARE_SWAPPED ->
          Rule.EVENTS_ARE_THE_ENTRIES;
    };
  }

  private static String counts(Report report) {
    return report.byRule()
        + " of "
        + report.calls().calls()
        + " calls in "
        + report.time().toSeconds()
        + " s";
  }
}
