package points.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import points.ledger.fixture.AllPlaces;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.job.JobOptions;
import points.ledger.job.Jobs;
import points.ledger.model.MemberKey;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A row that is not what its entries give is found and named, wherever the difference is. */
@WithPostgres
class AuditorIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey rich = tills.member("rich");
  private final MemberKey poor = tills.member("poor");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  AuditorIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  private OpenLedger book(Sql sql) throws SQLException {
    sql.run(
        "SET session_replication_role = replica",
        "DELETE FROM entry",
        "DELETE FROM member",
        "UPDATE job SET run_by = NULL, run_until = NULL, started_at = NULL, finished_at = NULL,"
            + " cursor_member = NULL, cursor_program = NULL, members = 0, done_from = NULL");
    OpenLedger ledger = ledgers.open(tills.program());
    var places = new AllPlaces(ledger, tills.keyPrefix());
    places.fill(rich, Instant.now());
    places.indebt(poor, Instant.now());
    return ledger;
  }

  /** One pass over all members. */
  private void audit(OpenLedger ledger, Sql sql) {
    var logger = (Logger) LoggerFactory.getLogger("points.ledger.job.Auditor");
    log.start();
    logger.addAppender(log);
    var options = new JobOptions(1, 10_000, 1, Duration.ofMillis(10));
    Jobs sweeps =
        Jobs.start(
            ledgers.vertx(),
            ledger.pool(),
            ledger::submit,
            ledger.registry().programs(),
            options,
            meters,
            InstantSource.system());
    awaitThat(
        "a pass",
        () -> {
          try {
            return sql.number("SELECT count(done_from) FROM job WHERE name = 'audit'") == 1;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
    await(sweeps.stop());
    logger.detachAppender(log);
  }

  private List<String> errors() {
    return log.list.stream()
        .filter(it -> it.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private long counted(String name) {
    return (long) meters.get(name).counter().count();
  }

  @Test
  void says_nothing_of_books_that_are_right() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      audit(book(sql), sql);

      assertThat(errors()).isEmpty();
      assertThat(counted("points.audit.members")).isEqualTo(2);
      assertThat(counted("points.audit.differences")).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          available points  | rich | account points, place AVAILABLE    | expected 80, found 81     | lot_points[1] = lot_points[1] + 1
          the expiry of a lot | rich | account points, place AVAILABLE  | expected 0, found 80      | lot_expires_at[1] = lot_expires_at[1] + interval '1 day'
          a column          | rich | column available                   | expected 80, found 81     | available = available + 1
          a column of held  | rich | column held                        | expected 20, found 21     | held = held + 1
          a column of pending | rich | column pending                   | expected 40, found 41     | pending = pending + 1
          a column of money | rich | column stored_value                | expected 4700, found 4701 | stored_value = stored_value + 1
          held points       | rich | account points, place HELD, set aside by 5 | expected 20, found 21 | extra = jsonb_set(extra::jsonb, '{reserves,1,lots,points,0,1}', '21')
          held money        | rich | account storedValue, place HELD    | expected 300, found 301   | extra = jsonb_set(extra::jsonb, '{reserves,1,lots,storedValue,0,1}', '301')
          pending points    | rich | account points, place PENDING      | expected 40, found 41     | extra = jsonb_set(extra::jsonb, '{reserves,0,lots,points,0,1}', '41')
          growth value      | rich | account growth, place AVAILABLE    | expected 10, found 11     | extra = jsonb_set(extra::jsonb, '{accounts,growth,lots,0,1}', '11')
          stored value      | rich | account storedValue, place AVAILABLE | expected 4700, found 4701 | extra = jsonb_set(extra::jsonb, '{accounts,storedValue,lots,0,1}', '4701')
          debt of growth    | rich | account growth, place DEBT         | expected 0, found 1       | extra = jsonb_set(extra::jsonb, '{accounts,growth,debt}', '1')
          the end of a hold | rich | reserves                           | expected                  | extra = jsonb_set(extra::jsonb, '{reserves,1,endsAt}', '"2030-01-01T00:00:00Z"')
          debt              | poor | account points, place DEBT         | expected 50, found 51     | debt = debt + 1
          a life's earnings | poor | lifetimeEarned                     | expected 0, found 1       | lifetime_earned = lifetime_earned + 1
          a life's spending | poor | lifetimeSpent                      | expected 0, found 1       | lifetime_spent = lifetime_spent + 1
          a status          | poor | status                             | expected ACTIVE, found FROZEN | status = 'FROZEN'
          a merge           | poor | mergedInto                         | found rich                | extra = '{"mergedInto": "rich"}'
          lots in no order  | rich | row or entries                     | such as can be read       | lot_points = array_append(lot_points, 5::bigint), lot_expires_at = array_append(lot_expires_at, now())
          """)
  void finds_and_names(String fault, String memberId, String where, String what, String change)
      throws SQLException {
    try (Sql sql = ledgers.sql()) {
      OpenLedger ledger = book(sql);
      sql.run(
          "CREATE TABLE kept AS TABLE member",
          "UPDATE member SET %s WHERE member_id = '%s'".formatted(change, memberId));

      audit(ledger, sql);
      sql.run("DELETE FROM member", "INSERT INTO member TABLE kept", "DROP TABLE kept");

      assertThat(counted("points.audit.differences")).as(fault).isPositive();
      assertThat(errors())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("member " + memberId + " of " + rich.programId(), where, what));
    }
  }

  @Test
  void finds_an_entry_unlike_its_answer_and_an_entry_that_is_missing() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      OpenLedger ledger = book(sql);
      sql.run(
          "CREATE TABLE kept AS TABLE entry",
          "UPDATE entry SET points = points + 1, balance = balance + 2"
              + " WHERE member_id = 'rich' AND sequence = 1",
          "DELETE FROM entry WHERE member_id = 'poor' AND sequence = 2");

      audit(ledger, sql);
      sql.run("DELETE FROM entry", "INSERT INTO entry TABLE kept", "DROP TABLE kept");

      assertThat(errors())
          .anyMatch(it -> it.contains("points of entry 1") && it.contains("found 101"))
          .anyMatch(it -> it.contains("balance of entry 1") && it.contains("found 102"))
          .anyMatch(it -> it.contains("sequence") && it.contains("expected 2, found 3"));
    }
  }
}
