package points.load.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A database of a PostgreSQL that the tests started; every statement has a connection of its own.
 *
 * @param name of the database
 * @param timeouts of the driver, such as {@code socketTimeout=30}
 */
public record Database(
    String address, int port, String name, String user, String password, String timeouts) {

  /** Makes a connection. */
  public Connection connect() throws SQLException {
    String url = "jdbc:postgresql://%s:%d/%s?%s".formatted(address, port, name, timeouts);
    return DriverManager.getConnection(url, user, password);
  }

  /** Executes a statement and ignores its result. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new HarnessException("not executed: " + sql.strip(), e);
    }
  }

  /** Returns the first column of the first row; empty when there is none, or null in it. */
  public Optional<String> value(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      throw new HarnessException("not executed: " + sql.strip(), e);
    }
  }

  /** Returns the number that a query finds. */
  public long number(String sql) {
    return Long.parseLong(value(sql).orElseThrow());
  }

  /** Returns the URI for gateways; it contains the password and belongs into no log. */
  public String uri() {
    return "postgresql://%s:%s@%s:%d/%s".formatted(user, password, address, port, name);
  }

  /** Returns its address, without the password. */
  @Override
  public String toString() {
    return address + ":" + port + "/" + name;
  }
}
