package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalDatabase;
import points.gateway.fixture.LocalGateway;
import points.ledger.command.Command;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.wire.SentCommand;
import points.ledger.wire.WireFormat;
import points.postgres.LocalPostgres;

/** A process without the secret, in reach of the event bus, sends a command as a node would. */
class ForgedCommandIT {

  private static final Path DATA = Path.of("target", "it", "forged-postgres").toAbsolutePath();
  private static final String LANE = "points-lane/";
  private static final int BUFFER_CODEC = 11;

  private final int busPort = FreePort.next();
  private LocalPostgres postgres;
  private LocalGateway gateway;

  @BeforeEach
  void start() throws Exception {
    LocalGateway.deleteTree(DATA);
    postgres = LocalPostgres.start(DATA);
    int port = FreePort.next();
    gateway =
        LocalGateway.start(
            "forged",
            Map.of(
                "POINTS_PG_URI",
                postgres.uri(),
                "POINTS_CLUSTER_SECRET",
                "known-to-the-nodes-of-this-cluster-only",
                "POINTS_CLUSTER_MEMBERS",
                "127.0.0.1:" + port,
                "POINTS_BUS_PORT",
                Integer.toString(busPort)));
  }

  @AfterEach
  void stop() {
    gateway.close();
    postgres.close();
  }

  @Test
  void books_nothing_and_is_counted() throws Exception {
    gateway.operator().post("/v1/members", new JsonObject().put("memberId", "m")).json(201);

    boolean isClosed = isClosedAfter(forged());

    assertThat(gateway.operator().get("/v1/members/m/balance").json(200).getLong("available"))
        .isZero();
    assertThat(new LocalDatabase(DATA).number("SELECT count(*) FROM entry")).isZero();
    assertThat(isClosed).isTrue();
    assertThat(metrics()).contains("points_bus_refused_total{reason=\"forged\"} 1.0");
  }

  /** Whether the connection is, within the time that a command may take. */
  private boolean isClosedAfter(Buffer said) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), busPort)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(said.getBytes());
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    }
  }

  /** 5,000,000 points for a member, sent to the node that decides on it. */
  private Buffer forged() throws Exception {
    var command =
        Command.Adjust.of(
            new MemberKey("default", "m"), "forged", Origin.office("nobody", "nothing"), 5_000_000);
    byte[] body = WireFormat.COMMAND.encode(new SentCommand(command, Instant.now().plusSeconds(5)));
    Buffer frame = Buffer.buffer().appendByte((byte) 2).appendByte((byte) BUFFER_CODEC);
    text(frame.appendByte((byte) 0), "points.ledger.commands." + node());
    text(frame.appendInt(0), node());
    frame.appendInt(Integer.BYTES).appendInt(body.length).appendBytes(body);
    return Buffer.buffer().appendInt(frame.length()).appendBuffer(frame);
  }

  private static Buffer text(Buffer to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return to.appendInt(bytes.length).appendBytes(bytes);
  }

  /** Its id, by the sessions of its lanes. */
  private static String node() throws Exception {
    return new LocalDatabase(DATA)
        .rows(
            "SELECT DISTINCT substr(application_name, length('%s') + 1) AS node FROM pg_stat_activity WHERE starts_with(application_name, '%s')"
                .formatted(LANE, LANE))
        .get(0)
        .substring("node=".length());
  }

  private String metrics() throws IOException, InterruptedException {
    URI uri = URI.create(gateway.managementUri() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
