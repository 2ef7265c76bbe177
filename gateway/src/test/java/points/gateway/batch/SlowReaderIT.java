package points.gateway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.gateway.fixture.Await;
import points.gateway.fixture.BatchConnection;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** A caller of a batch request that sends line after line and reads no answer. */
@WithGateway
@Timeout(120)
class SlowReaderIT {

  private static final int LINES = 100_000;

  /** As half of the answers is more than sockets hold. */
  private static final int ANSWERED_MAX = LINES / 2;

  private final LocalGateway gateway;
  private final HttpClient client = HttpClient.newHttpClient();

  SlowReaderIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  private double answered() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(gateway.managementUri() + "/metrics")).build();
    return client
        .send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(it -> it.startsWith("points_batch_lines_total{"))
        .mapToDouble(it -> Double.parseDouble(it.substring(it.lastIndexOf(' '))))
        .sum();
  }

  private static void sendAll(BatchConnection batch) {
    try {
      for (int sent = 0; sent < LINES; sent += 100) {
        batch.send("{}\n".repeat(100));
      }
      batch.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void is_read_no_further_than_its_answers_find_room_and_gets_all_of_them_when_it_reads()
      throws Exception {
    double before = answered();
    try (BatchConnection batch = BatchConnection.open(gateway.uri(), LocalGateway.OPERATOR_KEY)) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(batch));
      Await.until("the first answers", () -> answered() > before);
      Await.until("the gateway to stop", Duration.ofSeconds(60), this::hasStopped);
      assertThat(answered() - before).isLessThan(ANSWERED_MAX);

      for (int line = 1; line <= LINES; line++) {
        assertThat(Objects.requireNonNull(batch.read()).getInteger("line")).isEqualTo(line);
      }
      assertThat(batch.read()).isNull();
      sending.get(10, TimeUnit.SECONDS);
    }
    assertThat(answered() - before).isEqualTo(LINES);
  }

  /** Whether no line is answered for half a second. */
  private boolean hasStopped() throws Exception {
    double now = answered();
    try {
      Await.throughout("answers", Duration.ofMillis(500), () -> answered() == now);
      return true;
    } catch (AssertionError answeredMore) {
      return false;
    }
  }
}
