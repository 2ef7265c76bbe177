package points.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command;
import points.ledger.commit.Batch;
import points.ledger.commit.WriteFailureException;
import points.ledger.commit.WriteFailureException.Kind;
import points.ledger.database.Database;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.fixture.Sql;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A database that has lost a member is told apart from any other fault of the same SQLSTATE. */
@WithPostgres
class RewoundIT {

  private static final Program PROGRAM =
      new Program(
          "rewound",
          "name",
          "CNY",
          ZoneId.of("UTC"),
          new EarningRule(1, 1, Rounding.FLOOR),
          new Validity.Never(),
          true);

  private final Vertx vertx = Vertx.vertx();
  private final Sql sql;
  private final PgBatchWriter writer;

  RewoundIT(TestDatabase database) {
    var address = new Database(database.uri());
    address.migrate();
    this.sql = Sql.on(database);
    this.writer =
        new PgBatchWriter(
            vertx, "node", address, Duration.ofSeconds(3), () -> Future.succeededFuture());
  }

  @BeforeEach
  void connect() throws SQLException {
    sql.run(
        """
        INSERT INTO program VALUES
          ('rewound', 'p', 'CNY', 'UTC', 1, 100, 'FLOOR', 'never', NULL, NULL, NULL, true)
        ON CONFLICT DO NOTHING
        """);
    await(writer.connect());
  }

  @AfterEach
  void close() throws SQLException {
    sql.run("DROP FUNCTION IF EXISTS refuse_for_test() CASCADE");
    sql.close();
    await(writer.close());
    await(vertx.close());
  }

  @Test
  void a_member_that_is_remembered_and_not_there_was_lost_by_the_database() {
    assertThat(failureOf(batch(MemberState.ENROLLED))).isEqualTo(Kind.REWOUND);
  }

  @Test
  void another_fault_of_the_same_state_is_searched_for_like_any_other() throws SQLException {
    sql.run(
        """
        CREATE FUNCTION refuse_for_test() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'test' USING ERRCODE = 'object_not_in_prerequisite_state';
        END $$
        """,
        """
        CREATE TRIGGER refuse_for_test BEFORE INSERT ON entry FOR EACH ROW
          WHEN (NEW.program_id = 'rewound') EXECUTE FUNCTION refuse_for_test()
        """);
    assertThat(failureOf(batch(null))).isEqualTo(Kind.REJECTED);
  }

  private Kind failureOf(Batch batch) {
    return await(
        writer
            .write(batch)
            .transform(
                written -> Future.succeededFuture(WriteFailureException.kindOf(written.cause()))));
  }

  private static Batch batch(@Nullable MemberState before) {
    var member = new MemberKey("rewound", "m");
    Origin sale = Origin.sale("store", null, "order");
    Command command = Command.Accrue.of(member, "key", sale, Instant.now(), 500, List.of());
    var accepted =
        (Decision.Accepted) CommandDecider.decide(before, command, PROGRAM, Instant.now());
    return new Batch(
        List.of(
            new Batch.Member(
                member,
                before,
                accepted.state(),
                List.of(new Batch.Decided(command, accepted.entries(), false)))),
        false);
  }
}
