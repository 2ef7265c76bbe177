package points.load.fault.nemesis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import points.load.fault.net.Network;
import points.load.fault.process.Postgres;
import points.load.process.Shell;

/** A primary and its synchronous standby. The primary is lost for good. */
public record Replicas(Network network, Postgres primary, Postgres standby) {
  private static final Duration PROMOTED_WITHIN = Duration.ofSeconds(20);

  /** The nodes have only just been started and are still slow. */
  private static final double WARM_UP_S = 6;

  /** Kills the primary for good and promotes the standby. */
  public void losePrimary() {
    NemesisContext.seconds(WARM_UP_S);
    primary.kill();
    NemesisContext.seconds(1);
    standby.execute("SELECT pg_promote(true, 20)");
    awaitWritable();
  }

  /**
   * Cuts the standby off for a while before it kills the primary. Commits of that time are on the
   * primary alone, so no caller may have been answered.
   */
  public void losePrimaryAfterStandby() {
    NemesisContext.seconds(WARM_UP_S);
    network.cut(primary.host(), standby.host());
    NemesisContext.seconds(12);
    primary.kill();
    network.heal();
    NemesisContext.seconds(1);
    standby.execute("SELECT pg_promote(true, 20)");
    awaitWritable();
  }

  private void awaitWritable() {
    Shell.await(() -> "the standby was not promoted", PROMOTED_WITHIN, this::isWritable);
  }

  private boolean isWritable() {
    try (Connection connection = standby.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT NOT pg_is_in_recovery()")) {
      return found.next() && found.getBoolean(1);
    } catch (SQLException e) {
      return false;
    }
  }
}
