package points.load.bench.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import points.load.process.HarnessException;

/**
 * Drives many connections by one thread, each with one request under way at a time. It works on
 * plain sockets, because it shares the processors with what it measures.
 */
final class LoadLoop implements Callable<Tally> {
  /** The next connection's number, which no other connection has: order ids are made of it. */
  private static final AtomicLong STREAMS = new AtomicLong();

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long SELECT_MS = 500;

  private final InetSocketAddress server;
  private final int connections;
  private final RequestSource source;
  private final Load.Window window;
  private final Tally tally = new Tally();
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private int underWay;

  LoadLoop(InetSocketAddress server, int connections, RequestSource source, Load.Window window) {
    this.server = server;
    this.connections = connections;
    this.source = source;
    this.window = window;
  }

  @Override
  public Tally call() throws IOException {
    List<Connection> opened = new ArrayList<>(connections);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        opened.add(open(selector));
      }
      for (Connection connection : opened) {
        underWay++;
        ask(connection, System.nanoTime());
      }
      while (underWay > 0) {
        selector.select(this::answered, SELECT_MS);
        if (window.isPastGrace(System.nanoTime())) {
          throw new HarnessException(underWay + " requests were never answered");
        }
      }
    } finally {
      for (Connection connection : opened) {
        connection.channel.close();
      }
    }
    return tally;
  }

  private Connection open(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(channel, STREAMS.getAndIncrement());
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  private void answered(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      in.clear();
      if (connection.channel.read(in) < 0) {
        throw new EOFException("the server closed a connection");
      }
      in.flip();
      if (connection.reader.read(in)) {
        if (in.hasRemaining()) {
          throw new IOException("the server sent more than was asked for");
        }
        long now = System.nanoTime();
        Request asked = Objects.requireNonNull(connection.asked, "an answer without a request");
        tally.count(asked, connection.reader, now - connection.askedAt, window.contains(now));
        ask(connection, now);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(Connection connection, long now) throws IOException {
    Request request = window.isOver(now) ? null : source.next(connection.stream);
    connection.asked = request;
    if (request == null) {
      underWay--;
      return;
    }
    connection.askedAt = now;
    out.clear();
    out.put(request.text().getBytes(StandardCharsets.US_ASCII));
    out.flip();
    connection.channel.write(out);
    if (out.hasRemaining()) {
      // The socket's buffer is empty whenever a connection asks, and far larger than a request.
      throw new IOException("the socket took only a part of a request");
    }
  }

  private static final class Connection {
    private final SocketChannel channel;
    private final long stream;
    private final ResponseReader reader = new ResponseReader();
    private @Nullable Request asked;
    private long askedAt;

    Connection(SocketChannel channel, long stream) {
      this.channel = channel;
      this.stream = stream;
    }
  }
}
