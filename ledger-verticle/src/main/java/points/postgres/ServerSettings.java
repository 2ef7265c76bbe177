package points.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The server's settings, for a ledger of short transactions on a machine it shares with the
 * gateway. Given on the command line at every start, which outranks the files of the cluster and
 * {@code ALTER SYSTEM}.
 */
final class ServerSettings {
  /** A promise to the till: acknowledged means on disk. Checked after each start. */
  static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");

  private ServerSettings() {}

  static List<String> arguments(int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    DURABILITY.forEach(name -> settings.put(name, "on"));

    settings.put("listen_addresses", LocalPostgres.HOST);
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", ""); // a socket file would be a second way in

    settings.put("max_connections", "100"); // pools of some gateways, and room for a person
    settings.put("shared_buffers", "256MB"); // the hot members; the rest is the page cache's
    // Checkpoints by time, not by volume: the first change to a page after one writes it in full.
    settings.put("max_wal_size", "4GB");
    settings.put("min_wal_size", "256MB"); // WAL files are used again rather than made anew
    settings.put("checkpoint_timeout", "10min"); // bounds the work of recovery after a crash
    settings.put("checkpoint_completion_target", "0.9"); // writes spread out, no wave of fsyncs
    settings.put("random_page_cost", "1.1"); // solid-state disks: an index is nearly always right
    settings.put("jit", "off"); // compiling costs more than our short statements take

    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("log_line_prefix", "%m [%p] ");
    settings.put("log_lock_waits", "on"); // lanes should never wait for each other: show it

    List<String> arguments = new ArrayList<>();
    settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return arguments;
  }

  /**
   * Checks the server's durability settings by asking the server itself.
   *
   * <p>It asks in the database and as the user that the gateway will use, because either may have
   * settings of its own.
   */
  static void requireDurability(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String name : DURABILITY) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          if (!row.getString(1).equals("on")) {
            throw new LocalPostgresException(
                "PostgreSQL runs with " + name + "=" + row.getString(1) + ", it must be on");
          }
        }
      }
    }
  }
}
