package points.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** What tests ask of a running server, and of the machine about servers. */
final class ServerProbe {
  private ServerProbe() {}

  static Connection connect(LocalPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /** As somebody who has the data directory of another process's server. */
  static Connection connect(Path dataDirectory, int port) throws IOException, SQLException {
    String password = Files.readString(dataDirectory.resolve("postgres/password")).strip();
    return DriverManager.getConnection(Login.jdbcUrl(port, "points"), "points", password);
  }

  static String query(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static void execute(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Commits a text in place of the one before. */
  static void note(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS note");
      statement.execute("CREATE TABLE note (text text)");
      statement.execute("INSERT INTO note VALUES ('" + text + "')");
    }
  }

  static String noted(LocalPostgres postgres) throws SQLException {
    return query(postgres, "SELECT string_agg(text, ', ') FROM note");
  }

  static List<String> processesThatName(Path directory) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .filter(
            process ->
                Arrays.stream(process.arguments().orElse(new String[0]))
                    .anyMatch(argument -> argument.contains(directory.toString())))
        .map(process -> process.commandLine().orElse("?"))
        .toList();
  }
}
