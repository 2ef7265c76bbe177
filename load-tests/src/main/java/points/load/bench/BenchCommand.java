package points.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import points.load.bench.client.MemberShape;
import points.load.process.HarnessException;

/**
 * The options and the life of a benchmark. The parts that a run has started are ended with the
 * process, the latest first.
 */
abstract class BenchCommand implements Callable<Integer> {
  @Option(names = "--rounds", description = "how often everything is measured (${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(names = "--seconds", description = "length of a measurement (${DEFAULT-VALUE})")
  int seconds;

  @Option(names = "--warm-up", description = "seconds of load before (${DEFAULT-VALUE})")
  int warmUp = 16;

  @Option(names = "--repository", hidden = true, required = true)
  Path repository = Path.of(".");

  /** Set by picocli. */
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();
  private final String name;

  /**
   * @param name of the command, and of its folder for logs and data below {@code target}
   */
  BenchCommand(String name, int seconds) {
    this.name = name;
    this.seconds = seconds;
  }

  /** Ends the process with 0, with 1 after a failure, or with 2 on bad arguments. */
  static void main(BenchCommand command, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          if (failure instanceof HarnessException) {
            failed.getErr().println(command.name + ": " + failure.getMessage());
          } else {
            failure.printStackTrace(failed.getErr());
          }
          return 1;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public final Integer call() throws IOException {
    if (rounds < 1 || seconds < 1 || warmUp < 2) {
      throw new HarnessException("--rounds and --seconds from 1, --warm-up from 2");
    }
    Path scratch = repository.resolve("load-tests/target").resolve(name);
    FileUtils.deleteDirectory(scratch.toFile());
    Files.createDirectories(scratch);
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "end of the benchmark"));
    run(scratch);
    return 0;
  }

  /**
   * Does the run.
   *
   * @param scratch an empty folder for logs and data
   */
  abstract void run(Path scratch) throws IOException;

  /** Closes a thing when the process ends, before all that was given earlier. */
  final <T extends AutoCloseable> T closeAtEnd(T thing) {
    started.push(thing);
    return thing;
  }

  final Duration window() {
    return Duration.ofSeconds(seconds);
  }

  final void enrol(GatewaysUnderTest gateways, MemberShape shape) {
    say("enrolling %d members with %s".formatted(shape.members(), shape.what()));
    gateways.enrol(shape);
  }

  /** Returns a page of its template, with the values that all runs have and with others. */
  final String page(String template, Results results, Map<String, ?> others) {
    Map<String, Object> values = new TreeMap<>(others);
    values.putIfAbsent("date", LocalDate.now(ZoneOffset.UTC));
    values.put("measurements", Tables.measurements(results));
    values.put("rounds", rounds);
    values.put("seconds", seconds);
    values.put("warmUp", warmUp);
    return ResultsPage.fill(template, values);
  }

  final void say(String line) {
    spec.commandLine().getOut().println(line);
  }

  private void closeAll() {
    for (AutoCloseable thing : started) {
      try {
        thing.close();
      } catch (Exception e) {
        spec.commandLine().getErr().println(name + ": could not be ended: " + e.getMessage());
      }
    }
  }
}
