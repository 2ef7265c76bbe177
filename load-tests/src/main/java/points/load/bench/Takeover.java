package points.load.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Population;
import points.load.bench.process.MeasuredGateway;
import points.load.process.HarnessException;
import points.load.process.Shell;

/**
 * The times from the death of a node to each member's first accrual on another one.
 *
 * @param millis for each member, sorted; about a third of them were owned by the node that died
 */
record Takeover(List<Double> millis) {
  private static final int MEMBERS = 120;
  private static final int TRIES_MAX = 40;
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Kills the last node, and sends the first an accrual on each of many members at once. */
  static Takeover measure(GatewaysUnderTest cluster) {
    Population population = cluster.population(MemberShape.PLAIN);
    List<MeasuredGateway> nodes = cluster.nodes();
    nodes.get(nodes.size() - 1).kill();
    long killed = System.nanoTime();
    String store = population.stores().get(0);
    Stream<CompletableFuture<Double>> succeeded =
        population.members().stream()
            .limit(MEMBERS)
            .map(
                member ->
                    CompletableFuture.supplyAsync(
                        () -> firstSuccess(nodes.get(0), store, member, killed),
                        work -> new Thread(work, "takeover").start()))
            .toList()
            .stream();
    return new Takeover(succeeded.map(CompletableFuture::join).sorted().toList());
  }

  private static double firstSuccess(
      MeasuredGateway node, String store, String member, long since) {
    String order = "takeover-" + member;
    String json =
        "{\"memberId\":\"%s\",\"storeId\":\"%s\",\"orderId\":\"%s\",\"occurredAt\":\"%s\",\"amount\":1000}"
            .formatted(member, store, order, Instant.now());
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      try {
        if (node.post("/v1/accruals", order, json).statusCode() == 201) {
          return (System.nanoTime() - since) / 1e6;
        }
      } catch (HarnessException e) {
        // No answer in time: the same again.
      }
      Shell.pause(PAUSE);
    }
    throw new HarnessException("no success after a node was killed");
  }

  double median() {
    return millis.get(millis.size() / 2);
  }

  double longest() {
    return millis.get(millis.size() - 1);
  }
}
