package points.ledger.figure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Makes the figures of all programs again from the beginning of the feed, while gateways run.
 *
 * <p>The new figures are made beside the old ones, in parts, each with its place in one
 * transaction. So a rebuild that was interrupted is gone on with, and readers see the old figures
 * until the new ones are complete. Blocks.
 */
public final class FigureRebuild {

  /** Events that are added up in one transaction. */
  private static final int EVENTS_MAX = 4_000;

  /** Readers that wait for the exchange of the tables do not wait longer than this. */
  private static final String LOCK_TIMEOUT = "SET lock_timeout = '2s'";

  /** Greatest number of tries to exchange the tables while readers are in the way. */
  private static final int EXCHANGES_MAX = 30;

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration BETWEEN_EXCHANGES = Duration.ofSeconds(1);

  /** Shows how far the rebuild is. */
  public interface Progress {
    /**
     * A part was added up.
     *
     * @param events of the part
     * @param left events that are left, as far as is known
     */
    void went(long events, long left);
  }

  private final Connection connection;
  private final int eventsMax;

  /**
   * @param connection in no transaction; its timeout of locks is changed
   */
  public FigureRebuild(Connection connection) {
    this(connection, EVENTS_MAX);
  }

  FigureRebuild(Connection connection, int eventsMax) {
    this.connection = connection;
    this.eventsMax = eventsMax;
  }

  /**
   * Rebuilds the figures, or goes on with a rebuild that was interrupted.
   *
   * @throws SQLException when the database cannot be worked on; what was done until then is kept
   */
  public void run(Progress progress) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK_TIMEOUT);
      statement.execute("SELECT begin_figures_rebuild()");
      do {
        catchUp(statement, progress);
      } while (!exchange(statement));
    }
  }

  /** Gives up a rebuild that was interrupted; nothing happens when there is none. */
  public void cancel() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT cancel_figures_rebuild()");
    }
  }

  /** Rests as long as each part takes, so that the tills have the database for half of the time. */
  private void catchUp(Statement statement, Progress progress)
      throws SQLException, InterruptedException {
    long left = number(statement, "SELECT left_of_figures_rebuild()");
    while (true) {
      long begun = System.nanoTime();
      long events = number(statement, "SELECT go_on_with_figures_rebuild(" + eventsMax + ")");
      if (events == 0) {
        return;
      }
      left = Math.max(0, left - events);
      progress.went(events, left);
      Thread.sleep(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
  }

  /** Returns false when the consumer has gone too far ahead meanwhile. */
  private boolean exchange(Statement statement) throws SQLException, InterruptedException {
    for (int tried = 1; ; tried++) {
      try {
        return number(
                statement, "SELECT CASE WHEN finish_figures_rebuild(" + eventsMax + ") THEN 1 END")
            == 1;
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || tried == EXCHANGES_MAX) {
          throw e;
        }
        Thread.sleep(BETWEEN_EXCHANGES.toMillis());
      }
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
