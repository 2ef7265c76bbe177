package points.load.fault.scenario;

import points.load.fault.net.Host;
import points.load.fault.process.Node;

/** Hosts that do not hear each other. */
final class NetworkFaults {
  private NetworkFaults() {}

  /** One node and PostgreSQL; the others go on. */
  static void cutFromDatabase(Scene scene) {
    scene.network().cut(scene.node(1).host(), scene.postgres().host());
    Scene.seconds(10);
    scene.network().heal();
  }

  /** PostgreSQL hears all nodes, and commits what they send; they do not hear it. */
  static void halfOpen(Scene scene) {
    Host database = scene.postgres().host();
    scene.fleet().nodes().stream()
        .skip(1) // the first has the proxy before it, which listens to PostgreSQL in its place
        .map(Node::host)
        .forEach(node -> scene.network().silence(database, node));
    Scene.seconds(10);
    scene.network().heal();
  }

  /** One node and the other two, who all still reach PostgreSQL and their callers. */
  static void cutFromCluster(Scene scene) {
    split(scene, 1);
    Scene.seconds(20);
    scene.network().heal();
    Scene.seconds(10);
  }

  /** The first node, by itself, against the others; then they merge. */
  static void splitAndMerge(Scene scene) {
    split(scene, 0);
    Scene.seconds(30);
    scene.network().heal();
    Scene.seconds(20);
  }

  private static void split(Scene scene, int alone) {
    Node one = scene.node(alone);
    scene.fleet().nodes().stream()
        .filter(node -> !node.name().equals(one.name()))
        .forEach(node -> scene.network().cut(one.host(), node.host()));
  }
}
