package points.load.replay;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import points.load.concurrent.KeyOrderedExecutor;
import points.load.http.Gateway;
import points.load.http.GatewayOptions;
import points.load.http.KeySource;
import points.load.http.RetryPolicy;
import points.load.http.Target;
import points.load.http.UnansweredException;
import points.load.http.UnexpectedAnswerException;
import points.load.model.book.RuleBook;
import points.load.replay.posting.ProgramMismatchException;
import points.load.replay.program.OwnProgram;
import points.load.replay.program.Program;
import points.load.replay.program.ProgramClient;
import points.load.replay.receipt.ChainPlan;
import points.load.replay.receipt.InvalidReceiptException;
import points.load.replay.receipt.Receipt;
import points.load.replay.receipt.ReceiptsOfToday;
import points.load.replay.refund.RefundPlan;

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
  private static final long RATE_MAX = 100_000;

  /** A change of the program's validity before the run. */
  enum ValidityChange {
    keep,
    never
  }

  @ArgGroup(multiplicity = "1")
  private ReceiptSource source = new ReceiptSource();

  @Mixin private GatewayOptions options = new GatewayOptions();

  @Mixin private RuleBookOptions ruleBook = new RuleBookOptions();

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
          "never: first change the program so that points never expire, and old receipts keep"
              + " theirs (default: ${DEFAULT-VALUE}); only before the program has members")
  private ValidityChange validity = ValidityChange.keep;

  @Option(
      names = "--own-program",
      description =
          "post to the program \"replay\", whose points never expire and whose stores take back"
              + " what others sold; made when there is none, which needs an operator's key")
  private boolean ownProgram;

  @Option(
      names = "--anyway",
      description = "post receipts that do not fit the program, or are older than its validity")
  private boolean anyway;

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
      names = "--today",
      description =
          "move the receipts to the day that is under way, between midnight and now, with numbers"
              + " of their own; each such run posts new ones")
  private boolean today;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "post N receipts a second at most, 1 to 100000 (default: as fast as it goes)")
  private long rate = RATE_MAX;

  @Option(
      names = "--figures",
      description =
          "then compare the gateway's figures with the receipts, store by store; for a program to"
              + " which nobody else posts")
  private boolean figures;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "equal seeds make up equal receipts, and refund the same of receipts"
              + " (default: ${DEFAULT-VALUE})")
  private long seed = 1;

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
   * Runs the command with system properties set by the script beside the module.
   *
   * <p>They are {@code points.keyFile} (a path) and {@code points.terminal} (whether the standard
   * error is a terminal).
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
    } catch (InvalidReceiptException e) {
      return notDone(source + ": " + e.getMessage());
    } catch (IOException e) {
      return notDone("cannot read " + e.getMessage());
    } catch (ProgramMismatchException e) {
      return notDone(
          e.getMessage()
              + ". Nothing was posted: post to a program of their own by --own-program, or"
              + " --anyway.");
    } catch (IllegalArgumentException | UnexpectedAnswerException e) {
      return notDone(String.valueOf(e.getMessage()));
    } catch (UnansweredException e) {
      return notDone("the gateway does not answer (is it running?): " + e.getMessage());
    }
  }

  private int run() throws IOException {
    String found = keys.key(options.key()).orElse("");
    Path keyFile = keys.file().toAbsolutePath().normalize();
    require(
        !found.isEmpty(),
        "no API key: give --key, set POINTS_KEY, or start the gateway (" + keyFile + ")");
    require(
        inFlight >= 1 && inFlight <= 10_000,
        "--in-flight must be from 1 to 10000, not " + inFlight);
    require(limit >= 1, "--limit must be at least 1, not " + limit);
    require(refunds >= 0 && refunds <= 1, "--refunds must be from 0 to 1, not " + refunds);
    require(rate >= 1 && rate <= RATE_MAX, "--rate must be from 1 to 100000, not " + rate);
    Target target = new Target(options.url(), found);
    List<Receipt> receipts =
        source.receipts(seed, ruleBook.category()).stream().limit(limit).toList();
    ReplayReport report =
        ruleBook.isAskedFor() ? byRuleBook(target, receipts) : replay(target, receipts);
    report.print(out);
    return report.clean() ? 0 : MISMATCHES;
  }

  private ReplayReport byRuleBook(Target target, List<Receipt> receipts) throws IOException {
    require(
        !today && !figures && !ownProgram && validity == ValidityChange.keep,
        "--rule-book goes with no --today, --figures, --own-program or --validity");
    JsonObject document = ruleBook.document();
    require(
        Stream.of("tiers", "growth", "budgets").noneMatch(document::containsKey),
        "the replay reckons by no rule book that has tiers, growth or budgets");
    RefundPlan planned = RefundPlan.of(receipts, refunds, seed).elsewhere(receipts);
    RuleBookOptions.Run run =
        new RuleBookOptions.Run(
            document,
            RuleBook.read(document, ChainPlan.ZONE),
            planned,
            new RuleBookReplay.Display(err, terminal));
    return RuleBookOptions.replay(run, ruleBook.clock(), target, inFlight, receipts);
  }

  /** One loop for two processors: the gateway and its database want the others. */
  private ReplayReport replay(Target target, List<Receipt> chosen) {
    int loops = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    try (Gateway given = new Gateway(vertx, target, 1, RetryPolicy.LONG)) {
      Target used = ownProgram ? new Target(options.url(), OwnProgram.key(given)) : target;
      return replay(vertx, loops, used, chosen);
    } finally {
      vertx.close().await();
    }
  }

  private ReplayReport replay(Vertx vertx, int loops, Target target, List<Receipt> source) {
    try (Gateway gateway = new Gateway(vertx, target, inFlight, RetryPolicy.LONG)) {
      List<Receipt> chosen = today ? ofToday(gateway, source) : source;
      KeyOrderedExecutor tills = KeyOrderedExecutor.open(vertx, loops, inFlight).await();
      RefundPlan planned = RefundPlan.of(chosen, refunds, seed);
      Replay.Order order =
          new Replay.Order(
              ownProgram || validity == ValidityChange.never,
              anyway,
              ownProgram ? planned.elsewhere(chosen) : planned,
              rate,
              figures,
              terminal);
      return new Replay(gateway, tills, order, err).run(chosen);
    }
  }

  private static List<Receipt> ofToday(Gateway gateway, List<Receipt> receipts) {
    Program program = new ProgramClient(gateway).program().await();
    return ReceiptsOfToday.of(receipts, program.zone(), Instant.now());
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
