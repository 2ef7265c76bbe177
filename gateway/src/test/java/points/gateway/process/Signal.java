package points.gateway.process;

import java.io.IOException;
import java.util.List;

/** Signals that Java does not send. */
enum Signal {
  STOP,
  CONT;

  void to(List<ProcessHandle> processes) throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      if (process.isAlive()) {
        new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid())).start().waitFor();
      }
    }
  }
}
