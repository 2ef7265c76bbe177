package points.gateway.process;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Many connections that send calls with invented API keys, each as fast as it is answered. */
public final class InventedKeys implements AutoCloseable {

  private static final String HEAD = "HTTP/1.1 ";

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client =
      vertx.createNetClient(new NetClientOptions().setConnectTimeout(20_000));
  private final Map<String, AtomicInteger> statuses = new ConcurrentHashMap<>();
  private final AtomicInteger connected = new AtomicInteger();
  private volatile boolean over;

  /** Opens them all at once. */
  public static InventedKeys on(String uri, int connections) {
    var invented = new InventedKeys();
    URI address = URI.create(uri);
    for (int i = 0; i < connections; i++) {
      invented.client.connect(address.getPort(), address.getHost()).onSuccess(invented::send);
    }
    return invented;
  }

  private void send(NetSocket socket) {
    connected.incrementAndGet();
    socket.handler(
        packet -> {
          if (isHead(packet)) {
            String status = packet.getString(HEAD.length(), HEAD.length() + 3);
            statuses.computeIfAbsent(status, it -> new AtomicInteger()).incrementAndGet();
            if (!over) {
              write(socket);
            }
          }
        });
    write(socket);
  }

  /** An answer begins with a packet, in which its body is, or not. */
  private static boolean isHead(Buffer packet) {
    return packet.length() > HEAD.length() + 3 && packet.getString(0, HEAD.length()).equals(HEAD);
  }

  private static void write(NetSocket socket) {
    socket.write(
        """
        POST /v1/accruals HTTP/1.1\r
        Host: gateway\r
        Authorization: Bearer %s\r
        Idempotency-Key: invented\r
        Content-Type: application/json\r
        Content-Length: 2\r
        \r
        {}\
        """
            .formatted(key()));
  }

  /** As new keys look, as old keys look, or as nothing looks. */
  private static String key() {
    byte[] random = new byte[64];
    ThreadLocalRandom.current().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return switch (ThreadLocalRandom.current().nextInt(3)) {
      case 0 -> "pk_" + text.substring(0, 65);
      case 1 -> "pk_" + text.substring(0, 43);
      default -> text.substring(0, 20);
    };
  }

  public int answers(String status) {
    AtomicInteger count = statuses.get(status);
    return count == null ? 0 : count.get();
  }

  public int connected() {
    return connected.get();
  }

  /** How many answers of each status there were. */
  public Map<String, AtomicInteger> statuses() {
    return statuses;
  }

  @Override
  public void close() {
    over = true;
    vertx.close().await();
  }
}
