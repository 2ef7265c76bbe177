package points.load.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import points.load.bench.client.Load;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Population;
import points.load.bench.client.RequestMix;
import points.load.bench.client.RequestSource;
import points.load.bench.process.MeasuredGateway;
import points.load.bench.process.PackagedPostgres;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;

/** One gateway, or several that serve the same members, with the PostgreSQL behind them. */
record GatewaysUnderTest(
    List<MeasuredGateway> nodes, PackagedPostgres postgres, long postmaster, String run) {
  private static final int OPENING_CONNECTIONS = 64;
  private static final Duration OPENING_TIME_MAX = Duration.ofMinutes(5);

  GatewaysUnderTest(List<MeasuredGateway> nodes, PackagedPostgres postgres) {
    this(
        List.copyOf(nodes),
        postgres,
        postgres.postmaster(),
        "b" + Long.toString(Instant.now().getEpochSecond(), 36));
  }

  /** Returns the members of a shape, which no other run uses. */
  Population population(MemberShape shape) {
    MeasuredGateway first = nodes.get(0);
    String authority = "127.0.0.1:" + first.address().getPort();
    return new Population(authority, first.apiKey(), run, shape);
  }

  /** Makes the stores and members of a shape. */
  void enrol(MemberShape shape) {
    MeasuredGateway first = nodes.get(0);
    Population population = population(shape);
    for (String store : population.stores()) {
      String json = "{\"storeId\":\"%s\",\"name\":\"Store %s\"}".formatted(store, store);
      var answer = first.post("/v1/stores", UUID.randomUUID().toString(), json);
      if (answer.statusCode() != 201) {
        throw new HarnessException("no store could be made: " + answer.body());
      }
    }
    Load load = new Load(List.of(first.address()), () -> use(first.pid()));
    for (Population.Opening opening : population.openings()) {
      Measurement opened = load.run(OPENING_CONNECTIONS, opening.source(), OPENING_TIME_MAX);
      if (opened.written() != opening.requests()) {
        throw new HarnessException("not all members could be enrolled in time");
      }
    }
  }

  /** Measures a workload, whose connections are shared out evenly over the nodes. */
  Measurement measure(RequestMix workload, MemberShape shape, int connections, Duration window) {
    return measure(workload.source(population(shape)), connections, window);
  }

  /** Measures requests, whose connections are shared out evenly over the nodes. */
  Measurement measure(RequestSource source, int connections, Duration window) {
    Load load =
        new Load(
            nodes.stream().map(MeasuredGateway::address).toList(),
            () -> use(nodes.stream().mapToLong(MeasuredGateway::pid).toArray()));
    long before = postgres.entriesOfGateway();
    Measurement measured = load.run(connections, source, window);
    return measured.requireWritten(postgres.entriesOfGateway() - before);
  }

  /** Returns the processor time of servers, of PostgreSQL and of this process so far. */
  ProcessorTime use(long... servers) {
    return new ProcessorTime(
        LongStream.of(servers).map(ProcessorTime::ofProcess).sum(),
        ProcessorTime.ofFamily(postmaster),
        ProcessorTime.ofProcess(ProcessHandle.current().pid()));
  }
}
