package points.load.fault.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy between one gateway and PostgreSQL that can lose answers. Normally it passes everything
 * on. When it is to swallow an answer, the next batch still reaches PostgreSQL and is committed,
 * but the gateway never receives the answer.
 */
public final class Proxy implements Closeable {
  /** The application name of the connections on which a gateway writes batches. */
  private static final String WRITES = "points-lane";

  /** The least size of a batch; nothing else on such a connection is that long. */
  private static final int BATCH_BYTES_MIN = 400;

  /** The state of a connection after an answer was swallowed. */
  public enum Afterwards {
    /** It is closed at once. */
    CLOSED,
    /** It stays open and passes nothing on any more. */
    SILENT
  }

  private final ServerSocket listening;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger toSwallow = new AtomicInteger();
  private final AtomicInteger swallowed = new AtomicInteger();
  private volatile Afterwards afterwards = Afterwards.CLOSED;

  private Proxy(ServerSocket listening, InetSocketAddress target) {
    this.listening = listening;
    this.target = target;
  }

  /** Listens for the hosts of the network. */
  public static Proxy to(Host host, int port) throws IOException {
    return open(
        new InetSocketAddress(Network.TESTER, 0), new InetSocketAddress(host.address(), port));
  }

  static Proxy open(InetSocketAddress at, InetSocketAddress target) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.bind(at);
    Proxy proxy = new Proxy(listening, target);
    daemon(proxy::accept);
    return proxy;
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Swallows the answers to the next so many batches. */
  public void swallow(int answers, Afterwards then) {
    afterwards = then;
    toSwallow.set(answers);
  }

  /** The number of answers that were swallowed so far. */
  public int swallowed() {
    return swallowed.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(Proxy::close);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    Socket server = new Socket();
    open.add(client);
    open.add(server);
    try {
      server.connect(target, 3_000);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Passage passage = new Passage(client, server);
      daemon(() -> passage.answers());
      passage.requests();
    } catch (IOException e) {
      close(client);
      close(server);
    } finally {
      open.remove(client);
      open.remove(server);
    }
  }

  /** One connection through the proxy. */
  private final class Passage {
    private final Socket client;
    private final Socket server;
    private volatile boolean swallows;

    Passage(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** From the gateway to PostgreSQL. */
    void requests() throws IOException {
      byte[] bytes = new byte[1 << 16];
      boolean writes = false;
      InputStream from = client.getInputStream();
      OutputStream to = server.getOutputStream();
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        if (!writes) {
          writes = new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains(WRITES);
        } else if (isBatch(bytes, count) && toSwallow.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          swallows = true; // before PostgreSQL gets it: no answer can slip through
        }
        to.write(bytes, 0, count);
      }
      close(server);
    }

    /** Messages that bind values begin with B, and no other of them is that long. */
    private boolean isBatch(byte[] bytes, int count) {
      return count >= BATCH_BYTES_MIN && bytes[0] == 'B';
    }

    /** From PostgreSQL to the gateway. */
    void answers() {
      byte[] bytes = new byte[1 << 16];
      try {
        InputStream from = server.getInputStream();
        OutputStream to = client.getOutputStream();
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
          if (!swallows) {
            to.write(bytes, 0, count);
          } else {
            swallowed.incrementAndGet();
            if (afterwards == Afterwards.CLOSED) {
              break;
            }
          }
        }
      } catch (IOException e) {
        // When one side is gone, the other is closed, too.
      }
      close(client);
      close(server);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more can be done.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
