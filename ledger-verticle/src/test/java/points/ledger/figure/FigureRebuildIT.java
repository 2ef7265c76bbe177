package points.ledger.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.feed.Feed;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.proof.LedgerAudit;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A rebuild makes all figures again, and nobody sees parts of them. */
@WithPostgres
class FigureRebuildIT {

  private static final String ALL =
      """
      SELECT 'hour', h::text FROM figure_hour h
      UNION ALL SELECT 'store day', t::text FROM figure_store_day t
      UNION ALL SELECT 'served', s::text FROM figure_served s
      UNION ALL SELECT 'day', d::text FROM figure_day d
      UNION ALL SELECT 'outstanding', o::text FROM figure_outstanding o WHERE points <> 0
      ORDER BY 1, 2
      """;

  private static final String PRIVILEGES =
      """
      SELECT c.relname, pg_get_userbyid(c.relowner), array_to_string(coalesce(c.relacl, acldefault('r', c.relowner)), ' '),
             coalesce(string_agg(array_to_string(a.attacl, ' '), ' '), '')
        FROM figure_tables() c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
       GROUP BY 1, 2, 3 ORDER BY 1
      """;

  private static final String ORDERS = "SELECT coalesce(sum(orders), 0) FROM figure_hour";
  private static final int EVENTS = 50;

  @RegisterExtension final OpenLedgers ledgers;

  private final TestDatabase database;
  private final Tills tills = new Tills();
  private OpenLedger ledger;
  private Feed feed;
  private Figures figures;
  private Sql sql;

  FigureRebuildIT(TestDatabase database) {
    this.database = database;
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void start() throws SQLException {
    ledger = ledgers.open(tills.program());
    var meters = new SimpleMeterRegistry();
    feed = Feed.start(ledgers.vertx(), ledger.pools(), meters, InstantSource.system());
    figures = Figures.start(ledgers.vertx(), ledger.pool(), ledger.pool(), meters);
    sql = ledgers.sql();
    sell(300);
    untilTaken();
  }

  @AfterEach
  void stop() throws SQLException {
    sql.close();
    await(figures.stop());
    await(feed.stop());
  }

  @Test
  void heals_wrong_figures_and_shows_the_old_ones_until_it_is_done() throws Exception {
    List<String> right = sql.rows(ALL);
    long orders = sql.number(ORDERS);
    sql.run("UPDATE figure_hour SET orders = orders + 1000", "DELETE FROM figure_served");
    long planted = sql.number(ORDERS);
    List<Long> seen = new ArrayList<>();

    rebuild((events, left) -> seen.add(number(ORDERS)));

    assertThat(seen).as("parts").hasSizeGreaterThan(4).containsOnly(planted);
    assertThat(sql.number(ORDERS)).isEqualTo(orders);
    assertThat(sql.rows(ALL)).isEqualTo(right);
    sell(10);
    untilTaken();
    assertThat(sql.number(ORDERS)).as("the consumer goes on").isEqualTo(orders + 10);
  }

  @Test
  void is_exact_while_sales_go_on() throws Exception {
    long orders = sql.number(ORDERS);

    rebuild((events, left) -> sell(7));
    untilTaken();

    long entries = sql.number("SELECT count(*) FROM entry WHERE kind = 'ACCRUAL'");
    assertThat(entries).isGreaterThan(orders);
    assertThat(sql.number(ORDERS)).isEqualTo(entries);
    assertThat(await(figures.place()).rebuildingSince()).isNull();
  }

  @Test
  void goes_on_where_it_was_interrupted() throws Exception {
    List<String> right = sql.rows(ALL);
    var parts = new ArrayList<Long>();

    assertThatThrownBy(
            () ->
                rebuild(
                    (events, left) -> {
                      parts.add(events);
                      if (parts.size() == 3) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    assertThat(await(figures.place()).rebuildingSince()).isNotNull();
    assertThat(sql.rows(ALL)).isEqualTo(right);
    var later = new ArrayList<Long>();
    rebuild((events, left) -> later.add(events));

    long all = sql.number("SELECT sum(events) FROM feed");
    assertThat(sum(parts)).isPositive();
    assertThat(sum(later)).isEqualTo(all - sum(parts));
    assertThat(sql.rows(ALL)).isEqualTo(right);
  }

  @Test
  void begins_anew_when_figures_are_added_up_otherwise() throws Exception {
    List<String> right = sql.rows(ALL);
    assertThatThrownBy(
            () ->
                rebuild(
                    (events, left) -> {
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    sql.run("UPDATE rebuild_of_figures SET made_by = 'the release before'");
    var later = new ArrayList<Long>();

    rebuild((events, left) -> later.add(events));

    assertThat(sum(later)).isEqualTo(sql.number("SELECT sum(events) FROM feed"));
    assertThat(sql.rows(ALL)).isEqualTo(right);
  }

  @Test
  void leaves_nothing_behind_when_it_is_cancelled() throws Exception {
    assertThatThrownBy(
            () ->
                rebuild(
                    (events, left) -> {
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    List<String> right = sql.rows(ALL);

    try (Connection connection = connect()) {
      new FigureRebuild(connection).cancel();
    }

    assertThat(await(figures.place()).rebuildingSince()).isNull();
    assertThat(sql.rows(ALL)).isEqualTo(right);
    assertThat(sql.number("SELECT count(*) FROM pg_tables WHERE schemaname = 'figures_rebuild'"))
        .isZero();
  }

  @Test
  void keeps_the_owner_and_the_privileges_of_the_tables() throws Exception {
    sql.run(
        "DROP ROLE IF EXISTS figures_owner, figures_reader, figures_stranger", // of a killed run
        "CREATE ROLE figures_owner",
        "CREATE ROLE figures_reader",
        "CREATE ROLE figures_stranger",
        "GRANT figures_owner TO CURRENT_USER",
        "ALTER TABLE figure_day OWNER TO figures_owner",
        "GRANT SELECT ON figure_day TO figures_reader WITH GRANT OPTION",
        "GRANT SELECT ON figure_store_day TO figures_reader",
        "GRANT SELECT (turnover) ON figure_hour TO figures_reader",
        "GRANT SELECT ON figure_outstanding TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO figures_stranger");
    try {
      List<String> before = sql.rows(PRIVILEGES);

      rebuild((events, left) -> {});

      assertThat(sql.rows(PRIVILEGES)).isEqualTo(before);
      assertThat(before).anyMatch(it -> it.startsWith("figure_day|figures_owner|"));
      assertThat(
              sql.rows(
                  """
                  SELECT has_table_privilege('figures_reader', 'figure_store_day', 'SELECT'),
                         has_column_privilege('figures_reader', 'figure_hour', 'turnover', 'SELECT'),
                         has_table_privilege('figures_reader', 'figure_hour', 'SELECT')
                  """))
          .containsExactly("t|t|f");
    } finally {
      sql.run(
          "DROP OWNED BY figures_reader, figures_stranger",
          "REASSIGN OWNED BY figures_owner TO CURRENT_USER",
          "REVOKE ALL ON figure_outstanding FROM PUBLIC",
          "DROP ROLE figures_reader, figures_stranger, figures_owner");
    }
  }

  @Test
  void names_a_view_of_the_figures_before_anything_is_made() throws Exception {
    sql.run("CREATE VIEW turnover_of_days AS SELECT business_day, turnover FROM figure_store_day");
    try {
      assertThatThrownBy(() -> rebuild((events, left) -> {}))
          .hasMessageContaining("turnover_of_days");
      assertThat(await(figures.place()).rebuildingSince()).isNull();
    } finally {
      sql.run("DROP VIEW turnover_of_days");
    }
  }

  @Test
  void waits_for_an_audit_which_sees_one_set_of_figures() throws Exception {
    var waits = new AtomicBoolean();
    var rebuilt = new AtomicReference<CompletableFuture<Void>>();
    LedgerAudit.Result result;
    try (Connection auditor = connect()) {
      result =
          LedgerAudit.of(
              auditor,
              finding -> {
                if (rebuilt.get() == null) {
                  rebuilt.set(CompletableFuture.runAsync(() -> rebuildAndSee(waits)));
                  awaitThat(
                      "the rebuild to be at its end", () -> waits.get() || rebuilt.get().isDone());
                }
              });
    }

    assertThat(result.findings().stream().filter(it -> it.count() > 0)).isEmpty();
    assertThat(waits).isTrue();
    rebuilt.get().get(30, TimeUnit.SECONDS);
    assertThat(await(figures.place()).rebuildingSince()).isNull();
  }

  private void rebuildAndSee(AtomicBoolean waits) {
    try {
      rebuild(
          new FigureRebuild.Progress() {
            @Override
            public void went(long events, long left) {}

            @Override
            public void waits(String readers) {
              waits.set(true);
            }
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_new_time_zone_counts_new_sales_and_after_a_rebuild_all() throws Exception {
    String days = "SELECT DISTINCT business_day FROM figure_hour WHERE orders > 0 ORDER BY 1";
    List<String> before = sql.rows(days);
    String zone = otherDayThan(tills.program().timeZone());
    sql.run(
        "UPDATE program SET time_zone = '%s' WHERE program_id = '%s'"
            .formatted(zone, tills.program().programId()));
    sell(10);
    untilTaken();

    assertThat(sql.rows(days)).as("days of before, and a new one").containsAll(before);
    assertThat(sql.rows(days)).hasSizeGreaterThan(before.size());
    assertThat(found(sql)).as("right after the change").isEmpty();
    sql.run(
        "UPDATE figure_hour SET orders = orders + 1", "UPDATE figure_store_day SET turnover = 0");
    assertThat(found(sql)).as("a wrong sum").hasSize(2);

    rebuild((events, left) -> {});

    assertThat(sql.rows(days))
        .isEqualTo(
            sql.rows(
                """
                SELECT DISTINCT (e.occurred_at AT TIME ZONE p.time_zone)::date
                  FROM entry e JOIN program p USING (program_id) WHERE e.kind = 'ACCRUAL' ORDER BY 1
                """));
    assertThat(found(sql)).as("after the rebuild").isEmpty();
    try (Sql session = ledgers.sql().begin()) {
      session.run("UPDATE figure_hour SET hour_start = hour_start + interval '1 hour'");
      assertThat(found(session)).as("a wrong hour").hasSize(1);
      session.rollBack();
    }
  }

  /** A zone that has another date now. */
  private static String otherDayThan(ZoneId zone) {
    ZoneId first = ZoneId.of("Pacific/Kiritimati");
    return LocalDate.now(first).equals(LocalDate.now(zone)) ? "Etc/GMT+12" : first.getId();
  }

  private static List<String> found(Sql session) throws SQLException {
    return session.audit().findings().stream()
        .filter(it -> it.count() > 0)
        .map(it -> it.check() + it.differences())
        .toList();
  }

  private void rebuild(FigureRebuild.Progress progress) throws Exception {
    try (Connection connection = connect()) {
      new FigureRebuild(connection, EVENTS).run(progress);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private void sell(int orders) {
    var commands = new ArrayList<Command>();
    for (int i = 0; i < orders; i++) {
      commands.add(tills.accrue(tills.member("m" + i % 20), 100));
    }
    for (int from = 0; from < orders; from += 30) {
      ledger.answersTo(commands.subList(from, Math.min(orders, from + 30)));
    }
  }

  private long number(String query) {
    try {
      return sql.number(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long sum(List<Long> parts) {
    return parts.stream().mapToLong(it -> it).sum();
  }

  private void untilTaken() {
    awaitThat(
        "the figures to be up to date",
        () ->
            number("SELECT count(*) FROM feed_unnumbered") == 0
                && number(
                        """
                        SELECT count(*) FROM feed WHERE position >
                          (SELECT last_position FROM feed_consumer WHERE name = 'figures')
                        """)
                    == 0);
  }
}
