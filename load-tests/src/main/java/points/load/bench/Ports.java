package points.load.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ports of this machine. */
final class Ports {
  private static final Duration START_TIME_MAX = Duration.ofSeconds(20);

  private Ports() {}

  /** Where a server on this machine is reached. */
  static InetSocketAddress onThisMachine(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A port nobody listens on at the moment. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchmarkFailure("no free port", e);
    }
  }

  /** Waits until a process that was just started takes connections. */
  static void awaitListening(InetSocketAddress address, Process process) {
    long giveUpAt = System.nanoTime() + START_TIME_MAX.toNanos();
    while (!takesConnections(address)) {
      if (!process.isAlive() || System.nanoTime() - giveUpAt > 0) {
        throw new BenchmarkFailure("nothing came up on port " + address.getPort());
      }
      pause();
    }
  }

  /** A tenth of a second. */
  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }

  private static boolean takesConnections(InetSocketAddress address) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
