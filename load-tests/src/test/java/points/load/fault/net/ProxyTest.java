package points.load.fault.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.load.fault.net.Proxy.Afterwards;

/**
 * Between a client that talks like a gateway and a server that answers everything with one byte.
 */
@Timeout(30)
class ProxyTest {
  private static final String START = "startup, application_name points-lane";
  private static final String BATCH = "B" + "x".repeat(500);
  private static final String SHORT = "Bx";

  private final ServerSocket server = listen();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final Proxy proxy =
      Proxy.open(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
  private final Socket client = new Socket();

  ProxyTest() throws IOException {}

  @BeforeEach
  void connect_a_lane() throws Exception {
    Thread answering = new Thread(this::answer, "answers");
    answering.setDaemon(true);
    answering.start();
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
    client.setSoTimeout(300);
    assertAnswered(START);
  }

  @AfterEach
  void close_everything() throws IOException {
    client.close();
    proxy.close();
    server.close();
  }

  @Test
  void everything_passes_until_answers_are_to_be_swallowed() throws Exception {
    assertAnswered(BATCH);
    assertAnswered(SHORT);
    assertThat(proxy.swallowed()).isZero();
  }

  @Test
  void a_batch_arrives_and_its_answer_does_not() throws Exception {
    proxy.swallow(1, Afterwards.CLOSED);
    send(BATCH);
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    assertThat(proxy.swallowed()).isEqualTo(1);
  }

  @Test
  void a_connection_may_stay_open_in_silence() throws Exception {
    proxy.swallow(1, Afterwards.SILENT);
    send(BATCH);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    send(SHORT);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void a_message_that_is_no_batch_is_answered_even_while_answers_are_swallowed() throws Exception {
    proxy.swallow(1, Afterwards.CLOSED);
    assertAnswered(SHORT);
    assertThat(proxy.swallowed()).isZero();
  }

  @Test
  void a_connection_that_is_no_lane_is_answered_even_while_answers_are_swallowed()
      throws Exception {
    proxy.swallow(1, Afterwards.CLOSED);
    try (Socket reader = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      reader.getOutputStream().write("startup of another".getBytes(StandardCharsets.US_ASCII));
      assertThat(reader.getInputStream().read()).isEqualTo('!');
      reader.getOutputStream().write(BATCH.getBytes(StandardCharsets.US_ASCII));
      assertThat(reader.getInputStream().read()).isEqualTo('!');
    }
  }

  private void assertAnswered(String text) throws IOException, InterruptedException {
    send(text);
    assertThat(client.getInputStream().read()).isEqualTo('!');
  }

  /** Sends, and waits until it has arrived. */
  private void send(String text) throws IOException, InterruptedException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo(text);
  }

  private void answer() {
    while (true) {
      try {
        Socket connection = server.accept();
        Thread serving = new Thread(() -> serve(connection), "serves");
        serving.setDaemon(true);
        serving.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    byte[] bytes = new byte[4_096];
    try (connection) {
      for (int n = connection.getInputStream().read(bytes);
          n >= 0;
          n = connection.getInputStream().read(bytes)) {
        received.add(new String(bytes, 0, n, StandardCharsets.US_ASCII));
        connection.getOutputStream().write('!');
      }
    } catch (IOException e) {
      // The proxy has closed it.
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }
}
