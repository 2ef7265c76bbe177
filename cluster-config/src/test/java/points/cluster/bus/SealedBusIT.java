package points.cluster.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.cluster.Cluster;
import points.cluster.ClusterOptions;
import points.cluster.ClusterSecret;
import points.cluster.Discovery;
import points.cluster.ListenAddress;
import points.cluster.cache.CacheOptions;
import points.cluster.fixture.Await;
import points.cluster.fixture.FreePort;

/** An attacker who speaks the bus's language to its port, against a node of a cluster. */
final class SealedBusIT {

  private static final String SECRET = "what-only-the-nodes-of-this-cluster-know";
  private static final String ADDRESS = "points.test.commands";
  private static final String SENDER = "another-node";
  private static final int STRING_CODEC = 9;
  private static final int WAIT_MS_MAX = 10_000;

  /** As Vert.x writes it: it asks for a sign of life, and nobody seals it. */
  private static final Buffer PING = ping();

  private final int memberPort = FreePort.next();
  private final int port = FreePort.next();
  private final AtomicInteger handled = new AtomicInteger();
  private Cluster node;

  @BeforeEach
  void start() throws Exception {
    node = start(SECRET, memberPort, port);
    node.vertx()
        .eventBus()
        .<String>consumer(ADDRESS, message -> handled.incrementAndGet())
        .completion()
        .await(10, SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    node.close().await(30, SECONDS);
  }

  private static Cluster start(String secret, int memberPort, int busPort, int... others)
      throws Exception {
    List<Discovery.Member> members = new ArrayList<>();
    members.add(new Discovery.Member("127.0.0.1", memberPort));
    for (int other : others) {
      members.add(new Discovery.Member("127.0.0.1", other));
    }
    var options =
        new ClusterOptions(
            "points",
            new Discovery.Listed(members),
            new ListenAddress("127.0.0.1", memberPort),
            new ListenAddress("127.0.0.1", busPort),
            new ClusterSecret(secret),
            CacheOptions.defaults());
    return Cluster.start(options, new VertxOptions(), Vertx.builder()).await(60, SECONDS);
  }

  /** The seal of someone who knows a secret. */
  private static Seal sealOf(String key) {
    return new Seal(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
  }

  @Test
  void a_message_without_a_seal_does_not_get_in() throws Exception {
    assertThat(isClosedAfter(frame(ADDRESS, "", "book 5,000,000 points"))).isTrue();

    isRefused("forged", 1);
  }

  @Test
  void a_message_sealed_with_another_secret_does_not_get_in() throws Exception {
    var envelope = new Seal.Envelope(true, ADDRESS, "", SENDER);
    String seal = sealOf("another-secret-of-another-cluster").seal(0, envelope, Seal.Body.of("x"));

    assertThat(isClosedAfter(frame(ADDRESS, seal, "x"))).isTrue();

    isRefused("forged", 1);
  }

  @Test
  void a_recorded_message_counts_once_and_at_its_own_address_only() throws Exception {
    Buffer recorded = recorded();
    assertThat(recorded.toString()).contains(ADDRESS);
    try (Socket socket = connect()) {
      socket.getOutputStream().write(recorded.getBytes());
      Await.until("the message to be handled", () -> handled.get() == 1);
    }

    assertThat(isClosedAfter(recorded)).isTrue();
    isCounted("replayed", 1);

    byte[] elsewhere = recorded.getBytes();
    int at = new String(elsewhere, StandardCharsets.ISO_8859_1).indexOf(ADDRESS);
    elsewhere[at] = 'q';
    assertThat(isClosedAfter(Buffer.buffer(elsewhere))).isTrue();
    isCounted("forged", 1);
    assertThat(handled).hasValue(1);
  }

  /** What another node of the cluster says, as it is on the wire. */
  private static Buffer recorded() {
    String body = "book 5 points";
    var seal = new Seal(new ClusterSecret(SECRET).keyFor("event bus of points"));
    var envelope = new Seal.Envelope(true, ADDRESS, "", SENDER);
    return frame(ADDRESS, seal.seal(7, envelope, Seal.Body.of(body)), body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u007f\u00ff\u00ff\u00ff", // a frame of 2 GiB
        "\u00ff\u00ff\u00ff\u00ff", // of -1 byte
        "\0\u0010\0\u0001", // one byte more than any has
        "\0\0\0\0",
        "\0\0\0\u0001\u0009",
        "\0\0\0\u0010\u0002\u0009\0\u007f\u00ff\u00ff\u00ffxxxxxxxxx",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
      })
  void bytes_that_are_no_frame_end_the_connection_at_once(String bytes) throws Exception {
    assertThat(isClosedAfter(Buffer.buffer(bytes.getBytes(StandardCharsets.ISO_8859_1)))).isTrue();

    isRefused("malformed", 1);
  }

  @Test
  void silent_and_excess_connections_are_closed() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 80; i++) {
        sockets.add(connect());
      }
      Await.until("connections to be refused", () -> count("connection") >= 16);
      for (Socket socket : sockets) {
        assertThat(isClosed(socket)).isTrue();
      }
      isRefused("connection", 80);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** As after a restart of it, when the others have the connections of its last life no more. */
  @Test
  void a_node_gets_in_though_strangers_hold_all_connections_there_may_be() throws Exception {
    try (SilentStrangers strangers = SilentStrangers.at(port, 80)) {
      Await.until("connections to be refused", () -> count("connection") >= 16);
      Cluster second = start(SECRET, FreePort.next(), FreePort.next(), memberPort);
      try {
        Await.until(
            "the first node to hear the second", () -> node.peers().isResponsive(second.nodeId()));
        Await.until(
            "the second node to hear the first", () -> second.peers().isResponsive(node.nodeId()));
        assertThat(strangers).isNotNull();
      } finally {
        second.close().await(30, SECONDS);
      }
    }
  }

  @Test
  void a_ping_does_not_get_in_before_a_sealed_message_and_does_after_it() throws Exception {
    assertThat(isClosedAfter(PING)).isTrue();
    isRefused("forged", 1);

    try (Socket socket = connect()) {
      socket.getOutputStream().write(recorded().getBytes());
      socket.getOutputStream().write(PING.getBytes());
      assertThat(socket.getInputStream().read()).isNotNegative(); // the answer to it
    }
  }

  @Test
  void nodes_of_different_secrets_do_not_hear_each_other() throws Exception {
    Cluster stranger = start("s".repeat(32), FreePort.next(), FreePort.next(), memberPort);
    try {
      Await.until("two nodes to be there", () -> node.peers().present().size() == 2);
      Await.until("forged messages to be refused", () -> count("forged") > 2);
      assertThat(node.peers().isResponsive(stranger.nodeId())).isFalse();
      assertThat(node.peers().isConverged()).isFalse();
    } finally {
      stranger.close().await(30, SECONDS);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(WAIT_MS_MAX);
    return socket;
  }

  private boolean isClosedAfter(Buffer said) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(said.getBytes());
      return isClosed(socket);
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private void isRefused(String why, int times) throws Exception {
    isCounted(why, times);
    assertThat(handled).hasValue(0);
  }

  private void isCounted(String why, int times) throws Exception {
    Await.until("refusals", () -> count(why) == times);
  }

  private long count(String why) {
    return node.refusals().count(why);
  }

  /** As Vert.x writes it. */
  static Buffer frame(String address, String seal, String body) {
    Buffer frame = Buffer.buffer().appendByte((byte) 2).appendByte((byte) STRING_CODEC);
    frame.appendByte((byte) 0);
    text(frame, address).appendInt(0);
    text(frame, SENDER);
    if (seal.isEmpty()) {
      frame.appendInt(4);
    } else {
      Buffer header = text(text(Buffer.buffer().appendInt(1), Seal.HEADER), seal);
      frame.appendInt(4 + header.length()).appendBuffer(header);
    }
    text(frame, body);
    return Buffer.buffer().appendInt(frame.length()).appendBuffer(frame);
  }

  private static Buffer ping() {
    Buffer ping = Buffer.buffer().appendByte((byte) 2).appendByte((byte) 1).appendByte((byte) 0);
    text(ping, "__vertx_ping").appendInt(0);
    text(ping, SENDER).appendInt(4);
    return Buffer.buffer().appendInt(ping.length()).appendBuffer(ping);
  }

  private static Buffer text(Buffer to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return to.appendInt(bytes.length).appendBytes(bytes);
  }
}
