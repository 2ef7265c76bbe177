package points.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import points.gateway.deploy.Haproxy;
import points.gateway.deploy.Haproxy.Node;
import points.gateway.fixture.Chain;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Calls that wait for events, through HAProxy with the file of docs/deploy. */
@Tag("system")
@WithGateway
class EventsBehindHaproxyIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Longer than HAProxy waits for any other answer. */
  private static final Duration WAIT = Duration.ofSeconds(15);

  private final LocalGateway gateway;
  private final Chain chain;

  EventsBehindHaproxyIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void a_poll_and_a_stream_may_wait_longer_than_any_other_call() throws Exception {
    var node =
        new Node(
            URI.create(gateway.uri()).getPort(), URI.create(gateway.managementUri()).getPort());
    var dead = new Node(FreePort.next(), FreePort.next());
    try (Haproxy haproxy = Haproxy.before("events", dead, node, dead)) {
      haproxy.awaitReady(1);
      JsonObject wanted = new JsonObject().put("name", "follower").put("role", "reader");
      String key = chain.admin().post("/v1/api-keys", wanted).json(201).getString("key");
      String none = "types=member.enrolled"; // there is no member yet
      CompletableFuture<HttpResponse<String>> poll =
          CLIENT.sendAsync(
              request(haproxy, key, "?wait=" + WAIT + "&" + none).build(), BodyHandlers.ofString());
      try (Stream<String> lines =
          CLIENT
              .send(
                  request(haproxy, key, "?" + none).header("Accept", "text/event-stream").build(),
                  BodyHandlers.ofLines())
              .body()) {
        HttpResponse<String> answer = poll.join();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("items")).isEmpty();
        String member = chain.memberWith(5);
        assertThat(nextSubject(lines.iterator())).as("on the stream").isEqualTo(member);
      }
    }
  }

  private static String nextSubject(Iterator<String> lines) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data: ")) {
        return new JsonObject(line.substring(6)).getString("subject");
      }
    }
    return "the end of the stream";
  }

  private static HttpRequest.Builder request(Haproxy haproxy, String key, String query) {
    return HttpRequest.newBuilder(URI.create(haproxy.uri() + "/v1/events" + query))
        .header("Authorization", "Bearer " + key);
  }
}
