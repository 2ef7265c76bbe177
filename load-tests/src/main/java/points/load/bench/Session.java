package points.load.bench;

import java.time.Duration;
import java.util.List;
import points.load.bench.client.Load;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Pgbench;
import points.load.bench.client.Population;
import points.load.bench.client.Workload;
import points.load.bench.process.BareServer;
import points.load.bench.process.Postgres;

/**
 * The measurements of a gateway, of plain SQL and of a bare server.
 *
 * @param postgres behind the gateway, and the one that pgbench uses
 * @param window length of a measurement, in whole seconds
 */
record Session(
    GatewaysUnderTest gateway,
    Postgres postgres,
    Pgbench pgbench,
    BareServer bare,
    Duration window) {

  Measurement pgbench(int clients, int threads) {
    return GatewaysUnderTest.requireWritten(
        "pgbench",
        postgres::entriesOfPlainSql,
        () -> pgbench.run(clients, threads, window.toSeconds()));
  }

  Measurement gateway(Workload workload, MemberShape shape, int connections) {
    return gateway.measure(workload, shape, connections, window);
  }

  Measurement bare(int connections) {
    return bare(connections, window);
  }

  /** Sends load that is not measured, until the virtual machines have compiled what matters. */
  void warmUp(Duration time) {
    gateway.measure(Workload.PROMOTION_DAY, MemberShape.PLAIN, 256, time);
    gateway.measure(Workload.ACCRUALS, MemberShape.PLAIN, 64, time.dividedBy(2));
    gateway.measure(Workload.READS, MemberShape.PLAIN, 64, time.dividedBy(2));
    bare(64, time);
    pgbench.run(16, 1, 2);
  }

  private Measurement bare(int connections, Duration time) {
    Population population = gateway.population(MemberShape.PLAIN);
    return new Load(List.of(bare.address()), () -> gateway.use(bare.process().pid()))
        .run(connections, () -> Workload.READS.source(population), time);
  }
}
