package points.load.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bare server as a process of its own, with the JVM flags of the gateway. */
final class BareProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private BareProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param answer status line, headers and body as the gateway sent them
   * @param loops event loops that serve
   */
  static BareProcess start(Path scratch, List<String> jvmFlags, String answer, int loops) {
    try {
      Path file = Files.writeString(scratch.resolve("balance-answer.http"), answer);
      int port = Ports.free();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmFlags);
      command.addAll(List.of("-Dlogback.configurationFile=points/load/logback.xml"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(BareServer.class.getName(), "" + port, file.toString(), "" + loops));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(scratch.resolve("bare-server.log").toFile())
              .start();
      BareProcess started = new BareProcess(process, port);
      try {
        Ports.awaitListening(started.address(), process);
      } catch (BenchmarkFailure e) {
        started.close();
        throw e;
      }
      return started;
    } catch (IOException e) {
      throw new BenchmarkFailure("the bare server cannot be started: " + e.getMessage(), e);
    }
  }

  InetSocketAddress address() {
    return Ports.onThisMachine(port);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
