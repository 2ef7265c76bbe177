package points.load.fault.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import points.load.fault.client.NodeAddress;
import points.load.fault.net.Host;
import points.load.process.HarnessException;

/** The gateways of a test, all on one database. */
public final class Fleet implements AutoCloseable {
  private static final String CLUSTER_SECRET = "known-to-the-nodes-of-the-fault-tests-only";

  /** The API key of head office, which only the test knows. */
  public static final String API_KEY = "pk_fault_tests_0123456789abcdefghijklmnop";

  /** The most requests that a node accepts at a time; a storm exceeds it. */
  public static final int IN_FLIGHT_MAX = 60;

  private static final int CLUSTER_PORT = 5701;
  private static final int BUS_PORT = 5702;
  private static final String NAME = "nodes.points.test";

  private final List<Node> nodes = new ArrayList<>();

  /**
   * The set-up of the nodes.
   *
   * @param script that starts a node
   * @param scratch for logs
   * @param cluster how they find each other
   * @param javaOptions further options of their virtual machines
   */
  public record Setup(Path script, Path scratch, Discovery cluster, String javaOptions) {}

  /** The ways in which nodes find each other. */
  public enum Discovery {
    /** They do not: each node is alone. */
    NONE,
    /** By a list of addresses. */
    LIST,
    /** By a DNS name that has all addresses. */
    NAME
  }

  /**
   * Takes the nodes without starting them.
   *
   * @param databases the URI of PostgreSQL for each node
   */
  public Fleet(Setup setup, List<Host> hosts, List<String> databases) {
    for (int i = 0; i < hosts.size(); i++) {
      Map<String, String> environment = new TreeMap<>();
      environment.put("POINTS_PG_URI", databases.get(i));
      environment.put("POINTS_BOOTSTRAP_KEY", API_KEY);
      environment.put("POINTS_IN_FLIGHT_MAX", Integer.toString(IN_FLIGHT_MAX));
      // Three virtual machines share two processors: a small heap, and the fast compiler only.
      environment.put(
          "JAVA_OPTS", "-Xms192m -Xmx512m -XX:TieredStopAtLevel=1 " + setup.javaOptions());
      if (setup.cluster() != Discovery.NONE) {
        environment.put("POINTS_CLUSTER_SECRET", CLUSTER_SECRET);
        environment.put("POINTS_CLUSTER_HOST", hosts.get(i).address());
        environment.put("POINTS_CLUSTER_PORT", Integer.toString(CLUSTER_PORT));
        environment.put("POINTS_BUS_PORT", Integer.toString(BUS_PORT));
      }
      if (setup.cluster() == Discovery.LIST) {
        environment.put(
            "POINTS_CLUSTER_MEMBERS",
            hosts.stream()
                .map(host -> host.address() + ":" + CLUSTER_PORT)
                .collect(Collectors.joining(",")));
      } else if (setup.cluster() == Discovery.NAME) {
        environment.put("POINTS_CLUSTER_DNS", NAME);
        environment.merge("JAVA_OPTS", namesOf(setup.scratch(), hosts), (a, b) -> a + " " + b);
      }
      nodes.add(new Node(hosts.get(i), setup.script(), setup.scratch(), environment));
    }
  }

  /** Replaces the name server by a file with the only names that the nodes need. */
  private static String namesOf(Path scratch, List<Host> hosts) {
    Path file = scratch.resolve("hosts").toAbsolutePath();
    try {
      Files.write(file, hosts.stream().map(host -> host.address() + " " + NAME).toList());
    } catch (IOException e) {
      throw new HarnessException("cannot write " + file, e);
    }
    return "-Djdk.net.hosts.file=" + file;
  }

  /** Starts only the first node, which sets the database up. */
  public void startFirst() {
    nodes.get(0).launch();
    nodes.get(0).awaitReady();
  }

  /** Starts all nodes that do not run, the first one first. */
  public void start() {
    for (Node node : nodes) {
      if (!node.isAlive()) {
        node.launch();
      }
      if (node == nodes.get(0)) {
        node.awaitReady();
      }
    }
    nodes.forEach(Node::awaitReady);
  }

  /** All nodes. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** One node, counted from 0. */
  public Node node(int index) {
    return nodes.get(index);
  }

  /** The address at which a node listens for other nodes. */
  String clusterAddress(Node node) {
    return node.host().address() + ":" + CLUSTER_PORT;
  }

  /** The nodes as callers address them. */
  public List<NodeAddress> targets() {
    return nodes.stream().map(node -> new NodeAddress(node.name(), node.url())).toList();
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }
}
