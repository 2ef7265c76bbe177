package points.load.bench.process;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.load.process.HarnessException;

/**
 * A server without a router that gives one answer of the gateway to every request. It runs in a
 * process of its own with the gateway's JVM flags, and shows the limit of the gateway's reads.
 *
 * @param address at which it listens
 */
public record BareServer(Process process, InetSocketAddress address) implements AutoCloseable {

  /**
   * Starts it and waits until it listens.
   *
   * @param answer that the gateway gave, to be given again
   * @param loops event loops that serve
   */
  public static BareServer start(
      Path scratch, List<String> jvmFlags, HttpResponse<String> answer, int loops)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.add("-Dlogback.configurationFile=points/load/logback.xml");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BareServer.class.getName(), "" + loops, json(answer).encode()));
    Path log = scratch.resolve("bare-server.log");
    Process process = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile())).start();
    String port = process.inputReader().readLine();
    if (port == null) {
      throw new HarnessException("the bare server did not start, see " + log);
    }
    InetAddress host = InetAddress.getLoopbackAddress();
    return new BareServer(process, new InetSocketAddress(host, Integer.parseInt(port)));
  }

  /** Serves an answer by so many event loops until the process is ended; prints its port. */
  public static void main(String[] arguments) {
    int loops = Integer.parseInt(arguments[0]);
    System.out.println(serve(Vertx.vertx(), loops, new JsonObject(arguments[1])).await());
  }

  /** Returns the port on which an answer is served. */
  static Future<Integer> serve(Vertx vertx, int loops, JsonObject answer) {
    int port = MeasuredGateway.freePort();
    int status = answer.getInteger("status");
    String body = answer.getString("body");
    Map<String, String> headers = new TreeMap<>();
    answer.getJsonObject("headers").forEach(it -> headers.put(it.getKey(), (String) it.getValue()));
    return vertx
        .deployVerticle(
            () ->
                context ->
                    vertx
                        .createHttpServer()
                        .requestHandler(
                            request -> {
                              HttpServerResponse response = request.response();
                              headers.forEach(response.setStatusCode(status)::putHeader);
                              response.end(body);
                            })
                        .listen(port, "127.0.0.1"),
            new DeploymentOptions().setInstances(loops))
        .map(deployed -> port);
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
    return "HTTP/1.1 200 OK\r\n\r\n".length()
        + answer.body().length()
        + answer.headers().map().entrySet().stream()
            .flatMap(header -> header.getValue().stream().map(it -> header.getKey() + ": " + it))
            .mapToInt(line -> line.length() + "\r\n".length())
            .sum();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
