package points.load.fault.nemesis;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import points.load.fault.client.Workload.Demand;
import points.load.fault.net.HarnessException;
import points.load.fault.net.Host;
import points.load.fault.process.Node;
import points.load.fault.process.Signal;

/** Hosts that do not hear each other. */
final class NetworkFaults {
  /** Within which the nodes promise to notice that others are gone, and a second for the look. */
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10 + 1);

  /** A node that is left by itself first asks the silent ones, for five seconds, who they see. */
  private static final Duration NOTICED_ALONE_WITHIN = NOTICED_WITHIN.plusSeconds(5 + 1);

  /** Within which they promise to be one again when they hear each other, likewise. */
  private static final Duration MERGED_WITHIN = Duration.ofSeconds(30 + 1);

  /** Within which a node that has died is waited for no more. */
  private static final Duration BELIEVED_WITHIN = Duration.ofSeconds(15);

  private NetworkFaults() {}

  /** One node and PostgreSQL; the others go on. */
  static void cutFromDatabase(NemesisContext scene) {
    scene.network().cut(scene.node(1).host(), scene.postgres().host());
    NemesisContext.seconds(10);
    scene.network().heal();
  }

  /** PostgreSQL hears all nodes, and commits what they send; they do not hear it. */
  static void halfOpen(NemesisContext scene) {
    Host database = scene.postgres().host();
    scene.fleet().nodes().stream()
        .skip(1) // the first has the proxy before it, which listens to PostgreSQL in its place
        .map(Node::host)
        .forEach(node -> scene.network().silence(database, node));
    NemesisContext.seconds(10);
    scene.network().heal();
  }

  /** One node and the other two, who all still reach PostgreSQL and their callers. */
  static void cutFromCluster(NemesisContext scene) {
    splitAndMerge(scene, 1, 20);
  }

  /** The first node, by itself, against the others; then they merge. */
  static void splitAndMerge(NemesisContext scene) {
    splitAndMerge(scene, 0, 30);
  }

  /**
   * A node that is by itself commits what the others cannot see, and dies. Until the others rely on
   * what they remember again, nobody writes or looks: that would bring them up to date.
   */
  static void cutFromClusterAndKill(NemesisContext scene) {
    Node one = scene.node(2);
    List<Node> others = List.of(scene.node(0), scene.node(1));
    long cut = System.nanoTime();
    others.forEach(node -> scene.network().cut(one.host(), node.host()));
    NemesisContext.seconds(4);
    one.signal(Signal.KILL);
    scene.workload().demand(Demand.NOTHING);
    one.awaitEnd();
    awaitSight(others, others.size(), cut, NOTICED_WITHIN);
    await(others, Node::isWhole, System.nanoTime(), BELIEVED_WITHIN, "rely on each other");
    scene.workload().demand(Demand.READS);
    NemesisContext.seconds(3);
    scene.workload().demand(Demand.EVERYTHING);
    scene.network().heal();
    scene.fleet().start();
  }

  private static void splitAndMerge(NemesisContext scene, int alone, double seconds) {
    Node one = scene.node(alone);
    List<Node> all = scene.fleet().nodes();
    List<Node> others = all.stream().filter(node -> !node.name().equals(one.name())).toList();
    long cut = System.nanoTime();
    others.forEach(node -> scene.network().cut(one.host(), node.host()));
    awaitSight(others, others.size(), cut, NOTICED_WITHIN);
    awaitSight(List.of(one), 1, cut, NOTICED_ALONE_WITHIN);
    NemesisContext.seconds(seconds - (System.nanoTime() - cut) / 1e9);
    scene.network().heal();
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
