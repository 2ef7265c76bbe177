package points.cluster.bus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import points.cluster.fixture.Await;

/** Connections to a port that say nothing. One that is closed is opened again at once. */
final class SilentStrangers implements AutoCloseable {

  private final InetSocketAddress address;
  private final List<SocketChannel> connections = new ArrayList<>();
  private final Thread thread = new Thread(this::hold, "silent-strangers");
  private volatile boolean over;

  private SilentStrangers(InetSocketAddress address) {
    this.address = address;
  }

  static SilentStrangers at(int port, int count) throws IOException {
    var strangers =
        new SilentStrangers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    for (int i = 0; i < count; i++) {
      strangers.connections.add(strangers.connect());
    }
    strangers.thread.start();
    return strangers;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel connection = SocketChannel.open(address);
    connection.configureBlocking(false);
    return connection;
  }

  private void hold() {
    try {
      while (!over) {
        for (int i = 0; i < connections.size(); i++) {
          if (isClosed(connections.get(i))) {
            connections.get(i).close();
            connections.set(i, connect());
          }
        }
        Await.letPass("a stranger's time before it looks again", Duration.ofMillis(10));
      }
    } catch (IOException e) {
      // the port is closed: the test is over
    }
  }

  private static boolean isClosed(SocketChannel connection) {
    try {
      return connection.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the connections are closed all the same
    }
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }
}
