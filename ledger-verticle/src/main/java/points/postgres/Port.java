package points.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The TCP port, kept from start to start so that an address once given to people stays right. */
final class Port {
  /**
   * Below the ports that systems hand out to outgoing connections. There, a client that keeps
   * asking for a server that is down may be given the server's own port, connect to itself, and
   * keep the server from coming back.
   */
  private static final int FIRST = 15_000;

  private static final int LAST = 29_999;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int TRIES = 200;

  private Port() {}

  /** The recorded port if it is free, else another one, which is recorded. */
  static int choose(DataDirectory data) throws IOException {
    Optional<Integer> recorded = recorded(data);
    if (recorded.isPresent() && isFree(recorded.get())) {
      return recorded.get();
    }
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        DataDirectory.write(data.port(), port + "\n");
        return port;
      }
    }
    throw new LocalPostgresException("found no free port from " + FIRST + " to " + LAST);
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Integer> recorded(DataDirectory data) throws IOException {
    try {
      return DataDirectory.firstLine(data.port())
          .map(Integer::valueOf)
          .filter(port -> port > 0 && port < 65_536);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
