package points.ledger.whatif.run;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;

/** The table of simulations, as the nodes that carry them out see it. */
final class SimulationClaims {

  /** A node that has said nothing for so long is taken for dead. */
  static final int HELD_SECONDS = 30;

  /** A simulation that has ended so many nodes is not begun again. */
  private static final int ATTEMPTS_MAX = 3;

  private static final String GIVE_UP =
      """
      UPDATE simulation SET state = 'failed', failure = 'interrupted', ended_at = $2, claimed_by = NULL
       WHERE state = 'running' AND claimed_until < now() AND attempts >= $1
      """;

  private static final String CLAIM =
      """
      UPDATE simulation s
         SET state = 'running', claimed_by = $1, claimed_until = now() + make_interval(secs => $2),
             started_at = $3, attempts = attempts + 1, done = 0
        FROM (SELECT program_id, simulation_id FROM simulation
               WHERE state = 'queued' OR (state = 'running' AND claimed_until < now())
               ORDER BY requested_at, simulation_id LIMIT 1 FOR UPDATE SKIP LOCKED) w
       WHERE s.program_id = w.program_id AND s.simulation_id = w.simulation_id
      RETURNING s.*
      """;

  private static final String RENEW =
      """
      UPDATE simulation SET done = $4, total = $5, claimed_until = now() + make_interval(secs => $6)
       WHERE program_id = $1 AND simulation_id = $2 AND claimed_by = $3 AND state = 'running'
      RETURNING cancelling
      """;

  private static final String END =
      """
      UPDATE simulation
         SET state = $4, failure = $5, result = $6, hash = $7, done = $8, total = $9, ended_at = $10,
             claimed_by = NULL
       WHERE program_id = $1 AND simulation_id = $2 AND claimed_by = $3 AND state = 'running'
      """;

  private static final String RELEASE =
      """
      UPDATE simulation
         SET state = CASE WHEN cancelling THEN 'cancelled' ELSE 'queued' END,
             ended_at = CASE WHEN cancelling THEN now() END, claimed_by = NULL, attempts = attempts - 1
       WHERE program_id = $1 AND simulation_id = $2 AND claimed_by = $3 AND state = 'running'
      """;

  /** A simulation that this node carries out. */
  record Claimed(String programId, Simulation simulation, String document, String timeZone) {}

  /** The end of a simulation. */
  record End(
      Simulation.State state,
      @Nullable String failure,
      @Nullable JsonObject result,
      @Nullable String hash) {}

  private final PgClient connections;
  private final String node;

  SimulationClaims(Pool pool, String node) {
    this.connections = new PgClient(pool);
    this.node = node;
  }

  /** Takes the one that has waited longest, or whose node is lost; empty when there is none. */
  Future<Optional<Claimed>> claim(Instant now) {
    return connections
        .write(GIVE_UP, Tuple.of(ATTEMPTS_MAX, PgTimestamps.toSql(now)))
        .compose(
            lost ->
                connections.write(
                    CLAIM, Tuple.of(node, (double) HELD_SECONDS, PgTimestamps.toSql(now))))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(claimed(rows.iterator().next())));
  }

  private static Claimed claimed(Row row) {
    return new Claimed(
        row.getString("program_id"),
        Simulation.of(row),
        row.getString("document"),
        row.getString("time_zone"));
  }

  /** Says how far it is; returns whether it is to go on. */
  Future<Boolean> renew(Claimed of, long done, long total) {
    return connections
        .write(RENEW, key(of).addLong(done).addLong(total).addDouble((double) HELD_SECONDS))
        .map(rows -> rows.size() > 0 && !rows.iterator().next().getBoolean("cancelling"));
  }

  /** Ends it, unless it is another node's by now. */
  Future<Void> end(Claimed of, End end, long done, long total, Instant now) {
    return connections
        .write(
            END,
            key(of)
                .addString(end.state().text())
                .addString(end.failure())
                .addValue(end.result())
                .addString(end.hash())
                .addLong(done)
                .addLong(total)
                .addOffsetDateTime(PgTimestamps.toSql(now)))
        .mapEmpty();
  }

  /** Lets another node begin it again, or ends it when it is to be cancelled. */
  Future<Void> release(Claimed of) {
    return connections.write(RELEASE, key(of)).mapEmpty();
  }

  private Tuple key(Claimed of) {
    return Tuple.tuple(
        new ArrayList<>(List.of(of.programId(), of.simulation().simulationId(), node)));
  }
}
