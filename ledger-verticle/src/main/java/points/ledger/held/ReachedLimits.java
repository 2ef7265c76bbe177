package points.ledger.held;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.cluster.timing.PollingLoop;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.database.PgClient;
import points.ledger.model.Origin;

/**
 * The tills, people there and stores that have reached a limit against abuse, as this node knows
 * them.
 *
 * <p>It reads them every second, and they are counted behind the feed. So a few seconds pass until
 * a limit takes effect. Of more than {@value #MAX} those count that are reached for longest.
 */
public final class ReachedLimits {

  private static final long PAUSE_MS = 1_000;
  private static final int MAX = 10_000;

  private static final String READ =
      """
      SELECT program_id, limit_id, subject FROM reached_limit
       WHERE reached_until > now() ORDER BY reached_until DESC LIMIT $1
      """;

  private record Subject(String programId, String name) {}

  private final PgClient connections;
  private final PollingLoop loop;
  private volatile Map<Subject, List<String>> reached = Map.of();

  public ReachedLimits(Vertx vertx, Pool pool) {
    this.connections = new PgClient(pool);
    this.loop = new PollingLoop(PollingLoop.pausesOf(vertx, PAUSE_MS), "reached limits");
  }

  /** Reads them from now on. */
  public void start() {
    loop.startNow(this::read);
  }

  /** Reads no more. */
  public Future<Void> stop() {
    return loop.stop();
  }

  private Future<Boolean> read() {
    return connections
        .read(READ, Tuple.of(MAX))
        .map(
            rows -> {
              reached = bySubject(rows);
              return false;
            });
  }

  private static Map<Subject, List<String>> bySubject(RowSet<Row> rows) {
    var limits = new HashMap<Subject, List<String>>();
    for (Row row : rows) {
      var subject = new Subject(row.getString("program_id"), row.getString("subject"));
      limits.computeIfAbsent(subject, it -> new ArrayList<>()).add(row.getString("limit_id"));
    }
    return limits;
  }

  /** Adds to an order the limits that are reached; returns other commands as they are. */
  public Command complete(Command command) {
    Map<Subject, List<String>> now = reached;
    return now.isEmpty() || !(command instanceof Accrue order) ? command : complete(order, now);
  }

  private static Command complete(Accrue order, Map<Subject, List<String>> now) {
    Origin origin = order.origin();
    String storeId = origin.storeId();
    if (storeId == null) {
      return order;
    }
    var limits = new ArrayList<String>();
    for (String subject :
        new String[] {
          storeId, named(storeId, origin.cashierId()), named(storeId, origin.terminalId())
        }) {
      limits.addAll(now.getOrDefault(new Subject(order.member().programId(), subject), List.of()));
    }
    return limits.isEmpty() ? order : order.reaching(List.copyOf(limits));
  }

  /** Returns the person or the till of a store; ids have no spaces, so no store has this name. */
  private static String named(String storeId, @Nullable String id) {
    return storeId + " " + (id == null ? "" : id);
  }
}
