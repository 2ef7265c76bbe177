package points.load.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Population;
import points.load.bench.process.BenchmarkException;
import points.load.bench.process.GatewayProcess;

/**
 * The times from the death of a node to each member's first accrual on another one.
 *
 * @param millis for each member, sorted; about a third of them were owned by the node that died
 */
record Takeover(List<Double> millis) {
  private static final int MEMBERS = 120;
  private static final int TRIES_MAX = 40;

  /** Kills the last node, and sends the first an accrual on each of many members at once. */
  static Takeover measure(GatewaysUnderTest cluster) {
    Population population = cluster.population(MemberShape.PLAIN);
    List<GatewayProcess> nodes = cluster.nodes();
    nodes.get(nodes.size() - 1).kill();
    long killed = System.nanoTime();
    List<CompletableFuture<Double>> succeeded = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      int member = i;
      succeeded.add(
          CompletableFuture.supplyAsync(
              () -> firstSuccess(nodes.get(0), population, member, killed),
              work -> new Thread(work, "takeover").start()));
    }
    return new Takeover(succeeded.stream().map(CompletableFuture::join).sorted().toList());
  }

  private static double firstSuccess(
      GatewayProcess node, Population population, int member, long since) {
    String order = "takeover-" + member;
    String json =
        "{\"memberId\":\"%s\",\"storeId\":\"%s\",\"orderId\":\"%s\",\"occurredAt\":\"%s\",\"amount\":1000}"
            .formatted(population.memberId(member), population.storeId(0), order, Instant.now());
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      try {
        if (node.post("/v1/accruals", order, json).statusCode() == 201) {
          return (System.nanoTime() - since) / 1e6;
        }
      } catch (BenchmarkException e) {
        // No answer in time: the same again.
      }
      GatewayProcess.pause();
    }
    throw new BenchmarkException("no success after a node was killed");
  }

  double median() {
    return millis.get(millis.size() / 2);
  }

  double longest() {
    return millis.get(millis.size() - 1);
  }
}
