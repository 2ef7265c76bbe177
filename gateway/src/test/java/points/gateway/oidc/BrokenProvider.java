package points.gateway.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** An identity provider that describes itself as it should, and fails where a test wants it to. */
final class BrokenProvider implements AutoCloseable {

  static final String DESCRIPTION = "/.well-known/openid-configuration";
  static final String KEYS = "/keys";
  static final String TOKEN = "/token";

  /** Bytes of an answer that has no end of its own: far more than anybody should read. */
  private static final long ENDLESS_BYTES = 256L << 20;

  /** An answer to one call. */
  interface Answer {
    void to(HttpExchange call) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong sent = new AtomicLong();

  BrokenProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var keys = new JWKSet(new RSAKeyGenerator(2_048).keyID("k").generate().toPublicJWK());
      answers.put(KEYS, json(200, keys.toString()));
    } catch (IOException | JOSEException e) {
      throw new AssertionError(e);
    }
    answers.put(DESCRIPTION, json(200, description().encode()));
    server.setExecutor(threads);
    server.createContext(
        "/",
        call -> {
          try (call) {
            answers.getOrDefault(call.getRequestURI().getPath(), json(404, "{}")).to(call);
          }
        });
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  JsonObject description() {
    return new JsonObject()
        .put("issuer", issuer())
        .put("authorization_endpoint", issuer() + "/authorize")
        .put("token_endpoint", issuer() + TOKEN)
        .put("jwks_uri", issuer() + KEYS);
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  /** Returns how many bytes of an endless answer were sent. */
  long sentBytes() {
    return sent.get();
  }

  static Answer json(int status, String body) {
    return of(status, "application/json", body);
  }

  static Answer of(int status, String type, String body) {
    return call -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      call.getResponseHeaders().add("Content-Type", type);
      call.sendResponseHeaders(status, bytes.length);
      call.getResponseBody().write(bytes);
    };
  }

  /** Says nothing until the provider is closed. */
  Answer silence() {
    return call -> {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Says that more is to come, and ends the connection. */
  static Answer brokenOff() {
    return call -> {
      call.sendResponseHeaders(200, 1_000);
      call.getResponseBody().write('{');
      throw new IOException("broken off, as the test wants it");
    };
  }

  /** Sends a text that goes on and on. */
  Answer endless() {
    return call -> {
      call.getResponseHeaders().add("Content-Type", "application/json");
      call.sendResponseHeaders(200, 0);
      byte[] part = ("{\"x\":\"" + "x".repeat(64 << 10)).getBytes(StandardCharsets.UTF_8);
      try (OutputStream body = call.getResponseBody()) {
        while (sent.get() < ENDLESS_BYTES) {
          body.write(part);
          sent.addAndGet(part.length);
        }
      }
    };
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
