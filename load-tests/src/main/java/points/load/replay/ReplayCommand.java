package points.load.replay;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import points.load.http.Gateway;
import points.load.http.KeySource;
import points.load.http.Patience;
import points.load.http.Target;
import points.load.http.UnansweredException;
import points.load.http.UnexpectedAnswerException;
import points.load.tills.Tills;

/**
 * The command line of the replay. Exits with 0 when the gateway's books agree with the receipts,
 * with 1 when they do not, and with 2 when the run could not be done: bad usage, a file that cannot
 * be understood, a gateway that cannot be reached or a key that may not set a chain up.
 */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Posts receipts to a points gateway and checks every member's balance against them.",
      "Posting the same receipts again changes nothing."
    },
    footer = {
      "",
      "Columns of FILE: receipt_id, member_id, store_id, sold_at, product_id,",
      "department, category, quantity, amount_cents, discount_cents.",
      "Exit status: 0 all agrees, 1 mismatches, 2 the run could not be done."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final int MISMATCHES = 1;
  private static final int NOT_DONE = 2;

  /** What to do with the program's validity before the run. */
  enum ValidityChange {
    keep,
    never
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "receipts as CSV, plain or gzip; without it receipts are made up")
  private @Nullable Path file;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the gateway (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "an admin's API key (default: POINTS_KEY, else the key file of a gateway started from this"
              + " directory tree)")
  private @Nullable String key;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "receipts under way at a time, 1 to 10000 (default: ${DEFAULT-VALUE})")
  private int inFlight = 256;

  @Option(names = "--limit", paramLabel = "N", description = "only the first N receipts")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--validity",
      paramLabel = "keep|never",
      description =
          "never: first change the program so that points never expire, and old receipts keep theirs"
              + " (default: ${DEFAULT-VALUE})")
  private ValidityChange validity = ValidityChange.keep;

  @Option(
      names = "--refunds",
      arity = "0..1",
      fallbackValue = "0.05",
      paramLabel = "SHARE",
      description =
          "refund a share of the receipts in parts, some before their sale; 0 to 1"
              + " (${FALLBACK-VALUE} when not given)")
  private double refunds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "equal seeds make up equal receipts, and refund the same of receipts"
              + " (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--receipts",
      paramLabel = "N",
      description = "made up: how many (default: ${DEFAULT-VALUE})")
  private int receipts = 50_000;

  @Option(
      names = "--stores",
      paramLabel = "N",
      description = "made up: of how many stores (default: ${DEFAULT-VALUE})")
  private int stores = 40;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "made up: of how many members (default: ${DEFAULT-VALUE})")
  private int members = 5_000;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "made up: of the 30 days before this one (default: today)")
  private LocalDate until = LocalDate.now(ChainPlan.ZONE);

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  private final KeySource keys;
  private final PrintWriter out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * @param terminal whether {@code err} shows a progress bar well
   */
  ReplayCommand(KeySource keys, PrintWriter out, PrintStream err, boolean terminal) {
    this.keys = keys;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * The system properties {@code points.keyFile} (a path) and {@code points.terminal} (whether the
   * standard error is a terminal) are set by the script beside the module.
   */
  public static void main(String[] args) {
    Path keyFile = Path.of(System.getProperty("points.keyFile", "data/bootstrap-key"));
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    KeySource keys = new KeySource(System.getenv(), keyFile);
    boolean terminal = Boolean.getBoolean("points.terminal");
    System.exit(commandLine(new ReplayCommand(keys, out, System.err, terminal)).execute(args));
  }

  static CommandLine commandLine(ReplayCommand command) {
    return new CommandLine(command)
        .setOut(command.out)
        .setErr(new PrintWriter(command.err, true, Charset.defaultCharset()))
        .setUsageHelpLongOptionsMaxWidth(28);
  }

  @Override
  public Integer call() {
    try {
      return run();
    } catch (BadReceiptException e) {
      return notDone(file + ": " + e.getMessage());
    } catch (IOException e) {
      return notDone("cannot read " + e.getMessage());
    } catch (IllegalArgumentException | UnexpectedAnswerException e) {
      return notDone(String.valueOf(e.getMessage()));
    } catch (UnansweredException e) {
      return notDone("the gateway does not answer (is it running?): " + e.getMessage());
    }
  }

  private int run() throws IOException {
    String found = keys.key(Optional.ofNullable(key)).orElse("");
    Path keyFile = keys.file().toAbsolutePath().normalize();
    require(
        !found.isEmpty(),
        "no API key: give --key, set POINTS_KEY, or start the gateway (" + keyFile + ")");
    require(
        inFlight >= 1 && inFlight <= 10_000,
        "--in-flight must be from 1 to 10000, not " + inFlight);
    require(limit >= 1, "--limit must be at least 1, not " + limit);
    require(refunds >= 0 && refunds <= 1, "--refunds must be from 0 to 1, not " + refunds);
    Target target = new Target(url, found);
    List<Receipt> chosen = receipts();
    if (validity == ValidityChange.never) {
      err.println("Points of this program never expire from now on.");
    }
    Report report = replay(target, chosen.stream().limit(limit).toList());
    report.print(out);
    return report.clean() ? 0 : MISMATCHES;
  }

  private List<Receipt> receipts() throws IOException {
    return file == null
        ? SeededReceipts.of(new ChainPlan(stores, members, receipts, seed, until))
        : ReceiptsFile.read(file);
  }

  /** One loop for two processors: the gateway and its database want the others. */
  private Report replay(Target target, List<Receipt> chosen) {
    int loops = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    try (Gateway gateway = new Gateway(vertx, target, inFlight, Patience.LONG)) {
      Tills tills = Tills.open(vertx, loops, inFlight).await();
      Replay.Order order =
          new Replay.Order(
              validity == ValidityChange.never, RefundPlan.of(chosen, refunds, seed), terminal);
      return new Replay(gateway, tills, order, err).run(chosen);
    } finally {
      vertx.close().await();
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private int notDone(String why) {
    err.println("replay: " + why);
    return NOT_DONE;
  }
}
