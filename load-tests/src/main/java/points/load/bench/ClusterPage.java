package points.load.bench;

import java.time.LocalDate;

/** What a run of {@link ClusterBench} found, in words. */
final class ClusterPage {

  /** How it was measured; lengths in seconds. */
  record Method(int rounds, int seconds, int warmUp, int connections) {}

  private static final String PAGE =
      """
      # Three nodes on one machine, beside one

      Written by `load-tests/bench-cluster` on %s; a new run writes it anew, except for the section
      "What it says".

      %s
      - Commands that were decided on the node that took them, because it owns the member: %.0f %%. With
        three nodes and requests spread evenly, a third is to be expected.
      - After one of the three was killed (SIGKILL), %d members got an accrual through another node: half
        of them within %.0f ms of the kill, the last within %.0f ms. A third of them were owned by the
        node that died.

      ## What it says

      @@kept@@

      ## Method

      %s. One run; client, gateways and two PostgreSQL share the processors. The node that is alone has a
      PostgreSQL of its own, the three have another; both were up all the time, and loaded in turn.
      Rounds: %d, medians and ranges over them; measurements of %d s after 1 s that is not counted; %d s
      of promotion day and as much of accruals before the first. %d connections in all, shared out evenly
      over the nodes, one client thread for each node. Microseconds are processor time per request, of all
      gateways together. The workloads are those of [benchmarks.md](benchmarks.md#method).
      """;

  private ClusterPage() {}

  static String text(LocalDate date, Method method, String table, double local, Takeover takeover) {
    Machine machine = Machine.here();
    return PAGE.formatted(
        date,
        table,
        local * 100,
        takeover.millis().size(),
        takeover.median(),
        takeover.longest(),
        machine.processors() + " × " + machine.model() + ", " + machine.memoryMb() + " MB",
        method.rounds(),
        method.seconds(),
        method.warmUp(),
        method.connections());
  }
}
