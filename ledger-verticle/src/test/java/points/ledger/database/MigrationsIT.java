package points.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static points.ledger.fixture.OpenLedger.awaitThat;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.fixture.Sql;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Migrations of a ledger that is in use. */
@WithPostgres
class MigrationsIT {

  /** The last schema without a feed: the next migration locks the tables of the ledger. */
  private static final String BEFORE_FEED = "27";

  private static final String WAITING =
      "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'entry'::regclass"
          + " AND mode = 'AccessExclusiveLock'";

  private static final String FED = "SELECT count(*) FROM pg_tables WHERE tablename = 'feed'";

  private final TestDatabase database;

  MigrationsIT(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void empty() throws SQLException {
    try (Sql sql = Sql.on(database)) {
      sql.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }
  }

  @Test
  void a_long_reader_delays_the_migration_and_no_writer() throws Exception {
    migrateTo(BEFORE_FEED);
    try (Sql reader = Sql.on(database);
        Sql writer = Sql.on(database);
        Sql watcher = Sql.on(database)) {
      reader.begin().run("SET application_name = 'nightly-dump'", "SELECT count(*) FROM entry");
      assertGivesUp(watcher);
      CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> apply(100));
      awaitThat("the migration to wait", () -> number(watcher, WAITING) > 0);

      writer.run("SET statement_timeout = '3s'", member("m"), entry("m"));

      assertThat(migration).isNotDone();
      assertThat(number(watcher, FED)).isZero();
      reader.run("COMMIT");
      migration.join();
      assertThat(number(watcher, FED)).isOne();
      assertThat(number(watcher, "SELECT sum(events) FROM feed WHERE position < 100"))
          .as("the program, the member and its entry")
          .isEqualTo(3);
    }
  }

  /** PostgreSQL ends a migration in favour of another transaction, and then once more. */
  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001"})
  void a_migration_that_gave_way_to_others_is_tried_again(String state) throws Exception {
    migrateTo(BEFORE_FEED);
    try (Sql sql = Sql.on(database)) {
      sql.run(
          "CREATE SEQUENCE tries",
          """
          CREATE FUNCTION give_way() RETURNS event_trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF nextval('tries') < 3 THEN
              RAISE EXCEPTION 'others came first' USING ERRCODE = '%s';
            END IF;
          END $$
          """
              .formatted(state),
          "CREATE EVENT TRIGGER others ON ddl_command_start EXECUTE FUNCTION give_way()");
      try {
        assertThatThrownBy(() -> apply(1)).hasMessageContaining("other sessions");
        assertThat(number(sql, FED)).isZero();

        apply(3);

        assertThat(number(sql, FED)).isOne();
      } finally {
        sql.run("DROP EVENT TRIGGER others", "DROP FUNCTION give_way", "DROP SEQUENCE tries");
      }
    }
  }

  /** It names the session that holds the table, and has changed nothing. */
  private void assertGivesUp(Sql watcher) {
    CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> apply(1));
    assertThatThrownBy(() -> migration.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(FlywayException.class)
        .hasMessageContaining("other sessions hold its tables")
        .hasMessageContaining("nightly-dump");
    assertThat(number(watcher, FED)).isZero();
    assertThat(number(watcher, WAITING)).isZero();
  }

  private void apply(int triesMax) {
    Migrations.apply(database.jdbcUrl(), database.user(), database.password(), triesMax);
  }

  private void migrateTo(String version) throws SQLException {
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("classpath:points/ledger/store/migration")
        .javaMigrations(new PhonesInOneForm())
        .target(version)
        .load()
        .migrate();
    try (Sql sql = Sql.on(database)) {
      sql.run(
          "INSERT INTO program VALUES"
              + " ('p', 'p', 'CNY', 'UTC', 1, 100, 'FLOOR', 'never', NULL, NULL, NULL, true)");
    }
  }

  private static long number(Sql sql, String query) {
    try {
      return sql.number(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String member(String id) {
    return "INSERT INTO member VALUES ('p', '%s', 1, -1, 'ACTIVE', 1, 0, 0, '{infinity}', '{1}')"
        .formatted(id);
  }

  private static String entry(String member) {
    return """
    INSERT INTO entry (program_id, member_id, sequence, kind, points, balance, lot_expires_at,
                       lot_points, operator, reason, occurred_at, recorded_at)
    VALUES ('p', '%s', 1, 'ADJUSTMENT', 1, 1, '{infinity}', '{1}', 'o', 'r', now(), now())
    """
        .formatted(member);
  }
}
