package points.load.fault.nemesis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import points.load.fault.net.HarnessException;
import points.load.fault.net.Network;
import points.load.fault.net.Shell;
import points.load.fault.process.Postgres;

/** A primary and its synchronous standby, one of which will be lost for good. */
public record Replicas(Network network, Postgres primary, Postgres standby) {
  private static final Duration PROMOTED_WITHIN = Duration.ofSeconds(20);

  /** The nodes have just been started for this: let them get up to speed. */
  private static final double WARM_UP_S = 6;

  /** The primary dies and does not come back; the standby takes over. */
  public void losePrimary() {
    NemesisContext.seconds(WARM_UP_S);
    primary.kill();
    NemesisContext.seconds(1);
    standby.execute("SELECT pg_promote(true, 20)");
    awaitWritable();
  }

  /**
   * The same, after the standby could not be reached for a while: what was committed then is on the
   * primary alone, which had to keep it to itself.
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
    long giveUpAt = System.nanoTime() + PROMOTED_WITHIN.toNanos();
    while (!isWritable()) {
      if (System.nanoTime() - giveUpAt > 0) {
        throw new HarnessException("the standby was not promoted");
      }
      Shell.pause(Duration.ofMillis(100));
    }
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
