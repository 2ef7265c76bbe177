package points.load.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import points.load.fault.client.Sender;
import points.load.fault.client.Workload;
import points.load.fault.nemesis.NemesisContext;
import points.load.fault.nemesis.Replicas;
import points.load.fault.net.HarnessException;
import points.load.fault.net.Network;
import points.load.fault.net.Proxy;
import points.load.fault.process.Balancer;
import points.load.fault.process.Fleet;
import points.load.fault.process.Postgres;
import points.load.fault.process.Standby;

/** A PostgreSQL and the gateways on it, ready to be written to. */
public final class TestCluster implements AutoCloseable {
  private final TestHosts ground;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Fleet.Setup setup;
  private final Postgres postgres;
  private boolean losesPrimary;
  private final Sender sender = new Sender(Fleet.API_KEY);

  private TestCluster(TestHosts ground, Fleet.Setup setup) {
    this.ground = ground;
    this.setup = setup;
    empty(setup.scratch());
    postgres = Postgres.create(setup.scratch(), ground.database());
    running.push(postgres);
    postgres.start();
    postgres.createDatabase();
  }

  /** One PostgreSQL; between it and the first node, the proxy. */
  public static Direct direct(TestHosts ground, Fleet.Setup setup) {
    TestCluster world = new TestCluster(ground, setup);
    try {
      Proxy proxy = Proxy.to(ground.database(), Postgres.PORT);
      world.running.push(proxy);
      String throughProxy = Postgres.uri(Network.TESTER, proxy.port());
      String straight = world.postgres.uri();
      Fleet fleet = world.fleet(List.of(throughProxy, straight, straight));
      return new Direct(world, fleet, proxy);
    } catch (IOException e) {
      throw new HarnessException("no proxy", e);
    }
  }

  /**
   * A primary with a synchronous standby. The first node reaches them through HAProxy; the others
   * know both and find the one that writes.
   */
  public static Replicated replicated(TestHosts ground, Fleet.Setup setup) {
    TestCluster world = new TestCluster(ground, setup);
    world.losesPrimary = true;
    Postgres standby = Standby.of(world.postgres, ground.standby());
    world.running.push(standby);
    Balancer balancer = Balancer.start(setup.scratch(), ground.balancer(), world.postgres, standby);
    world.running.push(balancer);
    String either = Postgres.uri(List.of(world.postgres.host(), standby.host()));
    Fleet fleet = world.fleet(List.of(balancer.uri(), either, either));
    return new Replicated(world, fleet, new Replicas(ground.network(), world.postgres, standby));
  }

  private Fleet fleet(List<String> databases) {
    Fleet fleet = new Fleet(setup, ground.nodes(), databases);
    running.push(fleet);
    // Before the others are there: one that is alone is not told of what another changes.
    fleet.startFirst();
    sender.setUpProgram(fleet.targets().get(0));
    fleet.start();
    for (String store : Workload.stores()) {
      sender.makeStore(fleet.targets().get(0), store);
      sender.makeTill(fleet.targets().get(0), store);
    }
    return fleet;
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

  /** Makes good what a fault may have left: hosts that are parted, a PostgreSQL that is down. */
  void mend() {
    ground.network().heal();
    if (!postgres.isAlive() && !losesPrimary) {
      postgres.start();
    }
  }

  /** Ends all that was started, the latest first. */
  @Override
  public void close() {
    ground.network().heal();
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.err.println("fault: could not be ended: " + e);
      }
    }
  }

  /** A world with the proxy in it. */
  public record Direct(TestCluster world, Fleet fleet, Proxy proxy) {
    NemesisContext scene(Workload workload) {
      return new NemesisContext(world.ground.network(), fleet, world.postgres, proxy, workload);
    }

    /** Where the books are. */
    public Postgres postgres() {
      return world.postgres;
    }
  }

  /** A world with two copies of the books. */
  public record Replicated(TestCluster world, Fleet fleet, Replicas replicas) {}

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
