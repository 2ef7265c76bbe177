package points.load.opening;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import points.load.http.GatewayOptions;
import points.load.http.KeySource;
import points.load.http.Target;
import points.load.http.UnansweredException;
import points.load.progress.Progress;

/**
 * The command line of the import. Exits with 0 when every line was done, with 1 when some were
 * refused, and with 2 when the run could not be done.
 */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Sends a file of opening balances to a points gateway by batches.",
      "Each line is done once: an import that was broken off is resumed by sending the file again."
    },
    footer = {
      "",
      "FILE has a line for each member, as POST /v1/batches takes them.",
      "Exit status: 0 all is done, 1 some lines were refused, 2 the run could not be done."
    })
public final class ImportCommand implements Callable<Integer> {
  private static final int REFUSED = 1;
  private static final int NOT_DONE = 2;
  private static final int CONNECTIONS_MAX = 64;
  private static final int MEMBERS_MAX = 20_000_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "the lines, as POST /v1/batches takes them")
  private @Nullable Path file;

  @Mixin private GatewayOptions options = new GatewayOptions();

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "batches at a time, no more than the gateway takes on (default: ${DEFAULT-VALUE})")
  private int connections = 4;

  @Option(
      names = "--made-up",
      paramLabel = "N",
      description = "instead of FILE: make so many members up, and import them")
  private @Nullable Integer madeUp;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "made up: equal seeds make equal members (default: 1)")
  private @Nullable Long seed;

  @Option(names = "--phones", description = "made up: each member has a phone")
  private boolean phones;

  private final KeySource keys;
  private final PrintWriter out;
  private final PrintStream err;
  private final boolean terminal;

  ImportCommand(KeySource keys, PrintWriter out, PrintStream err, boolean terminal) {
    this.keys = keys;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** The system properties are those of the replay; the script beside the module sets them. */
  public static void main(String[] args) {
    Path keyFile = Path.of(System.getProperty("points.keyFile", "data/bootstrap-key"));
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    var keys = new KeySource(System.getenv(), keyFile);
    boolean terminal = Boolean.getBoolean("points.terminal");
    var command = new ImportCommand(keys, out, System.err, terminal);
    System.exit(commandLine(command).execute(args));
  }

  static CommandLine commandLine(ImportCommand command) {
    return new CommandLine(command)
        .setOut(command.out)
        .setErr(new PrintWriter(command.err, true, Charset.defaultCharset()))
        .setUsageHelpLongOptionsMaxWidth(28);
  }

  @Override
  public Integer call() {
    try {
      return run();
    } catch (IOException | IllegalArgumentException | UnansweredException e) {
      err.println("import: " + e.getMessage());
      return NOT_DONE;
    }
  }

  private int run() throws IOException {
    requireOneSource(); // before the key: what is wrong with the call itself comes first
    String found = keys.key(options.key()).orElse("");
    require(!found.isEmpty(), "no API key: give --key, set POINTS_KEY, or start the gateway");
    require(
        connections >= 1 && connections <= CONNECTIONS_MAX,
        "--connections must be from 1 to " + CONNECTIONS_MAX + ", not " + connections);
    var target = new Target(options.url(), found);
    return file == null ? sendMadeUp(target) : send(target, RecordsFile.read(file, connections));
  }

  /** Nothing is made up unless that was asked for by its own word. */
  private void requireOneSource() {
    require(
        file != null || madeUp != null,
        "name the FILE to import, or make members up by --made-up N");
    require(file == null || madeUp == null, "give either FILE or --made-up, not both");
    require(
        madeUp != null || (seed == null && !phones),
        "--seed and --phones are of members that are made up (--made-up N)");
    require(
        file == null || (Files.isRegularFile(file) && Files.isReadable(file)),
        "there is no file " + file + " that can be read");
    require(
        madeUp == null || (madeUp >= 1 && madeUp <= MEMBERS_MAX),
        "--made-up must be from 1 to " + MEMBERS_MAX + ", not " + madeUp);
  }

  private int sendMadeUp(Target target) throws IOException {
    Path path = Files.createTempFile("openings", ".ndjson");
    try {
      int members = madeUp == null ? 0 : madeUp;
      err.printf("making %,d members up in %s%n", members, path);
      new OpeningGenerator(seed == null ? 1 : seed, members, phones).write(path);
      return send(target, RecordsFile.read(path, connections));
    } finally {
      Files.delete(path);
    }
  }

  private int send(Target target, RecordsFile lines) {
    Vertx vertx = Vertx.vertx();
    var tally = new ImportTally();
    long begun = System.nanoTime();
    try (var progress = Progress.start("members", lines.lines(), err, terminal)) {
      HttpClient client =
          vertx.createHttpClient(
              new HttpClientOptions().setIdleTimeout(0),
              new PoolOptions().setHttp1MaxSize(connections));
      List<Future<Void>> uploads = new ArrayList<>();
      for (int i = 0; i + 1 < lines.cuts().size(); i++) {
        long from = lines.cuts().get(i);
        long to = lines.cuts().get(i + 1);
        var upload =
            new BatchUpload(vertx, client, target, lines.path(), from, to, tally, progress);
        uploads.add(
            Future.future(sent -> vertx.runOnContext(start -> upload.send().onComplete(sent))));
      }
      Future.join(uploads).await();
    } finally {
      report(tally, (System.nanoTime() - begun) / 1e9);
      vertx.close().await();
    }
    return tally.refusedCounts().isEmpty() ? 0 : REFUSED;
  }

  private void report(ImportTally tally, double seconds) {
    out.printf("done          %,12d%n", tally.doneCount());
    out.printf("replayed      %,12d%n", tally.replayedCount());
    tally.refusedCounts().forEach((code, count) -> out.printf("%-13s %,12d%n", code, count));
    out.printf("reconnected   %,12d%n", tally.reconnectedCount());
    out.printf(
        "rate          %,12.0f members/s over %.1f s%n",
        tally.answeredCount() / Math.max(seconds, 1e-9), seconds);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
