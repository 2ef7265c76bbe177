package points.load.fault.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs small programs of the system to their end. */
public final class Shell {
  private Shell() {}

  /**
   * Runs a program, and refuses anything but success.
   *
   * @return what it printed
   */
  public static String run(String... command) {
    return run(List.of(command));
  }

  /** The same. */
  public static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new HarnessException(
            "`%s` ended with %d: %s".formatted(String.join(" ", command), exit, output));
      }
      return output;
    } catch (IOException e) {
      throw new HarnessException("cannot run `" + String.join(" ", command) + "`", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }

  /** Waits for that long, or until the run is given up. */
  public static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }
}
