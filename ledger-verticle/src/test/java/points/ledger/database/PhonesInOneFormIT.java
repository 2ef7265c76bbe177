package points.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Members of before phone numbers had one form. */
@WithPostgres
class PhonesInOneFormIT {

  private final TestDatabase database;

  PhonesInOneFormIT(TestDatabase database) {
    this.database = database;
  }

  @Test
  void brings_numbers_into_one_form_and_reports_those_that_collide() throws SQLException {
    new Database(database.uri()).migrate();
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.setAutoCommit(false);
      try (Statement sql = connection.createStatement()) {
        sql.execute(
            """
            INSERT INTO program (program_id, name, currency, time_zone, earning_points,
                                 earning_per_amount, earning_rounding, validity_kind, auto_enrol,
                                 country)
            VALUES ('cn', 'cn', 'CNY', 'UTC', 1, 100, 'FLOOR', 'never', true, 'CN'),
                   ('eu', 'eu', 'EUR', 'UTC', 1, 100, 'FLOOR', 'never', true, NULL)
            """);
        member(sql, "cn", "plain", "2026-01-03", "13800000001");
        member(sql, "cn", "earlier", "2026-01-02", "008613800000001");
        member(sql, "cn", "later", "2026-01-04", "+86-138-0000-0001");
        member(sql, "cn", "formed", "2026-01-05", "+8613800000002");
        member(sql, "cn", "formless", "2026-01-01", "13800000002");
        member(sql, "cn", "desk", "2026-01-01", "the front desk");
        member(sql, "cn", "none", "2026-01-01", null);
        member(sql, "cn", "alone", "2026-01-01", "13800000003");
        member(sql, "eu", "here", "2026-01-01", "0612345678");
        member(sql, "eu", "there", "2026-01-01", "+33 6 12 34 56 78");
      }

      PhonesInOneForm.apply(connection);
      connection.commit();
      PhonesInOneForm.apply(connection);
      connection.commit();

      assertThat(column(connection, "SELECT member_id, phone FROM member_profile"))
          .isEqualTo(
              new TreeMap<>(
                  Map.of(
                      "earlier", "+8613800000001",
                      "plain", "13800000001",
                      "later", "+86-138-0000-0001",
                      "formed", "+8613800000002",
                      "formless", "13800000002",
                      "desk", "the front desk",
                      "none", "null",
                      "alone", "+8613800000003",
                      "here", "0612345678",
                      "there", "+33612345678")));
      assertThat(column(connection, "SELECT member_id, e164 FROM phone_conflict"))
          .isEqualTo(
              new TreeMap<>(
                  Map.of(
                      "plain", "+8613800000001",
                      "later", "+8613800000001",
                      "formless", "+8613800000002",
                      "desk", "null",
                      "here", "null")));
    }
  }

  private static void member(
      Statement sql, String program, String member, String enrolled, @Nullable String phone)
      throws SQLException {
    sql.execute(
        """
        INSERT INTO member (program_id, member_id, sequence, previous_sequence, status, available,
                            lifetime_earned, lifetime_spent, lot_expires_at, lot_points, enrolled_at)
        VALUES ('%1$s', '%2$s', 0, -1, 'ACTIVE', 0, 0, 0, '{}', '{}', '%3$s');
        INSERT INTO member_profile (program_id, member_id, phone) VALUES ('%1$s', '%2$s', %4$s)
        """
            .formatted(program, member, enrolled, phone == null ? "NULL" : "'" + phone + "'"));
  }

  private static Map<String, String> column(Connection connection, String query)
      throws SQLException {
    var values = new TreeMap<String, String>();
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        values.put(rows.getString(1), String.valueOf(rows.getString(2)));
      }
    }
    return values;
  }
}
