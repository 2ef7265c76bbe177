package points.load.fault.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import points.load.fault.net.Shell;

/** What is still to be done beyond the members whose entries say so. */
public final class Outbox {
  private Outbox() {}

  /**
   * Waits until all is done.
   *
   * @return how much is not; 0 when all is
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
        ResultSet count = statement.executeQuery("SELECT count(*) FROM outbox")) {
      count.next();
      return count.getLong(1);
    }
  }
}
