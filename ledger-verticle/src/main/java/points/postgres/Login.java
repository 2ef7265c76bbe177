package points.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The way into a server of ours. */
record Login(int port, String password) {
  private static final String MAINTENANCE_DATABASE = "postgres";
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String TIMEOUT_S = "10";

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://" + LocalPostgres.HOST + ":" + port + "/" + database;
  }

  /** Makes the database if it is not there, and refuses one that would not be durable. */
  void requireDatabase() throws SQLException {
    try (Connection connection = open(LocalPostgres.DATABASE)) {
      ServerSettings.requireDurability(connection);
    } catch (SQLException e) {
      if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
        throw e;
      }
      execute(MAINTENANCE_DATABASE, "CREATE DATABASE " + LocalPostgres.DATABASE);
      requireDatabase();
    }
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = open(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection open(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", LocalPostgres.USER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", TIMEOUT_S);
    properties.setProperty("socketTimeout", TIMEOUT_S);
    properties.setProperty("ApplicationName", "points start");
    return DriverManager.getConnection(jdbcUrl(port, database), properties);
  }

  @Override
  public String toString() {
    return "Login[" + port + "]"; // a record would print the password
  }
}
