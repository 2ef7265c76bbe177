package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.command.Command.Accrue;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.proof.LedgerAudit.Finding;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** What budgets leave behind: events of the feed, and figures by hour. */
@WithPostgres
class BudgetHistoryIT {

  private static final String WARNS = "\"atEnd\": \"cut\", \"warnAt\": [\"0.5\", \"0.925\"]";

  @RegisterExtension final OpenLedgers ledgers;

  private BudgetShop shop;

  BudgetHistoryIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() {
    shop = new BudgetShop(ledgers);
  }

  private List<String> events(Sql session) throws SQLException {
    return session.rows(
        """
        SELECT type, subject, data ->> 'storeId', data ->> 'at', data ->> 'limit', data ->> 'used'
          FROM feed_batch WHERE program_id = '%s' AND type LIKE 'budget.%%' ORDER BY batch_id
        """
            .formatted(shop.programId()));
  }

  @Test
  void each_share_and_the_end_is_an_event_once_for_each_limit() throws SQLException {
    shop.publish(20, WARNS);
    Accrue first = shop.order("m", "store");
    shop.nodes.get(0).answerTo(first);
    try (Sql session = ledgers.sql()) {
      assertThat(events(session)).isEmpty();
      shop.sell(1, "m");
      assertThat(events(session)).containsExactly("budget.warned|b|null|0.5|20|14");

      assertThat(shop.sell(0, "n")).isEqualTo(6);
      assertThat(events(session))
          .containsExactly(
              "budget.warned|b|null|0.5|20|14",
              "budget.warned|b|null|0.925|20|20",
              "budget.ended|b|null|null|20|20");

      BudgetShop.accepted(shop.nodes.get(0).answerTo(shop.refund(first, null)));
      assertThat(shop.sell(1, "n")).isEqualTo(7);
      assertThat(events(session)).as("issued again").hasSize(3);

      shop.publish(40, WARNS);
      shop.sell(0, "n");
      assertThat(events(session).subList(3, events(session).size()))
          .as("of another limit")
          .containsExactly("budget.warned|b|null|0.5|40|27");
    }
  }

  @Test
  void one_batch_may_reach_all_shares() throws SQLException {
    shop.publish(5, WARNS + ", \"per\": \"store\"");

    shop.nodes.get(0).answerTo(shop.order("m", "east"));

    try (Sql session = ledgers.sql()) {
      assertThat(events(session))
          .containsExactly(
              "budget.warned|b|east|0.5|5|5",
              "budget.warned|b|east|0.925|5|5",
              "budget.ended|b|east|null|5|5");
    }
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

  private void drawOn() {
    shop.publish(20, WARNS);
    Accrue first = shop.order("m", "east");
    shop.nodes.get(0).answerTo(first);
    shop.nodes.get(1).answerTo(shop.order("n", "west"));
    BudgetShop.accepted(shop.nodes.get(0).answerTo(shop.refund(first, 500L)));
  }

  @Test
  void hours_and_days_are_what_entries_drew() throws Exception {
    LocalDate before = LocalDate.now(shop.tills.program().timeZone());
    drawOn();
    LocalDate today = LocalDate.now(shop.tills.program().timeZone());
    try (Sql session = ledgers.sql()) {
      take(session);
      assertDrawn(before, today);

      session.run("SELECT begin_figures_rebuild()");
      assertThat(session.number("SELECT go_on_with_figures_rebuild(1000000)")).isPositive();
      session.run("SELECT finish_figures_rebuild(1000000)");

      assertDrawn(before, today);
    }
  }

  private void assertDrawn(LocalDate before, LocalDate today) {
    var history = new BudgetHistory(shop.nodes.get(0).pool());
    List<BudgetHistory.Part> hours =
        OpenLedger.await(history.parts(shop.programId(), "b", before, today, true));
    assertThat(hours.stream().mapToLong(BudgetHistory.Part::issued).sum()).isEqualTo(14);
    assertThat(hours.stream().mapToLong(BudgetHistory.Part::reversed).sum()).isEqualTo(3);
    assertThat(hours).allMatch(it -> !Instant.now().isBefore(it.hour()));
    BudgetHistory.Sums sums =
        OpenLedger.await(history.sums(shop.programId(), "b", today.plusDays(1), today.plusDays(3)));
    assertThat(sums.before()).isEqualTo(11);
    assertThat(sums.lately()).isEqualTo(11);
    assertThat(sums.firstDay()).isBetween(before, today);
    assertThat(sums.earned())
        .as("20 of the base, 14 of the budget, less 8 taken back")
        .isEqualTo(26);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          issued       | UPDATE figure_budget_hour SET issued = issued + 1
          reversed     | UPDATE figure_budget_hour SET reversed = reversed + 1
          lapsed       | UPDATE figure_budget_hour SET lapsed = lapsed + 1
          another hour | UPDATE figure_budget_hour SET hour_start = hour_start + interval '1 hour'
          another day  | UPDATE figure_budget_hour SET business_day = business_day + 1
          a lost hour  | DELETE FROM figure_budget_hour
          """)
  void the_audit_finds(String fault, String sql) throws SQLException {
    drawOn();
    try (Sql session = ledgers.sql().begin()) {
      take(session);
      assertThat(found(session)).as("before").noneMatch(it -> it.contains("budgets by hour"));

      session.run(sql + " WHERE program_id = '%s'".formatted(shop.programId()));

      assertThat(found(session)).as(fault).anyMatch(it -> it.contains("budgets by hour"));
      session.rollBack();
    }
  }

  private static List<String> found(Sql session) throws SQLException {
    return session.audit().findings().stream()
        .filter(it -> it.count() > 0)
        .map(Finding::check)
        .toList();
  }
}
