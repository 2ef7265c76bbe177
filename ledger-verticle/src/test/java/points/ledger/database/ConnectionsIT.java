package points.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;
import static points.ledger.fixture.OpenLedger.failureOf;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Wire;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Which failures say that the database is away, and which of them leave a doubt. */
@WithPostgres
class ConnectionsIT {

  private static final int POOL = 2;

  private final Vertx vertx = Vertx.vertx();
  private final TestDatabase database;
  private final Wire wire;
  private final Pool pool;
  private final PgClient connections;

  ConnectionsIT(TestDatabase database) {
    this.database = database;
    this.wire = Wire.to(database, vertx);
    this.pool = wire.at(database).pool(vertx, POOL);
    this.connections = new PgClient(pool);
  }

  @BeforeEach
  void a_function_that_fails_as_it_is_told() throws SQLException {
    try (Sql sql = Sql.on(database)) {
      sql.run(
          """
          CREATE OR REPLACE FUNCTION fail(state text) RETURNS integer LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'as planted' USING ERRCODE = state; END $$
          """);
    }
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static boolean leavesDoubt(Future<?> work) {
    Throwable failure = failureOf(work);
    assertThat(failure).isInstanceOf(DatabaseAwayException.class);
    return ((DatabaseAwayException) failure).inDoubt();
  }

  private List<Future<?>> everyWay(String sql, Tuple arguments) {
    return List.of(
        connections.read(sql, arguments),
        connections.write(sql, arguments),
        connections.inTransaction(it -> it.preparedQuery(sql).execute(arguments)));
  }

  /**
   * It starts, cancels, is full, does not write, broke by itself, or ended a deadlock or a wait.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"57P03", "57014", "53300", "53100", "25006", "XX000", "40P01", "40001", "55P03"})
  void a_server_that_says_it_cannot_is_away_and_has_done_nothing(String state) {
    for (Future<?> work : everyWay("SELECT fail($1)", Tuple.of(state))) {
      assertThat(leavesDoubt(work)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "22012", "42P01"})
  void a_wrong_statement_fails_by_its_own_error(String state) {
    for (Future<?> work : everyWay("SELECT fail($1)", Tuple.of(state))) {
      assertThat(failureOf(work))
          .isInstanceOfSatisfying(
              PgException.class, it -> assertThat(it.getSqlState()).isEqualTo(state));
    }
  }

  @Test
  void a_connection_that_is_lost_under_a_write_leaves_a_doubt() {
    String slow = "SELECT pg_sleep(20)";
    Future<?> read = connections.read(slow, Tuple.tuple());
    Future<?> write = connections.write(slow, Tuple.tuple());
    awaitRunning(2, slow);

    wire.tear();

    assertThat(leavesDoubt(read)).isFalse();
    assertThat(leavesDoubt(write)).isTrue();
  }

  @Test
  void a_connection_that_is_lost_before_the_commit_leaves_none() {
    String slow = "SELECT pg_sleep(21)";
    Future<?> work = connections.inTransaction(it -> it.query(slow).execute());
    awaitRunning(1, slow);

    wire.tear();

    assertThat(leavesDoubt(work)).isFalse();
  }

  @Test
  void a_server_that_does_not_answer_leaves_a_doubt_about_writes_only() {
    String slow = "SELECT pg_sleep(2)"; // shorter than a statement may take
    Future<?> read = connections.read(slow, Tuple.tuple());
    Future<?> write = connections.write(slow, Tuple.tuple());
    awaitRunning(2, slow);

    wire.cut();

    assertThat(leavesDoubt(read)).isFalse();
    assertThat(leavesDoubt(write)).isTrue();
  }

  @Test
  void a_pool_that_has_no_connection_for_it_has_sent_nothing() {
    SqlConnection one = await(pool.getConnection());
    SqlConnection other = await(pool.getConnection());

    for (Future<?> work : everyWay("SELECT 1", Tuple.tuple())) {
      assertThat(leavesDoubt(work)).isFalse();
    }
    await(one.close());
    await(other.close());
    assertThat(await(connections.read("SELECT 1", Tuple.tuple())).size()).isEqualTo(1);
  }

  private void awaitRunning(int count, String statement) {
    String running =
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = '%s'"
            .formatted(statement);
    awaitThat("the statements to run", () -> number(running) == count);
  }

  private long number(String query) {
    try (Sql sql = Sql.on(database)) {
      return sql.number(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
