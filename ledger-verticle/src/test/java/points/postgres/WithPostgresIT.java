package points.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@WithPostgres
class WithPostgresIT {
  private final TestDatabase database;

  WithPostgresIT(TestDatabase database) {
    this.database = database;
  }

  @Test
  void gives_a_class_an_empty_database_of_its_own() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_database(), count(*) FROM pg_tables WHERE schemaname = 'public'")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo(database.name()).endsWith("withpostgresit");
      assertThat(row.getInt(2)).isZero();
    }
  }

  @Test
  void gives_every_method_of_the_class_the_same_one(TestDatabase again) {
    assertThat(again).isEqualTo(database);
    assertThat(again.uri()).endsWith("@127.0.0.1:" + again.port() + "/" + again.name());
  }

  @Nested
  class A_nested_class {
    @Test
    void shares_it(TestDatabase again) {
      assertThat(again).isEqualTo(database);
    }
  }
}
