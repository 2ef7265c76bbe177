package points.load.bench.process;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server without a router that gives one answer of the gateway to every request.
 *
 * <p>It shows the limit of the gateway's reads. It runs as a process of its own, with the JVM flags
 * of the gateway.
 */
public final class BareServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private BareServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param answer that the gateway gave, to be given again
   * @param loops event loops that serve
   */
  public static BareServer start(
      Path scratch, List<String> jvmFlags, HttpResponse<String> answer, int loops) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(List.of("-Dlogback.configurationFile=points/load/logback.xml"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BareServer.class.getName(), Integer.toString(loops)));
    try {
      Path log = scratch.resolve("bare-server.log");
      Process process =
          new ProcessBuilder(command).redirectError(Redirect.to(log.toFile())).start();
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(json(answer).encode());
      }
      String port = process.inputReader().readLine();
      if (port == null) {
        throw new BenchmarkException("the bare server did not start, see " + log);
      }
      return new BareServer(process, Integer.parseInt(port));
    } catch (IOException e) {
      throw new BenchmarkException("the bare server cannot be started", e);
    }
  }

  /** Serves the answer on standard input until the process is ended; prints its port. */
  public static void main(String[] arguments) throws IOException {
    String answer = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(
        serve(Vertx.vertx(), Integer.parseInt(arguments[0]), new JsonObject(answer)).await());
  }

  /** Returns the port on which an answer is served. */
  static Future<Integer> serve(Vertx vertx, int loops, JsonObject answer) {
    int port = GatewayProcess.freePort();
    var options = new DeploymentOptions().setInstances(loops);
    return vertx.deployVerticle(() -> new Verticle(port, answer), options).map(deployed -> port);
  }

  /** Takes apart an answer; the length is left out, because every server writes it by itself. */
  static JsonObject json(HttpResponse<String> answer) {
    JsonObject headers = new JsonObject();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    headers.fieldNames().removeIf("content-length"::equalsIgnoreCase);
    return new JsonObject()
        .put("status", answer.statusCode())
        .put("headers", headers)
        .put("body", answer.body());
  }

  /** Returns the length of an answer on the wire, status line and headers included. */
  public static int length(HttpResponse<String> answer) {
    int length = "HTTP/1.1 200 OK\r\n\r\n".length() + answer.body().length();
    for (var header : answer.headers().map().entrySet()) {
      for (String value : header.getValue()) {
        length += (header.getKey() + ": " + value + "\r\n").length();
      }
    }
    return length;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static final class Verticle extends VerticleBase {
    private final int port;
    private final int status;
    private final List<String[]> headers = new ArrayList<>();
    private final String body;

    Verticle(int port, JsonObject answer) {
      this.port = port;
      status = answer.getInteger("status");
      body = answer.getString("body");
      for (Map.Entry<String, Object> it : answer.getJsonObject("headers")) {
        headers.add(new String[] {it.getKey(), (String) it.getValue()});
      }
    }

    @Override
    public Future<HttpServer> start() {
      return vertx.createHttpServer().requestHandler(this::reply).listen(port, "127.0.0.1");
    }

    private void reply(HttpServerRequest request) {
      HttpServerResponse response = request.response().setStatusCode(status);
      headers.forEach(header -> response.putHeader(header[0], header[1]));
      response.end(body);
    }
  }
}
