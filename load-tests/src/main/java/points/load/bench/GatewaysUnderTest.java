package points.load.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import points.load.bench.client.Load;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Opening;
import points.load.bench.client.Population;
import points.load.bench.client.Workload;
import points.load.bench.process.BenchmarkException;
import points.load.bench.process.GatewayProcess;
import points.load.bench.process.Postgres;
import points.load.bench.process.ProcessorTime;

/** One gateway, or several that serve the same members, with the PostgreSQL behind them. */
final class GatewaysUnderTest {
  private static final int OPENING_CONNECTIONS = 64;
  private static final Duration OPENING_TIME_MAX = Duration.ofMinutes(5);

  private final List<GatewayProcess> nodes;
  private final Postgres postgres;
  private final long postmaster;
  private final String run = "b" + Long.toString(Instant.now().getEpochSecond(), 36);

  GatewaysUnderTest(List<GatewayProcess> nodes, Postgres postgres) {
    this.nodes = List.copyOf(nodes);
    this.postgres = postgres;
    this.postmaster = postgres.postmaster();
  }

  List<GatewayProcess> nodes() {
    return nodes;
  }

  /** Returns the members of a shape, which no other run uses. */
  Population population(MemberShape shape) {
    GatewayProcess first = nodes.get(0);
    return Population.of(first.authority(), first.apiKey(), run, shape);
  }

  /** Makes the stores and members of a shape. */
  void enrol(MemberShape shape) {
    BenchCommand.say("enrolling %d members with %s".formatted(shape.members(), shape.what()));
    GatewayProcess first = nodes.get(0);
    Population population = population(shape);
    for (int number = 0; number < shape.stores(); number++) {
      String json =
          "{\"storeId\":\"%s\",\"name\":\"Store %d\"}"
              .formatted(population.storeId(number), number);
      var answer = first.post("/v1/stores", UUID.randomUUID().toString(), json);
      if (answer.statusCode() != 201) {
        throw new BenchmarkException("no store could be made: " + answer.body());
      }
    }
    Load load = new Load(List.of(first.address()), () -> use(first.pid()));
    for (Opening opening : Opening.of(population)) {
      Measurement opened = load.run(OPENING_CONNECTIONS, opening::source, OPENING_TIME_MAX);
      if (opened.written() != opening.requests()) {
        throw new BenchmarkException("not all members could be enrolled in time");
      }
    }
  }

  /**
   * Measures a workload, whose connections are shared out evenly over the nodes. Fails unless
   * PostgreSQL then has exactly as many more entries as were acknowledged.
   */
  Measurement measure(Workload workload, MemberShape shape, int connections, Duration window) {
    Population population = population(shape);
    Load load =
        new Load(
            nodes.stream().map(GatewayProcess::address).toList(),
            () -> use(nodes.stream().mapToLong(GatewayProcess::pid).toArray()));
    long before = postgres.entriesOfGateway();
    Measurement measured = load.run(connections, () -> workload.source(population), window);
    requireWritten("the gateway", measured.written(), postgres.entriesOfGateway() - before);
    return measured;
  }

  /** Returns the processor time of servers, of PostgreSQL and of this process so far. */
  ProcessorTime use(long... servers) {
    return new ProcessorTime(
        LongStream.of(servers).map(ProcessorTime::ofProcess).sum(),
        ProcessorTime.ofFamily(postmaster),
        ProcessorTime.ofProcess(ProcessHandle.current().pid()));
  }

  static void requireWritten(String who, long acknowledged, long written) {
    if (acknowledged != written) {
      throw new BenchmarkException(
          "%s acknowledged %d entries and PostgreSQL has %d more than before"
              .formatted(who, acknowledged, written));
    }
  }
}
