package points.load.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run found, in words and tables. */
record Report(LocalDate date, Method method, Parts parts, Results results) {
  /**
   * How it was measured.
   *
   * @param seconds of each measurement
   * @param warmUp seconds
   * @param answer what a balance read is answered with
   */
  record Method(int rounds, int seconds, int warmUp, int clientThreads, String answer) {}

  /**
   * What was measured with.
   *
   * @param settings of PostgreSQL
   * @param jvmFlags of the gateway and the bare server
   */
  record Parts(
      Machine machine,
      String postgres,
      String pgbench,
      Map<String, String> settings,
      List<String> jvmFlags) {
    Parts(Database database, Pgbench pgbench, List<String> jvmFlags) {
      this(Machine.here(), database.version(), pgbench.version(), database.settings(), jvmFlags);
    }
  }

  private static final String PAGE =
      """
      # Benchmarks

      Written by `load-tests/bench` on %s; a new run writes it anew, except for the section
      "Where the time goes".

      ## Against the demands

      The ratio of each round, then the median over the rounds and their range. A floor or an aim is held
      against the median.

      %s
      ## Where the time goes

      @@kept@@

      ## All figures

      Medians over the rounds. Microseconds are processor time per request: of the gateway or the bare
      server (server), of the postmaster and all of its children (PostgreSQL), and of the load generator
      (client).

      %s
      ## Machine

      %s
      ## Method

      One run on one machine, on which load generator, gateway and PostgreSQL share the processors.
      Rounds: %d. In each, all series come one after the other in the order of the table, so that what
      is compared is measured within the same minutes. A measurement is %d s long, after 1 s that is not
      counted. Before the first round there is load that is not measured: %d s of promotion day, and
      accruals, reads and the bare server besides. All use the same PostgreSQL with the settings above;
      the run refuses a server whose `fsync`, `synchronous_commit` or `full_page_writes` is off. The
      database begins with %s members who have points, and grows during the run.

      - **(a)** `pgbench -M prepared`: one accrual per transaction by a call of a PL/pgSQL function,
        which updates the member, upserts its lot of the day of expiry and inserts the entry under three
        unique keys: member and sequence, idempotency key, store and order. The tables are laid out for
        updates within the page (`load-tests/src/main/resources/points/load/bench/schema.sql`). %s
        members and %d stores, chosen evenly; random keys, and orders that ascend per connection, as in
        (b). Over TCP, like the gateway. The rate is without the first second; the percentiles are
        from one transaction in ten. Writes are held against the best of all (a) of the round.
      - **(b)** `POST /v1/accruals` without lines, and `POST /v1/deductions` of 1 to 9 points with an
        order, each on a member chosen evenly, over HTTP/1.1 with kept connections and one request under
        way in each. Promotion day is 60 %% balance reads, 30 %% accruals and 10 %% deductions.
      - **(c)** `GET /v1/members/{memberId}/balance` against a Vert.x server without a router that sends
        the same status, headers and body (%d bytes in all) to whatever is asked, with %d event loops and
        the JVM flags of the gateway.
      - **(d)** accruals as in (b), all on one member, against members chosen evenly.
      - **(e)** accruals and deductions as in (b), each on one of %d members chosen evenly who have 1,
        12 or 365 open lots of a million points each, of as many days; and on as many who have 1 lot, an
        open hold, stored value and growth besides. That there are fewer members than in (b) makes
        batches cheaper, so (e) is compared with itself only.

      The load generator is %s on plain non-blocking sockets. It works in a closed loop: a
      connection asks again when it was answered. Latencies are therefore those of a system at its limit
      with that many requests under way, from making the request to the last byte of its answer; a stall
      delays the requests that would have come meanwhile, and does not count them. Rates count
      acknowledged requests only. Every answer is checked: 200 or 201, or for a deduction 409 for want of
      points, which does not count for the rate (seen in this run: %d); anything else fails the run.
      After every measurement the entries in PostgreSQL are counted: exactly as many as were
      acknowledged, or the run fails.
      """;

  /** For a terminal. */
  String tables() {
    return Tables.measurements(results) + "\n" + Tables.ratios(Plan.ratios(results));
  }

  /** For the page of results. */
  String page() {
    return PAGE.formatted(
        date,
        Tables.ratios(Plan.ratios(results)),
        Tables.measurements(results),
        facts(),
        method.rounds,
        method.seconds,
        method.warmUp,
        Tables.whole(Plan.MEMBERS),
        Tables.whole(Plan.MEMBERS),
        Plan.STORES,
        method.answer.length(),
        parts.machine.processors(),
        Holdings.MEMBERS,
        method.clientThreads == 1 ? "one thread" : method.clientThreads + " threads",
        refused());
  }

  private long refused() {
    return results.series().stream()
        .flatMap(series -> results.of(series).stream())
        .mapToLong(Measurement::refused)
        .sum();
  }

  private String facts() {
    Machine machine = parts.machine;
    List<List<String>> rows =
        List.of(
            List.of("part", ""),
            List.of("processors", machine.processors() + " × " + machine.model()),
            List.of("memory", machine.memoryMb() + " MB"),
            List.of("Linux", machine.kernel()),
            List.of("Java", machine.java()),
            List.of(
                "JVM flags", parts.jvmFlags.isEmpty() ? "none" : String.join(" ", parts.jvmFlags)),
            List.of("Vert.x", machine.vertx()),
            List.of("PostgreSQL", parts.postgres + "; " + settings()),
            List.of("pgbench", parts.pgbench));
    return Tables.table(rows);
  }

  private String settings() {
    return parts.settings.entrySet().stream()
        .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
        .collect(Collectors.joining(", "));
  }
}
