package points.load.replay;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import points.load.concurrent.KeyOrderedExecutor;
import points.load.http.Gateway;
import points.load.http.NodeClock;
import points.load.http.RetryPolicy;
import points.load.http.Target;
import points.load.model.book.RuleBook;
import points.load.replay.program.OwnProgram;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.RefundPlan;

/** The options of a run by a rule book. */
final class RuleBookOptions {
  @Option(
      names = "--rule-book",
      paramLabel = "BOOK",
      description =
          "publish the rule book in this file in a program of its own, post the receipts day by"
              + " day with departments as categories, and check all points by rule and line; needs"
              + " --clock and an operator's key")
  private @Nullable Path file;

  @Option(
      names = "--clock",
      paramLabel = "URL",
      description =
          "with --rule-book: the management port of a node that was started with"
              + " POINTS_TEST_CLOCK=true (default: ${DEFAULT-VALUE})")
  private URI clock = URI.create("http://127.0.0.1:9090");

  boolean isAskedFor() {
    return file != null;
  }

  /** The column of a receipts file that says the categories of lines. */
  String category() {
    return isAskedFor() ? "department" : "category";
  }

  /** Reads the document. */
  JsonObject document() throws IOException {
    try {
      return new JsonObject(Files.readString(Objects.requireNonNull(file)));
    } catch (DecodeException e) {
      throw new IllegalArgumentException(file + ": not JSON: " + e.getMessage());
    }
  }

  /**
   * Blocks until the run is over.
   *
   * @param operator the gateway's address and an operator's key
   * @param inFlight calls under way at a time
   */
  static ReplayReport replay(
      Run run, URI clock, Target operator, int inFlight, List<Receipt> receipts) {
    int loops = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    Target management = new Target(clock, operator.key());
    try (Gateway given = new Gateway(vertx, operator, 1, RetryPolicy.LONG);
        Gateway port = new Gateway(vertx, management, 1, RetryPolicy.SHORT)) {
      String key = OwnProgram.key(given, programId(run.document()));
      Target own = new Target(operator.url(), key);
      try (Gateway gateway = new Gateway(vertx, own, inFlight, RetryPolicy.LONG)) {
        KeyOrderedExecutor tills = KeyOrderedExecutor.open(vertx, loops, inFlight).await();
        return new RuleBookReplay(gateway, new NodeClock(port), tills, run.refunds(), run.display())
            .run(receipts, run.document(), run.book());
      }
    } finally {
      vertx.close().await();
    }
  }

  /**
   * A rule book, and how its run is shown.
   *
   * @param document that is published
   * @param book by which members are checked
   */
  record Run(
      JsonObject document, RuleBook book, RefundPlan refunds, RuleBookReplay.Display display) {}

  URI clock() {
    return clock;
  }

  /** Another document gets another program, whose members have no past. */
  private static String programId(JsonObject document) {
    byte[] content = document.encode().getBytes(StandardCharsets.UTF_8);
    return "replay-" + UUID.nameUUIDFromBytes(content).toString().substring(0, 8);
  }
}
