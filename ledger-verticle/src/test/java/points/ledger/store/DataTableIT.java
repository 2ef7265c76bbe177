package points.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import points.ledger.database.Database;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Holds the chapter on data of docs/ARCHITECTURE.md against the migrated schema. */
@WithPostgres
class DataTableIT {

  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| ([^|]+) \\|");

  private static final String TABLES =
      """
      SELECT tablename FROM pg_tables
       WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'
      """;

  /** Indexes without the program; that of a constraint goes by the name of its table. */
  private static final String WITHOUT_PROGRAM =
      """
      SELECT DISTINCT CASE WHEN c.oid IS NULL THEN i.indexrelid::regclass ELSE i.indrelid::regclass END
        FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid
        LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
       WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> 'flyway_schema_history'
         AND pg_get_indexdef(i.indexrelid) NOT LIKE '%(%program_id%)%'
      """;

  private final TestDatabase database;
  private final String data;

  DataTableIT(TestDatabase database) throws IOException {
    this.database = database;
    String page = Files.readString(Path.of("../docs/ARCHITECTURE.md"));
    this.data = page.substring(page.indexOf("\n## Data\n"), page.indexOf("\n## Glossary\n"));
  }

  @BeforeAll
  static void migrate(TestDatabase database) {
    new Database(database.uri()).migrate();
  }

  @Test
  void every_table_is_in_the_table_of_tables_and_no_other() throws SQLException {
    var named = new TreeSet<String>();
    FIRST_CELL.matcher(data).results().forEach(row -> named.addAll(namesIn(row.group(1))));
    assertThat(named).isEqualTo(select(TABLES));
  }

  @Test
  void every_index_without_the_program_is_among_the_exceptions_and_no_other() throws SQLException {
    Set<String> exceptions = namesIn(data.substring(0, data.indexOf("| table |")));
    assertThat(exceptions).isEqualTo(select(WITHOUT_PROGRAM));
  }

  private static Set<String> namesIn(String text) {
    var names = new TreeSet<String>();
    NAME.matcher(text).results().forEach(it -> names.add(it.group(1)));
    return names;
  }

  private Set<String> select(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      var found = new TreeSet<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
