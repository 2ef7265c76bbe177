package points.load.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An HTTP server that does nothing but answer: the same headers and the same body to whatever is
 * asked, by no router. What the gateway's reads are measured against. A process of its own; its
 * arguments are the port, the file that holds the answer, and the number of event loops that serve.
 */
public final class BareServer {
  private BareServer() {}

  /** Serves until the process is ended. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    Answer answer = Answer.parse(Files.readString(Path.of(arguments[1])));
    int loops = Integer.parseInt(arguments[2]);
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(
            () -> new Verticle(port, answer), new DeploymentOptions().setInstances(loops))
        .onFailure(
            failure -> {
              System.err.println("bare server: " + failure.getMessage());
              System.exit(1);
            });
  }

  private static final class Verticle extends VerticleBase {
    private final int port;
    private final Answer answer;

    Verticle(int port, Answer answer) {
      this.port = port;
      this.answer = answer;
    }

    @Override
    public Future<?> start() {
      return vertx.createHttpServer().requestHandler(this::reply).listen(port, "127.0.0.1");
    }

    private void reply(HttpServerRequest request) {
      HttpServerResponse response = request.response().setStatusCode(answer.status());
      answer.headers().forEach(header -> response.putHeader(header.name(), header.value()));
      response.end(answer.body());
    }
  }
}
