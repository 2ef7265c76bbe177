package points.load.fault.nemesis;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import points.load.fault.client.Workload.Demand;
import points.load.fault.net.Host;
import points.load.fault.process.Node;
import points.load.fault.process.Signal;
import points.load.process.HarnessException;

/** Faults of the network: hosts that are cut off from each other. */
final class NetworkFaults {
  /** The promised time to notice that other nodes are gone, and a second for polling. */
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10 + 1);

  /** A node that is left alone asks the silent ones for five seconds before it is sure. */
  private static final Duration NOTICED_ALONE_WITHIN = NOTICED_WITHIN.plusSeconds(5 + 1);

  /** The promised time to merge again once the network is healed, likewise. */
  private static final Duration MERGED_WITHIN = Duration.ofSeconds(30 + 1);

  /** The time within which nodes stop waiting for a node that has died. */
  private static final Duration BELIEVED_WITHIN = Duration.ofSeconds(15);

  private NetworkFaults() {}

  /** Cuts one node off from PostgreSQL; the others go on. */
  static void cutFromDatabase(NemesisContext context) {
    context.network().cut(context.node(1).host(), context.postgres().host());
    NemesisContext.seconds(10);
    context.network().heal();
  }

  /** Lets PostgreSQL receive and commit batches of nodes that do not receive its answers. */
  static void halfOpen(NemesisContext context) {
    Host database = context.postgres().host();
    context.fleet().nodes().stream()
        .skip(1) // the first node is behind the proxy, which receives the answers
        .map(Node::host)
        .forEach(node -> context.network().silence(database, node));
    NemesisContext.seconds(10);
    context.network().heal();
  }

  /** Cuts one node off from the other two; all still reach PostgreSQL and their callers. */
  static void cutFromCluster(NemesisContext context) {
    splitAndMerge(context, 1, 20);
  }

  /** Cuts the first node off from the others for longer, and lets them merge again. */
  static void splitAndMerge(NemesisContext context) {
    splitAndMerge(context, 0, 30);
  }

  /**
   * Lets a node that is cut off commit changes that the others do not see, and kills it. Until the
   * others rely on the shared cache again, callers neither write nor read, because that would bring
   * the others up to date.
   */
  static void cutFromClusterAndKill(NemesisContext context) {
    Node one = context.node(2);
    List<Node> others = List.of(context.node(0), context.node(1));
    long cut = System.nanoTime();
    others.forEach(node -> context.network().cut(one.host(), node.host()));
    NemesisContext.seconds(4);
    one.signal(Signal.KILL);
    context.workload().demand(Demand.NOTHING);
    one.awaitEnd();
    awaitSight(others, others.size(), cut, NOTICED_WITHIN);
    await(
        others, Node::isConverged, System.nanoTime(), BELIEVED_WITHIN, "rely on the shared cache");
    context.workload().demand(Demand.READS);
    NemesisContext.seconds(3);
    context.workload().demand(Demand.EVERYTHING);
    context.network().heal();
    context.fleet().start();
  }

  private static void splitAndMerge(NemesisContext context, int alone, double seconds) {
    Node one = context.node(alone);
    List<Node> all = context.fleet().nodes();
    List<Node> others = all.stream().filter(node -> !node.name().equals(one.name())).toList();
    long cut = System.nanoTime();
    others.forEach(node -> context.network().cut(one.host(), node.host()));
    awaitSight(others, others.size(), cut, NOTICED_WITHIN);
    awaitSight(List.of(one), 1, cut, NOTICED_ALONE_WITHIN);
    NemesisContext.seconds(seconds - (System.nanoTime() - cut) / 1e9);
    context.network().heal();
    awaitSight(all, all.size(), System.nanoTime(), MERGED_WITHIN);
    NemesisContext.seconds(5);
  }

  private static void awaitSight(List<Node> nodes, int seen, long begin, Duration within) {
    await(nodes, node -> node.sees(seen), begin, within, "see " + seen + " nodes");
  }

  private static void await(
      List<Node> nodes, Predicate<Node> reached, long begin, Duration within, String what) {
    while (!nodes.stream().allMatch(reached)) {
      if (System.nanoTime() - begin > within.toNanos()) {
        throw new HarnessException(
            "not all of %s %s after %d s"
                .formatted(nodes.stream().map(Node::name).toList(), what, within.toSeconds()));
      }
      NemesisContext.seconds(0.1);
    }
  }
}
