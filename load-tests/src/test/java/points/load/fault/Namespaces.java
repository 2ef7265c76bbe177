package points.load.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program that needs namespaces in a process of its own. */
final class Namespaces {
  /** How a program ended, and what it printed. */
  record Ended(int exit, String output) {}

  private Namespaces() {}

  static Ended run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      System.out.println(output);
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroy();
    }
  }
}
