package points.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.fixture.AllPlaces;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** The audit finds each kind of wrong figure, and nothing in what figures have not taken yet. */
@WithPostgres
class FigureAuditIT {

  private static final String OF_HOURS = "figures of each hour";
  private static final String OF_DAYS = "sums of their hours";
  private static final String OF_MEMBERS = "members served";
  private static final String OF_POINTS = "what all members have";

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();

  FigureAuditIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  /** Opens a ledger and books something of every kind. */
  private OpenLedger book() {
    OpenLedger ledger = ledgers.open(tills.program());
    var places = new AllPlaces(ledger, tills.keyPrefix());
    places.fill(tills.member("rich"), Instant.now());
    places.indebt(tills.member("poor"), Instant.now());
    return ledger;
  }

  /** Does what the consumer does: sums and place in one transaction. */
  private static void take(Sql session) throws SQLException {
    session.run(
        "SELECT number_feed(1000000)",
        """
        SELECT add_figures(c.last_position, (SELECT max(position) FROM feed))
          FROM feed_consumer c WHERE name = 'figures'
        """,
        """
        UPDATE feed_consumer SET last_position = (SELECT max(position) FROM feed) WHERE name = 'figures'
        """);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders          | figures of each hour | UPDATE figure_hour SET orders = orders + 1
          turnover        | figures of each hour | UPDATE figure_hour SET turnover = turnover + 1
          refunds         | figures of each hour | UPDATE figure_hour SET refunds = refunds + 1
          refunded        | figures of each hour | UPDATE figure_hour SET refunded = refunded + 1
          earned          | figures of each hour | UPDATE figure_hour SET points_earned = points_earned + 1
          spent           | figures of each hour | UPDATE figure_hour SET points_spent = points_spent + 1
          expired         | figures of each hour | UPDATE figure_hour SET points_expired = points_expired + 1
          given back      | figures of each hour | UPDATE figure_hour SET points_given_back = points_given_back + 1
          taken back      | figures of each hour | UPDATE figure_hour SET points_taken_back = points_taken_back + 1
          value in        | figures of each hour | UPDATE figure_hour SET stored_value_in = stored_value_in + 1
          value out       | figures of each hour | UPDATE figure_hour SET stored_value_out = stored_value_out + 1
          new members     | figures of each hour | UPDATE figure_hour SET new_members = new_members + 1
          another hour    | figures of each hour | UPDATE figure_hour SET hour_start = hour_start + interval '1 hour'
          another day     | figures of each hour | UPDATE figure_hour SET business_day = business_day + 1
          another store   | figures of each hour | UPDATE figure_hour SET store_id = 'elsewhere'
          another channel | figures of each hour | UPDATE figure_hour SET channel = 'WEB'
          a terminal      | figures of each hour | UPDATE figure_hour SET terminal_id = 'T9'
          a cashier       | figures of each hour | UPDATE figure_hour SET cashier_id = 'amy'
          another program | figures of each hour | UPDATE figure_hour SET program_id = concat(program_id, '-other')
          a lost hour     | figures of each hour | DELETE FROM figure_hour WHERE orders > 0
          all twice       | figures of each hour | UPDATE feed_consumer SET last_position = 0 WHERE name = 'figures'
          a day           | sums of their hours  | UPDATE figure_store_day SET turnover = turnover + 1
          a lost day      | sums of their hours  | DELETE FROM figure_store_day
          a served member | members served       | UPDATE figure_day SET members_served = members_served + 1
          nobody served   | members served       | DELETE FROM figure_day
          served in all   | members served       | UPDATE figure_day SET members_served = 9 WHERE store_id = ''
          points          | what all members have | UPDATE figure_outstanding SET points = points + 1
          another end     | what all members have | UPDATE figure_outstanding SET expires_at = expires_at - interval '1 day' WHERE expires_at <> 'infinity'
          another place   | what all members have | UPDATE figure_outstanding SET place = 'ELSEWHERE' WHERE place = 'PENDING'
          another account | what all members have | UPDATE figure_outstanding SET account = 'stars' WHERE account = 'growth'
          a lost account  | what all members have | DELETE FROM figure_outstanding WHERE account = 'storedValue'
          """)
  void finds(String fault, String check, String sql) throws SQLException {
    book();
    try (Sql session = ledgers.sql().begin()) {
      take(session);
      assertThat(found(session)).as("before").isEmpty();

      session.run(sql);

      assertThat(found(session)).as(fault).anyMatch(it -> it.contains(check));
      session.rollBack();
    }
  }

  @Test
  void counts_only_what_the_figures_have_taken() throws SQLException {
    OpenLedger ledger = book();
    try (Sql session = ledgers.sql().begin()) {
      take(session);
      ledger.answerTo(tills.accrue(tills.member("late"), 500));

      assertThat(session.number("SELECT count(*) FROM feed_unnumbered")).isPositive();
      assertThat(found(session)).as("no place in the feed yet").isEmpty();
      session.run("SELECT number_feed(1000000)");
      assertThat(found(session)).as("a place behind that of the figures").isEmpty();
      session.run(
          """
          UPDATE feed_consumer SET last_position = (SELECT max(position) FROM feed)
           WHERE name = 'figures'
          """);
      assertThat(found(session))
          .as("passed over")
          .anyMatch(it -> it.contains(OF_HOURS))
          .anyMatch(it -> it.contains(OF_MEMBERS))
          .anyMatch(it -> it.contains(OF_POINTS))
          .noneMatch(it -> it.contains(OF_DAYS));
      session.rollBack();
    }
  }

  @Test
  void knows_the_hours_of_a_day_that_has_25() throws SQLException {
    MemberKey member = tills.member("night");
    OpenLedger ledger = ledgers.open(tills.program());
    ledger.answerTo(tills.accrue(member, 100));
    try (Sql session = ledgers.sql().begin()) {
      session.run(
          "SET LOCAL session_replication_role = replica",
          "UPDATE program SET time_zone = 'Europe/Berlin'",
          "UPDATE entry SET occurred_at = '2026-10-25T00:30:00Z', recorded_at ="
              + " '2026-10-25T01:30:00Z'");
      take(session);

      assertThat(session.rows("SELECT hour_start FROM figure_hour WHERE orders > 0 ORDER BY 1"))
          .singleElement()
          .asString()
          .startsWith("2026-10-25 ");
      assertThat(found(session)).isEmpty();
      session.run(
          """
          UPDATE figure_hour SET hour_start = hour_start - interval '1 hour' WHERE orders > 0
          """);
      assertThat(found(session)).anyMatch(it -> it.contains(OF_HOURS));
      session.rollBack();
    }
  }

  private static List<String> found(Sql session) throws SQLException {
    return session.audit().findings().stream()
        .filter(it -> it.count() > 0)
        .map(LedgerAudit.Finding::check)
        .toList();
  }
}
