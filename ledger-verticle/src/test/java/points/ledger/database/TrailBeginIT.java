package points.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import points.ledger.fixture.Sql;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** The audit of a trail that began, and began again, in releases before this one. */
@WithPostgres
class TrailBeginIT {

  private final TestDatabase database;

  TrailBeginIT(TestDatabase database) {
    this.database = database;
  }

  @Test
  void misses_no_change_by_hand_since_the_trail_has_them() throws SQLException {
    migrateTo("31");
    try (Sql sql = Sql.on(database)) {
      sql.run(
          "INSERT INTO program VALUES"
              + " ('p', 'p', 'CNY', 'UTC', 1, 100, 'FLOOR', 'never', NULL, NULL, NULL, true)");
      enter(sql, "before-the-trail", "ADJUSTMENT", "4 hours");
      migrateTo("39");
      enter(sql, "first", "ADJUSTMENT", "3 hours");
      enter(sql, "lost", "ADJUSTMENT", "2 hours");
      enter(sql, "lost-late", "GIFT", "1 second");
      enter(sql, "move-of-before", "MOVE_OUT", "1 hour");
      sql.run("DELETE FROM audit_pending WHERE member_id LIKE 'lost%'");
      sql.run("SELECT show_in_audit_trail(100)");

      Migrations.apply(database.jdbcUrl(), database.user(), database.password(), 10);

      assertThat(missing(sql)).containsExactlyInAnyOrder("lost", "lost-late");
      enter(sql, "lost-move", "MOVE_OUT", "-2 minutes");
      enter(sql, "noted-move", "MOVE_OUT", "-2 minutes");
      sql.run("DELETE FROM audit_pending WHERE member_id = 'lost-move'");
      assertThat(missing(sql)).containsExactlyInAnyOrder("lost", "lost-late", "lost-move");
    }
  }

  private void migrateTo(String version) {
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("classpath:points/ledger/store/migration")
        .javaMigrations(new PhonesInOneForm())
        .target(version)
        .load()
        .migrate();
  }

  /** Writes the only entry of a new member. */
  private static void enter(Sql sql, String member, String kind, String ago) throws SQLException {
    sql.run(
        "INSERT INTO member VALUES ('p', '%s', 1, -1, 'ACTIVE', 1, 0, 0, '{infinity}', '{1}')"
            .formatted(member),
        """
        INSERT INTO entry (program_id, member_id, sequence, kind, points, balance, lot_expires_at,
                           lot_points, operator, reason, occurred_at, recorded_at)
        VALUES ('p', '%s', 1, '%s', 1, 1, '{infinity}', '{1}', 'o', 'r', now(),
                now() - interval '%s')
        """
            .formatted(member, kind, ago));
  }

  /** Returns the members of changes by hand that the audit finds to be missing. */
  private static List<String> missing(Sql sql) throws SQLException {
    return sql.audit().findings().stream()
        .filter(it -> it.check().startsWith("the audit trail shows each entry"))
        .flatMap(it -> it.differences().stream())
        .map(it -> it.replaceFirst(".*member_id=([a-z-]+).*", "$1"))
        .toList();
  }
}
