package points.load.simulation;

import io.gatling.app.Gatling;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import points.load.http.GatewayOptions;
import points.load.http.UnansweredException;
import points.load.http.UnexpectedAnswerException;

/**
 * The command line of the promotion day. Looks whether it can be held at all, so that a wrong
 * option or an absent gateway is said in one line, and hands over to Gatling, which makes the
 * simulation by itself and so finds the options as system properties.
 */
@Command(
    name = "promotion-day",
    sortOptions = false,
    description = {
      "Reads, accruals and deductions at a steady rate of arrivals, then an audit of every balance."
    },
    footer = {
      "",
      "The report is written to target/gatling in this module.",
      "Exit status: 0 all well, 1 books that disagree or a run that broke off, 2 a call failed or"
          + " was",
      "too slow, 3 the run could not be begun."
    })
public final class PromotionDayCommand implements Callable<Integer> {
  private static final int NOT_BEGUN = 3;

  @Mixin private GatewayOptions options = new GatewayOptions();

  @Option(names = "--rate", paramLabel = "N", description = "calls per second (default: 300)")
  private @Nullable String rate;

  @Option(names = "--seconds", paramLabel = "N", description = "at that rate (default: 60)")
  private @Nullable String seconds;

  @Option(names = "--ramp", paramLabel = "N", description = "seconds to reach it (default: 10)")
  private @Nullable String rampSeconds;

  @Option(names = "--stores", paramLabel = "N", description = "(default: 40)")
  private @Nullable String stores;

  @Option(names = "--members", paramLabel = "N", description = "(default: 1000)")
  private @Nullable String members;

  @Option(
      names = "--hot",
      paramLabel = "PERCENT",
      description = "of all calls on one member (default: 10)")
  private @Nullable String hotPercent;

  @Option(
      names = "--p99",
      paramLabel = "MS",
      description = "99 of 100 calls must be answered sooner (default: 250)")
  private @Nullable String p99Millis;

  @Option(names = "--results", hidden = true, paramLabel = "DIRECTORY")
  private Path results = Path.of("target", "gatling");

  /** Holds the promotion day, or says why not. */
  public static void main(String[] args) {
    int exit = commandLine(new PromotionDayCommand()).execute(args);
    if (exit != 0) {
      System.exit(exit); // Gatling ends with its own
    }
  }

  static CommandLine commandLine(PromotionDayCommand command) {
    CommandLine line = new CommandLine(command).setUsageHelpLongOptionsMaxWidth(28);
    line.getCommandSpec().exitCodeOnInvalidInput(NOT_BEGUN);
    return line;
  }

  @Override
  public Integer call() {
    properties().forEach((name, value) -> System.setProperty("points.promotion." + name, value));
    try (PromotionSetup setup = new PromotionSetup(PromotionPlan.ofThisProcess())) {
      setup.requireGateway();
    } catch (IllegalArgumentException | UnexpectedAnswerException e) {
      return notBegun(String.valueOf(e.getMessage()));
    } catch (UnansweredException e) {
      return notBegun("the gateway does not answer (is it running?): " + e.getMessage());
    }
    Gatling.main(
        new String[] {
          "--simulation", PromotionDay.class.getName(), "--results-folder", results.toString()
        });
    return 0;
  }

  /** The options that were given, as {@link PromotionPlan} finds them. */
  Map<String, String> properties() {
    Map<String, String> given = new TreeMap<>();
    put(given, "url", options.url().toString());
    put(given, "key", options.key().orElse(null));
    put(given, "rate", rate);
    put(given, "seconds", seconds);
    put(given, "rampSeconds", rampSeconds);
    put(given, "stores", stores);
    put(given, "members", members);
    put(given, "hotPercent", hotPercent);
    put(given, "p99Millis", p99Millis);
    return given;
  }

  private static void put(Map<String, String> given, String name, @Nullable String value) {
    Optional.ofNullable(value).ifPresent(it -> given.put(name, it));
  }

  private static int notBegun(String why) {
    System.err.println("promotion-day: " + why);
    return NOT_BEGUN;
  }
}
