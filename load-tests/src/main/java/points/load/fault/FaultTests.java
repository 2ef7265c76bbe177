package points.load.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import points.load.fault.client.Workload;
import points.load.fault.nemesis.Replicas;
import points.load.fault.nemesis.Scenario;
import points.load.fault.nemesis.Scenarios;
import points.load.fault.process.Balancer;
import points.load.fault.process.Fleet;
import points.load.process.HarnessException;

/** The command of the fault tests: runs scenarios and reports what was wrong. */
@Command(
    name = "load-tests/fault",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = {
      "Kills, stops and cuts off three gateways and a PostgreSQL, each on a host of its own, while"
          + " callers write. Afterwards every answer is compared with the ledger.",
      "Ends with 0 when everything was right, with 1 when something was not, and with 2 when the"
          + " tests themselves could not run. Logs, histories and violations are in"
          + " load-tests/target/fault."
    })
public final class FaultTests implements Callable<Integer> {
  @Option(names = "--list", description = "name the scenarios and end")
  private boolean list;

  @Option(names = "--only", split = ",", description = "scenarios to run; all without it")
  private List<String> only = List.of();

  @Option(
      names = "--alone",
      description = "the nodes form no cluster: each is alone on the database they share")
  private boolean alone;

  @Option(names = "--seed", description = "of the operations of callers; random without it")
  private @Nullable Long seed;

  @Option(names = "--repository", hidden = true, required = true)
  private Path repository = Path.of(".");

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new FaultTests());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          if (failure instanceof HarnessException && failure.getCause() == null) {
            line.getErr().println("fault: " + failure.getMessage());
          } else {
            failure.printStackTrace(line.getErr());
          }
          return 2;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() {
    List<Scenario> shared = Scenarios.all();
    if (list) {
      shared.forEach(it -> say("%-26s %s".formatted(it.name(), it.what())));
      Failover.all().forEach(it -> say("%-26s %s".formatted(it.name(), it.what())));
      return 0;
    }
    requireKnown(shared);
    long from = seed == null ? System.nanoTime() : seed;
    say("seed " + from + (alone ? ", each node alone" : ", in a cluster"));
    List<Report> reports = new ArrayList<>();
    List<Failover> failovers = Failover.all().stream().filter(it -> isWanted(it.name())).toList();
    if (!failovers.isEmpty()) {
      Balancer.require();
    }
    TestHosts hosts = TestHosts.make();
    direct(hosts, shared.stream().filter(this::isWanted).toList(), from, reports);
    failovers.forEach(it -> replicated(hosts, it, from, reports));
    List<String> bad =
        reports.stream().filter(report -> !report.isGood()).map(Report::name).toList();
    say("%d passed, %d failed".formatted(reports.size() - bad.size(), bad.size()));
    return bad.isEmpty() ? 0 : 1;
  }

  private void direct(TestHosts hosts, List<Scenario> wanted, long from, List<Report> reports) {
    if (wanted.isEmpty()) {
      return;
    }
    TestCluster.Direct direct =
        TestCluster.direct(hosts, setup("direct", Fleet.Discovery.LIST), wanted.size());
    try (TestCluster cluster = direct.cluster()) {
      ScenarioRun run = new ScenarioRun(cluster, direct.fleet(), from);
      cluster.awaitBook(); // once: in failovers it comes into force while callers write
      for (Scenario scenario : wanted) {
        Consumer<Workload> fault = workload -> scenario.fault().accept(direct.context(workload));
        keep(run.run(scenario.name(), Workload.Size.USUAL, fault, direct.postgres()), reports);
      }
    }
  }

  private void replicated(TestHosts hosts, Failover failover, long from, List<Report> reports) {
    TestCluster.Replicated replicated =
        TestCluster.replicated(hosts, setup(failover.name(), Fleet.Discovery.NAME));
    Replicas replicas = replicated.replicas();
    try (TestCluster cluster = replicated.cluster()) {
      ScenarioRun run = new ScenarioRun(cluster, replicated.fleet(), from);
      keep(
          run.run(
              failover.name(),
              Workload.Size.USUAL,
              workload -> failover.fault().accept(replicas),
              replicas.standby()),
          reports);
    }
  }

  private Fleet.Setup setup(String name, Fleet.Discovery discovery) {
    return new Fleet.Setup(
        repository.resolve("gateway/run"),
        repository.resolve("load-tests/target/fault").resolve(name),
        alone ? Fleet.Discovery.NONE : discovery,
        "");
  }

  private static void keep(Report report, List<Report> reports) {
    say(report.toString());
    reports.add(report);
  }

  private boolean isWanted(Scenario scenario) {
    return isWanted(scenario.name()) && (!alone || !scenario.needsCluster());
  }

  private boolean isWanted(String name) {
    return only.isEmpty() || only.contains(name);
  }

  private void requireKnown(List<Scenario> shared) {
    for (String name : only) {
      if (shared.stream().noneMatch(it -> it.name().equals(name))
          && Failover.all().stream().noneMatch(it -> it.name().equals(name))) {
        throw new HarnessException("no such scenario: " + name + "; --list names them");
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
