package points.load.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gateway that answers, and the PostgreSQL behind it.
 *
 * @param address of the API
 * @param apiKey one that may make stores, accrue, deduct and read
 */
record RunningGateway(InetSocketAddress address, String apiKey, PgUri postgres) {
  private static final List<String> DECISIVE = List.of("-X", "-Dio.netty.", "-Dvertx.");
  private static final int DEFAULT_PORT = 80;

  /** One that somebody else started on this machine. */
  static RunningGateway at(URI url, String apiKey, PgUri postgres) {
    int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
    try {
      InetAddress first = InetAddress.getAllByName(url.getHost())[0];
      return new RunningGateway(new InetSocketAddress(first, port), apiKey, postgres);
    } catch (UnknownHostException e) {
      throw new BenchmarkFailure("no such host: " + url.getHost(), e);
    }
  }

  /** Where a gateway that brought its own PostgreSQL left the way into it. */
  static PgUri postgresIn(Path dataDirectory) {
    Path folder = dataDirectory.resolve("postgres");
    try {
      String port = Files.readString(folder.resolve("port")).strip();
      String password = Files.readString(folder.resolve("password")).strip();
      return new PgUri("127.0.0.1", Integer.parseInt(port), "points", password, "points");
    } catch (IOException e) {
      throw new BenchmarkFailure("no PostgreSQL of the gateway's own in " + folder, e);
    }
  }

  String authority() {
    return address.getHostString() + ":" + address.getPort();
  }

  /** The process that serves the API. */
  long pid() {
    return ListeningProcess.on(address.getPort());
  }

  /** Flags that decide how its virtual machine runs: memory, collector, compiler, network. */
  List<String> jvmFlags() {
    Path file = Path.of("/proc", Long.toString(pid()), "cmdline");
    try {
      return Stream.of(Files.readString(file).split("\0", -1))
          .takeWhile(argument -> !argument.equals("-jar"))
          .filter(argument -> DECISIVE.stream().anyMatch(argument::startsWith))
          .filter(argument -> !argument.contains("/"))
          .toList();
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot see how the gateway was started", e);
    }
  }

  @Override
  public String toString() {
    return "gateway at " + authority();
  }
}
