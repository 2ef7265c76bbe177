package points.ledger.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.Backoff;

/**
 * Brings a database to the schema that this version of the ledger works on.
 *
 * <p>A migration that changes a table waits for the transactions that read it, and every later
 * writer waits behind the migration. So it waits for a second only, is undone, and is tried again
 * after a pause in which writers go on. Example: a dump reads {@code entry} for two minutes. The
 * migration is tried some 20 times, writers wait a second each time, and then it is done. One that
 * PostgreSQL ends in favour of another transaction, such as a node of the release before, is tried
 * again in the same way.
 */
public final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String LOCATION = "classpath:points/ledger/store/migration";

  /** Longest wait of a migration for a table, and so of writers for the migration. */
  private static final String LIMIT = "SET lock_timeout = '1s'";

  private static final Backoff PAUSES =
      Backoff.doubling(Duration.ofMillis(500), Duration.ofSeconds(5)).withJitter(0.5);

  /** For some five minutes. */
  private static final int TRIES_MAX = 75;

  /** A lock that others hold; a deadlock with them; a change of theirs that came first. */
  private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01", "40001");

  /** The sessions that most likely hold the table. */
  private static final String OLDEST =
      """
      SELECT string_agg(format('pid %s (%s, %s since %s)', pid, application_name, state, xact_start), ', ')
        FROM (SELECT pid, application_name, state, xact_start FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND xact_start < now() - interval '1 second'
               ORDER BY xact_start LIMIT 3) oldest
      """;

  private Migrations() {}

  /**
   * Applies what is missing, one node at a time. Blocks.
   *
   * @throws FlywayException if the database is of another shape or out of reach, or if other
   *     sessions hold its tables for minutes
   */
  public static void apply(String jdbcUrl, String user, String password) {
    apply(jdbcUrl, user, password, TRIES_MAX);
  }

  static void apply(String jdbcUrl, String user, String password, int triesMax) {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(jdbcUrl, user, password)
            .locations(LOCATION)
            .javaMigrations(new PhonesInOneForm())
            .connectRetries(0)
            .initSql(LIMIT)
            .jdbcProperties(Map.of("connectTimeout", "10", "loginTimeout", "10"))
            .load();
    for (int tries = 1; ; tries++) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        if (!isInTheWay(e)) {
          throw e;
        }
        String oldest = oldest(jdbcUrl, user, password);
        if (tries >= triesMax) {
          throw new FlywayException(
              "The schema cannot be changed, because other sessions hold its tables. The oldest"
                  + " transactions: "
                  + oldest,
              e);
        }
        LOG.warn(
            "a migration waits for sessions that hold its tables, and is tried again ({} of {});"
                + " the oldest transactions: {}",
            tries,
            triesMax,
            oldest);
        pause(PAUSES.after(tries));
      }
    }
  }

  private static boolean isInTheWay(FlywayException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && IN_THE_WAY.contains(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String oldest(String jdbcUrl, String user, String password) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(OLDEST)) {
      found.next();
      return found.getString(1);
    } catch (SQLException e) {
      return "not known, " + e.getMessage();
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlywayException("interrupted while it waited for a table", e);
    }
  }
}
