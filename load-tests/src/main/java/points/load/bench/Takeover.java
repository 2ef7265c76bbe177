package points.load.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * How long after a node was killed the first accrual on each member succeeds on another node.
 *
 * @param millis for each member, sorted; about a third of them were owned by the node that died
 */
record Takeover(List<Double> millis) {
  private static final int MEMBERS = 120;
  private static final int TRIES_MAX = 40;

  /** Kills the last node, and asks the first for an accrual on each of many members at once. */
  static Takeover measure(ClusterNodes cluster, Population population) {
    List<GatewayProcess> nodes = cluster.nodes();
    URI accruals = URI.create("http://" + population.authority() + "/v1/accruals");
    HttpClient client = HttpClient.newHttpClient();
    nodes.get(nodes.size() - 1).kill();
    long killed = System.nanoTime();
    List<CompletableFuture<Double>> succeeded = new ArrayList<>();
    for (int member = 0; member < MEMBERS; member++) {
      HttpRequest request = accrual(accruals, population, member);
      succeeded.add(
          CompletableFuture.supplyAsync(
              () -> firstSuccess(client, request, killed),
              work -> new Thread(work, "takeover").start()));
    }
    return new Takeover(succeeded.stream().map(CompletableFuture::join).sorted().toList());
  }

  private static double firstSuccess(HttpClient client, HttpRequest request, long since) {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 201) {
          return (System.nanoTime() - since) / 1e6;
        }
      } catch (IOException e) {
        // again, with the same key
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      Ports.pause();
    }
    throw new BenchmarkFailure("no success after a node was killed");
  }

  private static HttpRequest accrual(URI uri, Population population, int member) {
    String json =
        "{\"memberId\":\"%s\",\"storeId\":\"%s\",\"orderId\":\"%s\",\"occurredAt\":\"%s\",\"amount\":1000}"
            .formatted(
                population.memberId(member),
                population.storeId(0),
                "takeover-" + member,
                Instant.now());
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + population.apiKey())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(10))
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  double median() {
    return millis.get(millis.size() / 2);
  }

  double longest() {
    return millis.get(millis.size() - 1);
  }
}
