package points.gateway.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A line to the gateway that loses the first answer, refuses the second request with 503, and is
 * good from then on.
 */
final class BadLine implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final String gateway;

  private BadLine(HttpServer server, String gateway) {
    this.server = server;
    this.gateway = gateway;
  }

  static BadLine to(String gateway) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var line = new BadLine(HttpServer.create(address, 0), gateway);
    line.server.createContext("/", line::pass);
    line.server.start();
    return line;
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The requests that came, each as its key and its bytes. */
  List<String> sent() {
    return sent;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      sent.add(key(exchange) + " " + new String(body, UTF_8));
      int number = sent.size();
      if (number == 2) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      HttpResponse<byte[]> answer =
          client.send(request(exchange, body), BodyHandlers.ofByteArray());
      if (number > 1) {
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
      } // else it is closed without an answer
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String key(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Idempotency-Key");
  }

  private HttpRequest request(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : List.of("Authorization", "Content-Type", "Idempotency-Key")) {
      request.header(name, exchange.getRequestHeaders().getFirst(name));
    }
    return request.build();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
