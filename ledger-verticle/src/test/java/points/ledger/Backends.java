package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import points.postgres.TestDatabase;

/** The server processes of the lanes' connections. */
final class Backends {

  private static final String OF_LANES =
      """
      SELECT pid FROM pg_stat_activity
       WHERE application_name LIKE 'points-lane/%' AND datname = current_database()
      """;

  private Backends() {}

  static List<String> ofLanes(TestDatabase database) throws SQLException {
    try (Sql sql = Sql.on(database)) {
      return sql.rows(OF_LANES);
    }
  }

  /** Has them hang without a word, as a machine does that is cut off. */
  static void stop(List<String> pids) {
    signal("-STOP", pids);
  }

  static void resume(List<String> pids) {
    signal("-CONT", pids);
  }

  private static void signal(String signal, List<String> pids) {
    try {
      for (String pid : pids) {
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends them. */
  static long terminate(Sql sql) throws SQLException {
    return sql.rows(OF_LANES.replace("SELECT pid", "SELECT pg_terminate_backend(pid)")).size();
  }
}
