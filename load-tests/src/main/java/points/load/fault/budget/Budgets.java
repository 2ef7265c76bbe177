package points.load.fault.budget;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.budget.BudgetRun;
import points.load.fault.check.budget.BudgetRun.Limit;
import points.load.fault.check.budget.BudgetRun.Row;
import points.load.fault.check.budget.BudgetRun.Sums;
import points.load.fault.client.NodeAddress;
import points.load.fault.client.Rush;
import points.load.fault.client.Sender;

/** The budgets of a cluster. Each run of a scenario gets room in them, and has to use all of it. */
public final class Budgets {
  private static final String ROWS =
      """
      SELECT coalesce(b.budget_id, c.budget_id) AS budget_id, coalesce(b.scope, c.scope) AS scope,
             coalesce(b.issued, 0) AS issued, coalesce(b.reversed, 0) AS reversed,
             coalesce(b.lapsed, 0) AS lapsed, coalesce(c.issued, 0) AS charged_issued,
             coalesce(c.reversed, 0) AS charged_reversed, coalesce(c.lapsed, 0) AS charged_lapsed
        FROM budget b
        FULL JOIN (
          SELECT e.program_id, c->>0 AS budget_id, c->>1 AS scope, sum((c->>2)::bigint) AS issued,
                 sum((c->>3)::bigint) AS reversed, sum((c->>4)::bigint) AS lapsed
            FROM entry e, jsonb_array_elements(e.extra::jsonb -> 'facts' -> 'budgets') AS c
           GROUP BY 1, 2, 3) AS c USING (program_id, budget_id, scope)
       ORDER BY budget_id, scope
      """;

  /** The points of the small budget. */
  public static final long RUSH_POINTS = BudgetedBook.RUSH_LIMIT;

  private final BudgetDesk desk;
  private final List<NodeAddress> nodes;
  private final List<String> stores;
  private final int runs;
  private final Instant from;
  private final List<List<BudgetDesk.Filler>> fillers = new ArrayList<>();
  private List<Row> begun = List.of();
  private @Nullable BudgetLooks looks;
  private int begunRuns;

  /**
   * @param runs that share the book
   * @param from when it is in force
   */
  public Budgets(
      Sender sender, List<NodeAddress> nodes, List<String> stores, int runs, Instant from) {
    this.desk = new BudgetDesk(sender, nodes, stores);
    this.nodes = nodes;
    this.stores = stores;
    this.runs = runs;
    this.from = from;
  }

  /** Adds budgets to a rule book for so many runs. */
  public static void addTo(JsonObject document, int runs) {
    BudgetedBook.addTo(document, runs);
  }

  /** The store of orders that all draw on one small budget. */
  public static String storeOfRush() {
    return BudgetedBook.RUSH_STORE;
  }

  /** Returns orders that each get a point of the small budget, as long as there is any. */
  public static Rush.Plan rush(String name, int orders) {
    return new Rush.Plan(name, BudgetedBook.RUSH_STORE, BudgetedBook.RUSH, orders);
  }

  private boolean isInForce() {
    return Instant.now().isAfter(from);
  }

  private List<Limit> limits(boolean drained) {
    return BudgetedBook.limits(runs, stores, drained);
  }

  /** A rush always wants more than there is. */
  private List<Limit> allLimits(boolean drained, boolean rushed) {
    Limit rush = new Limit(BudgetedBook.RUSH, "", BudgetedBook.RUSH_LIMIT, rushed);
    return Stream.concat(limits(drained).stream(), Stream.of(rush)).toList();
  }

  /** Makes room for a run, and looks at budgets from now on. */
  public void begin(long seed) {
    if (runs > 1 && isInForce()) {
      if (begunRuns == 0) {
        for (int i = 0; i < runs; i++) {
          fillers.add(desk.fill());
        }
        desk.drain(limits(true));
      }
      fillers.get(begunRuns).forEach(desk::takeBack);
    }
    begunRuns++;
    begun =
        isInForce()
            ? Stream.of(BudgetedBook.CAMPAIGN, BudgetedBook.OF_STORE, BudgetedBook.RUSH)
                .flatMap(it -> desk.rows(it).stream())
                .toList()
            : List.of();
    looks = BudgetLooks.start(desk, nodes, allLimits(false, false), seed);
  }

  /** Sells until nothing is left. Before the book is in force, nothing can be sold by it. */
  public void drain() {
    if (isInForce()) {
      desk.drain(limits(true));
    }
  }

  /** Ends a run, and returns what its budgets were and are. */
  public BudgetRun end(Connection connection) throws SQLException {
    BudgetLooks ended = looks;
    if (ended == null) {
      return BudgetRun.NONE;
    }
    ended.stop();
    List<Row> rows = rows(connection);
    boolean rushed = rows.stream().anyMatch(it -> it.budgetId().equals(BudgetedBook.RUSH));
    return new BudgetRun(begun, ended.over(), ended.looks(), rows, allLimits(isInForce(), rushed));
  }

  private static List<Row> rows(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(ROWS)) {
      while (found.next()) {
        rows.add(
            new Row(
                found.getString("budget_id"),
                found.getString("scope"),
                found.getLong("issued"),
                found.getLong("reversed"),
                found.getLong("lapsed"),
                new Sums(
                    found.getLong("charged_issued"),
                    found.getLong("charged_reversed"),
                    found.getLong("charged_lapsed"))));
      }
    }
    return rows;
  }
}
