package points.ledger.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the nodes that write to this ledger: those whose lanes have a session with the database.
 */
public final class LaneSessions {

  /** The beginning of the name of a lane's session, before its node's id. */
  public static final String NAME = "points-lane/";

  private static final String NODES =
      """
      SELECT DISTINCT substr(application_name, length($1) + 1) AS node
        FROM pg_stat_activity
       WHERE datname = current_database() AND starts_with(application_name, $1)
      """;

  private final PgClient connections;

  public LaneSessions(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** The ids of these nodes. */
  public Future<Set<String>> nodes() {
    return connections
        .read(NODES, Tuple.of(NAME))
        .map(
            rows -> {
              var nodes = new HashSet<String>();
              rows.forEach(row -> nodes.add(row.getString("node")));
              return nodes;
            });
  }
}
