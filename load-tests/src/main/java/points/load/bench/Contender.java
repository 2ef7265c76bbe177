package points.load.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** One node or several that serve the same members, with the load shared out evenly. */
record Contender(
    String name,
    List<InetSocketAddress> addresses,
    RunningGateway first,
    Population population,
    Supplier<ProcessorUse> meter) {

  static Contender alone(GatewayProcess node, Ending ending) {
    return of("one, alone", List.of(node), node.running(), ending);
  }

  static Contender of(ClusterNodes cluster, Ending ending) {
    return of("three", cluster.nodes(), cluster.first(), ending);
  }

  private static Contender of(
      String name, List<GatewayProcess> nodes, RunningGateway first, Ending ending) {
    Population population =
        new Population(
            first.authority(), first.apiKey(), ClusterBench.newRun(), Plan.MEMBERS, Plan.STORES);
    long postmaster = ending.last(Database.open(first.postgres())).postmaster();
    long[] pids =
        nodes.stream().mapToLong(node -> ListeningProcess.on(node.address().getPort())).toArray();
    long self = ProcessHandle.current().pid();
    Supplier<ProcessorUse> meter =
        () ->
            new ProcessorUse(
                LongStream.of(pids).map(ProcessorTime::ofProcess).sum(),
                ProcessorTime.ofFamily(postmaster),
                ProcessorTime.ofProcess(self));
    return new Contender(
        name, nodes.stream().map(GatewayProcess::address).toList(), first, population, meter);
  }

  /** Makes stores and members. */
  void open() {
    Setup.makeStores(first.address(), population);
    Session.open(first, population);
  }

  /** Each node gets its share of the connections, and a thread of the client. */
  Measurement run(Workload workload, int connections, Duration window) {
    int share = connections / addresses.size();
    List<CompletableFuture<Load.Outcome>> running = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      Load.Server server = new Load.Server(address, meter);
      running.add(
          CompletableFuture.supplyAsync(
              () -> new Load(1).run(server, share, () -> workload.source(population), window),
              work -> new Thread(work, "load of " + address).start()));
    }
    Tally all = new Tally();
    running.forEach(one -> all.add(one.join().tally()));
    Load.Outcome any = running.get(0).join(); // each has metered all of them
    return new Load.Outcome(all, any.use(), any.seconds()).measurement();
  }
}
