package points.load.fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import points.load.process.Shell;

/** The work that gateways still have to do: outbox rows, and parked refunds whose sale has come. */
public final class PendingEffects {
  /** A parked refund whose sale never comes is no work. */
  private static final String LEFT =
      """
      SELECT (SELECT count(*) FROM outbox)
           + (SELECT count(*) FROM parked_refund p
               WHERE p.settled_at IS NULL
                 AND EXISTS (SELECT FROM entry e
                              WHERE e.program_id = p.program_id AND e.store_id = p.store_id
                                AND e.order_id = p.order_id AND e.kind = 'ACCRUAL'
                                AND e.member_id = coalesce(p.member_id, e.member_id)
                                AND e.occurred_at <= p.occurred_at))
      """;

  private PendingEffects() {}

  /**
   * Waits until all is done.
   *
   * @return the number of rows that are left
   */
  public static long awaitEmpty(Connection connection, Duration within) throws SQLException {
    long deadline = System.nanoTime() + within.toNanos();
    long left = left(connection);
    while (left > 0 && System.nanoTime() - deadline < 0) {
      Shell.pause(Duration.ofMillis(200));
      left = left(connection);
    }
    return left;
  }

  private static long left(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(LEFT)) {
      count.next();
      return count.getLong(1);
    }
  }
}
