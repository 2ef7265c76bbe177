package points.load.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs programs of the system, and waits for what they bring about. */
public final class Shell {
  private static final Duration POLL = Duration.ofMillis(50);

  /** Lines shown of what a program printed before it failed. */
  private static final int LINES_SHOWN = 20;

  private Shell() {}

  /** Runs a program to its end and returns its output; fails unless it succeeds. */
  public static String run(String... command) {
    return run(List.of(command));
  }

  /** Runs a program to its end and returns its output; fails unless it succeeds. */
  public static String run(List<String> command) {
    return run(command, Map.of());
  }

  /**
   * Runs a program to its end and returns its output; fails unless it succeeds.
   *
   * @param environment variables besides those of this process
   */
  public static String run(List<String> command, Map<String, String> environment) {
    String shown = String.join(" ", command);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exit = awaitEnd(process);
      if (exit != 0) {
        String beginning = output.lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
        throw new HarnessException("`%s` ended with %d: %s".formatted(shown, exit, beginning));
      }
      return output;
    } catch (IOException e) {
      throw new HarnessException("cannot run `" + shown + "`", e);
    }
  }

  /** Waits until a condition holds; fails with a message when it does not within a time. */
  public static void await(Supplier<String> failure, Duration within, BooleanSupplier condition) {
    long giveUpAt = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - giveUpAt > 0) {
        throw new HarnessException(failure.get());
      }
      pause(POLL);
    }
  }

  /** Waits until a process has ended, and returns its exit code. */
  public static int awaitEnd(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }

  /** Waits for a time, unless the thread is interrupted. */
  public static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }
}
