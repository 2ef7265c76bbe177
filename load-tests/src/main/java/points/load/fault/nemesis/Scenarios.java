package points.load.fault.nemesis;

import java.util.List;
import java.util.function.Consumer;

/** All scenarios with three nodes on one PostgreSQL. */
public final class Scenarios {
  private Scenarios() {}

  /** In the order in which they run. */
  public static List<Scenario> all() {
    return List.of(
        alone("kill-node", "two nodes are killed in the middle of a batch", NodeFaults::kill),
        alone("stop-node", "a node stands still for 15 s in a batch", NodeFaults::stop),
        alone("kill-backend", "three server processes are killed", DatabaseFaults::killBackend),
        alone("kill-postmaster", "PostgreSQL is killed", DatabaseFaults::killPostmaster),
        alone(
            "stop-immediately",
            "PostgreSQL is stopped at once and down for 10 s",
            DatabaseFaults::stopImmediately),
        alone(
            "swallow-answers",
            "the answers to six commits of a node are lost on their way",
            DatabaseFaults::swallowAnswers),
        alone(
            "cut-from-database",
            "a node does not reach PostgreSQL for 10 s",
            NetworkFaults::cutFromDatabase),
        alone(
            "half-open",
            "two nodes do not receive what PostgreSQL sends for 10 s",
            NetworkFaults::halfOpen),
        alone("restart-all", "all nodes are restarted, one by one", NodeFaults::restartAll),
        alone(
            "storm",
            "three times as many requests as the nodes accept, all on one member",
            NodeFaults::storm),
        alone(
            "budget-rush",
            "5,000 orders at once use a budget up, and a node is killed meanwhile",
            BudgetFaults::rush),
        together(
            "forget",
            "the shared cache is deleted at random moments, leases included",
            NodeFaults::forget),
        together(
            "cut-from-cluster",
            "a node reaches PostgreSQL and no other node for 20 s",
            NetworkFaults::cutFromCluster),
        together(
            "cut-and-kill",
            "a node reaches PostgreSQL and no other node for 4 s, and is killed then",
            NetworkFaults::cutFromClusterAndKill),
        together("split", "the cluster is split, 1 and 2, for 30 s", NetworkFaults::splitAndMerge));
  }

  private static Scenario alone(String name, String what, Consumer<NemesisContext> fault) {
    return new Scenario(name, what, false, fault);
  }

  private static Scenario together(String name, String what, Consumer<NemesisContext> fault) {
    return new Scenario(name, what, true, fault);
  }
}
