package points.ledger.registry;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.program.Program;

/**
 * The earlier rules of the programs, in memory.
 *
 * <p>Of each program these are the newest 200 versions, none older than the one that held 400 days
 * ago. The oldest of them stands for all before it.
 */
final class ProgramVersions {

  static final int VERSIONS_MAX = 200;

  /** A column that a version does not have yet is that of the program as it is now. */
  private static final String KEPT =
      """
      SELECT v.valid_from, r.*
        FROM program p
       CROSS JOIN LATERAL (
         SELECT * FROM program_version v
          WHERE v.program_id = p.program_id
            AND v.valid_from >= coalesce(
                  (SELECT max(o.valid_from) FROM program_version o
                    WHERE o.program_id = p.program_id
                      AND o.valid_from <= now() - interval '400 days'), 'epoch')
          ORDER BY v.valid_from DESC LIMIT $1) v
       CROSS JOIN LATERAL jsonb_populate_record(p, v.rules) r
      """;

  private final PgClient connections;
  private final LatestValue<Map<String, NavigableMap<Instant, Program>>> byId =
      new LatestValue<>(Map.of());

  ProgramVersions(PgClient connections) {
    this.connections = connections;
  }

  /** The rules that held at an instant, or the oldest that are kept; null where none are. */
  @Nullable Program at(String programId, Instant instant) {
    NavigableMap<Instant, Program> versions = byId.get().get(programId);
    if (versions == null) {
      return null;
    }
    Map.Entry<Instant, Program> then = versions.floorEntry(instant);
    return (then == null ? versions.firstEntry() : then).getValue();
  }

  Future<Void> refresh() {
    long refresh = byId.begin();
    return connections
        .read(KEPT, Tuple.of(VERSIONS_MAX))
        .map(
            rows -> {
              var kept = new HashMap<String, NavigableMap<Instant, Program>>();
              rows.forEach(
                  row ->
                      kept.computeIfAbsent(row.getString("program_id"), id -> new TreeMap<>())
                          .put(
                              row.getOffsetDateTime("valid_from").toInstant(),
                              Programs.program(row)));
              byId.end(refresh, Map.copyOf(kept));
              return kept;
            })
        .mapEmpty();
  }
}
