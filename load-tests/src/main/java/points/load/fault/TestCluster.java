package points.load.fault;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.budget.Budgets;
import points.load.fault.client.NodeAddress;
import points.load.fault.client.Sender;
import points.load.fault.client.Workload;
import points.load.fault.nemesis.NemesisContext;
import points.load.fault.nemesis.Replicas;
import points.load.fault.net.Network;
import points.load.fault.net.Proxy;
import points.load.fault.process.Balancer;
import points.load.fault.process.Fleet;
import points.load.fault.process.Postgres;
import points.load.fault.process.Standby;
import points.load.model.book.RuleBook;
import points.load.model.book.RuleBook.BookInForce;
import points.load.process.HarnessException;
import points.load.process.Shell;
import points.load.rules.GeneratedBook;

/** A PostgreSQL with its gateways, set up for a workload. */
public final class TestCluster implements AutoCloseable {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final long BOOK_SEED = 12;
  private static final int RULES = 50;

  /** A usual order, in minor units. */
  private static final long AMOUNT = 10_000;

  private final TestHosts hosts;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Fleet.Setup setup;
  private final Postgres postgres;
  private boolean losesPrimary;
  private final int runs;
  private @Nullable BookInForce book;
  private @Nullable Budgets budgets;
  private final Sender sender = new Sender(Fleet.API_KEY);

  private TestCluster(TestHosts hosts, Fleet.Setup setup, int runs) {
    this.hosts = hosts;
    this.setup = setup;
    this.runs = runs;
    empty(setup.scratch());
    postgres = Postgres.create(setup.scratch(), hosts.database());
    running.push(postgres);
    postgres.start();
    postgres.createDatabase();
  }

  /**
   * Starts one PostgreSQL, with the proxy between it and the first node.
   *
   * @param runs for which there is room in budgets
   */
  public static Direct direct(TestHosts hosts, Fleet.Setup setup, int runs) {
    TestCluster cluster = new TestCluster(hosts, setup, runs);
    try {
      Proxy proxy = Proxy.to(hosts.database(), Postgres.PORT);
      cluster.running.push(proxy);
      String throughProxy = Postgres.uri(Network.TESTER, proxy.port());
      String straight = cluster.postgres.uri();
      Fleet fleet = cluster.fleet(List.of(throughProxy, straight, straight));
      return new Direct(cluster, fleet, proxy);
    } catch (IOException e) {
      throw new HarnessException("no proxy", e);
    }
  }

  /**
   * Starts a primary with a synchronous standby. The first node reaches them through HAProxy; the
   * others know both addresses and find the primary.
   */
  public static Replicated replicated(TestHosts hosts, Fleet.Setup setup) {
    TestCluster cluster = new TestCluster(hosts, setup, 1);
    cluster.losesPrimary = true;
    Postgres standby = Standby.of(cluster.postgres, hosts.standby());
    cluster.running.push(standby);
    Balancer balancer =
        Balancer.start(setup.scratch(), hosts.balancer(), cluster.postgres, standby);
    cluster.running.push(balancer);
    String either = Postgres.uri(List.of(cluster.postgres.host(), standby.host()));
    Fleet fleet = cluster.fleet(List.of(balancer.uri(), either, either));
    return new Replicated(cluster, fleet, new Replicas(hosts.network(), cluster.postgres, standby));
  }

  private Fleet fleet(List<String> databases) {
    Fleet fleet = new Fleet(setup, hosts.nodes(), databases);
    running.push(fleet);
    // Only then the others: without a cluster, no node notices that another changes the program.
    fleet.startFirst();
    sender.setUpProgram(fleet.targets().get(0));
    publish(fleet.targets().get(0));
    fleet.start();
    sender.makeStore(fleet.targets().get(0), Budgets.storeOfRush());
    for (String store : Workload.stores()) {
      sender.makeStore(fleet.targets().get(0), store);
      sender.makeTill(fleet.targets().get(0), store);
    }
    if (book != null) {
      budgets = new Budgets(sender, fleet.targets(), Workload.stores(), runs, book.from());
    }
    return fleet;
  }

  /** The book is in force 40 s later: other nodes start meanwhile. */
  private void publish(NodeAddress at) {
    GeneratedBook.Chain chain =
        new GeneratedBook.Chain(
            List.of("P0", "P1", "P2", "P3"), List.of(), Workload.stores(), AMOUNT);
    JsonObject document = GeneratedBook.of("fault", BOOK_SEED, chain, RULES);
    document.put("timeZone", ZONE.getId());
    Budgets.addTo(document, runs);
    book = new BookInForce(RuleBook.read(document, ZONE), sender.publish(at, document));
  }

  /** The rule book of the program; null before it is published. */
  @Nullable BookInForce book() {
    return book;
  }

  /** The budgets of the rule book. */
  Budgets budgets() {
    return Objects.requireNonNull(budgets);
  }

  /** Waits until new orders are rated by the rule book. */
  public void awaitBook() {
    if (book != null) {
      Duration left = Duration.between(Instant.now(), book.from());
      Shell.pause(left.isNegative() ? Duration.ZERO : left);
    }
  }

  Sender sender() {
    return sender;
  }

  Path scratch() {
    return setup.scratch();
  }

  boolean isClustered() {
    return setup.cluster() != Fleet.Discovery.NONE;
  }

  /** Connects all hosts again and starts PostgreSQL, whatever a fault has left. */
  void repair() {
    hosts.network().heal();
    if (!postgres.isAlive() && !losesPrimary) {
      postgres.start();
    }
  }

  /** Ends all processes, the latest first. */
  @Override
  public void close() {
    hosts.network().heal();
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.err.println("fault: a process could not be ended: " + e);
      }
    }
  }

  /** A cluster with the proxy. */
  public record Direct(TestCluster cluster, Fleet fleet, Proxy proxy) {
    NemesisContext context(Workload workload) {
      return new NemesisContext(cluster.hosts.network(), fleet, cluster.postgres, proxy, workload);
    }

    /** The PostgreSQL that has the ledger. */
    public Postgres postgres() {
      return cluster.postgres;
    }
  }

  /** A cluster with two copies of the ledger. */
  public record Replicated(TestCluster cluster, Fleet fleet, Replicas replicas) {}

  private static void empty(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException | UncheckedIOException e) {
      throw new HarnessException("cannot empty " + folder, e);
    }
  }
}
