package points.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import points.ledger.command.Command;
import points.ledger.proof.LedgerAudit;
import points.postgres.TestDatabase;

/** A session of its own beside the ledger's, to look at what is written and to get in its way. */
final class Sql implements AutoCloseable {

  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  static Sql on(TestDatabase database) {
    try {
      return new Sql(
          DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements; the first that fails throws. */
  Sql run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  /** From here on nothing is committed until {@link #rollBack}. */
  Sql begin() throws SQLException {
    connection.setAutoCommit(false);
    return this;
  }

  void rollBack() throws SQLException {
    connection.rollback();
  }

  /** Rows as text, columns between bars. */
  List<String> rows(String sql) throws SQLException {
    var rows = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        var columnsOfRow = new ArrayList<String>();
        for (int column : IntStream.rangeClosed(1, columns).toArray()) {
          columnsOfRow.add(String.valueOf(found.getString(column)));
        }
        rows.add(String.join("|", columnsOfRow));
      }
    }
    return rows;
  }

  /** What the audit of the whole database finds, in what this session sees. */
  LedgerAudit.Result audit() throws SQLException {
    return LedgerAudit.check(connection, finding -> {});
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(rows(sql).get(0));
  }

  /** How many entries the requests whose keys begin like this have left. */
  long entriesOf(String keyPrefix) throws SQLException {
    return number(
        "SELECT count(*) FROM entry WHERE starts_with(idempotency_key, '" + keyPrefix + "')");
  }

  long entryCount(Command command) throws SQLException {
    String key = command.request().key();
    return number("SELECT count(*) FROM entry WHERE idempotency_key = '" + key + "'");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
