package points.ledger.figure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import points.cluster.timing.Backoff;

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

  /**
   * Longest wait for the consumer, which holds its place for as long as a part of the feed takes.
   */
  private static final String LOCK_TIMEOUT = "SET lock_timeout = '5s'";

  /** Greatest number of tries to exchange the tables while readers are in the way: half an hour. */
  private static final int EXCHANGES_MAX = 100;

  /** A lock that others hold, and a deadlock with them. */
  private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01");

  private static final Backoff BETWEEN_EXCHANGES =
      Backoff.doubling(Duration.ofSeconds(1), Duration.ofSeconds(20));

  /** Shows how far the rebuild is. */
  public interface Progress {
    /**
     * A part was added up.
     *
     * @param events of the part
     * @param left events that are left, as far as is known
     */
    void went(long events, long left);

    /**
     * The new figures are complete, and wait for sessions that read the old ones.
     *
     * @param readers these sessions; empty when they are gone by now
     */
    default void waits(String readers) {}
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
      int tries = 0;
      while (true) {
        catchUp(statement, progress);
        try {
          if (exchange(statement)) {
            return;
          }
        } catch (SQLException e) {
          if (!IN_THE_WAY.contains(e.getSQLState())) {
            throw e;
          }
          tries++;
          String readers = readers(statement);
          if (tries == EXCHANGES_MAX) {
            throw new SQLException(
                "sessions that read the figures are in the way: " + readers, e.getSQLState(), e);
          }
          progress.waits(readers);
          Thread.sleep(BETWEEN_EXCHANGES.after(tries).toMillis());
        }
      }
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
  private boolean exchange(Statement statement) throws SQLException {
    return number(
            statement, "SELECT CASE WHEN finish_figures_rebuild(" + eventsMax + ") THEN 1 END")
        == 1;
  }

  private static String readers(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT coalesce(readers_of_figures(), '')")) {
      row.next();
      return row.getString(1);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
