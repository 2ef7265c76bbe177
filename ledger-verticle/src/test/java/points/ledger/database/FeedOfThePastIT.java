package points.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.fixture.Sql;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A ledger from before there was a feed. */
@WithPostgres
class FeedOfThePastIT {

  private static final String EVENTS =
      """
      SELECT f.position, coalesce(b.type, 'entry'), coalesce(l.member_id, b.subject), coalesce(l.sequence, 0)
        FROM feed f
        JOIN feed_batch b USING (batch_id, program_id)
        LEFT JOIN LATERAL unnest(b.member_ids, b.sequences) WITH ORDINALITY AS l (member_id, sequence, n)
          ON true
       ORDER BY f.position, l.n
      """;

  private static final String NEW_MEMBERS =
      """
      SELECT business_day, sum(h.new_members), (SELECT sum(d.new_members) FROM figure_store_day d
                                                 WHERE d.business_day = h.business_day)
        FROM figure_hour h GROUP BY 1 HAVING sum(h.new_members) <> 0 ORDER BY 1
      """;

  private final TestDatabase database;

  FeedOfThePastIT(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void empty() throws SQLException {
    try (Sql sql = Sql.on(database)) {
      sql.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }
  }

  @Test
  void comes_first_and_has_each_entry_once_also_of_nodes_that_write_meanwhile()
      throws SQLException {
    migrateTo("27");
    try (Sql sql = Sql.on(database)) {
      sql.run(
          "INSERT INTO program VALUES"
              + " ('p', 'p', 'CNY', 'UTC', 1, 100, 'FLOOR', 'never', NULL, NULL, NULL, true)",
          "INSERT INTO store VALUES ('p', 's', 's')");
      for (int i = 0; i < 30; i++) {
        sql.run(member("m" + i, 40), entries("m" + i, 1, 40, "2026-01-01"));
      }
      migrateTo("28");
      // an old node, which knows nothing of the feed
      sql.run(
          member("new", 1),
          entries("new", 1, 1, "2026-01-01"),
          "UPDATE member SET sequence = 41, previous_sequence = 40 WHERE member_id = 'm0'",
          entries("m0", 41, 41, "2025-01-01"));
      migrateTo("29");
      sql.run("SELECT number_feed(1000)");

      List<String[]> events = sql.rows(EVENTS).stream().map(row -> row.split("\\|")).toList();
      List<String[]> entries = events.stream().filter(it -> it[1].equals("entry")).toList();
      assertThat(entries).hasSize(30 * 40 + 2);
      assertInOrder(entries);
      assertThat(entries.subList(1_200, 1_202))
          .allSatisfy(it -> assertThat(Long.parseLong(it[0])).isGreaterThan(999_999_999_999L));
      assertThat(events.subList(0, 2).stream().map(it -> it[1]))
          .containsExactly("program.created", "store.created");
      assertThat(events.stream().filter(it -> it[1].equals("member.enrolled")).map(it -> it[2]))
          .hasSize(31)
          .doesNotHaveDuplicates();
      assertThat(sql.number("SELECT count(*) FROM feed WHERE position < 1000000000000"))
          .as("two changes, one batch of members, three of entries")
          .isEqualTo(6);
      assertThat(sql.rows("SELECT feed_position_at('p', '2026-01-01 00:00:20')"))
          .as("the batches in the order of their time")
          .containsExactly("5");
    }
  }

  /** They stand in batches, whose time is that of the newest. */
  @ParameterizedTest(name = "figures were made before: {0}")
  @ValueSource(booleans = {false, true})
  void members_of_before_the_feed_are_new_on_their_own_day(boolean made) throws SQLException {
    migrateTo("27");
    try (Sql sql = Sql.on(database)) {
      sql.run(
          "INSERT INTO program VALUES ('p', 'p', 'CNY', 'Asia/Shanghai', 1, 100, 'FLOOR', 'never',"
              + " NULL, NULL, NULL, true)");
      for (int day = 1; day <= 3; day++) {
        String member = "m" + day;
        String at = "2026-01-0" + day;
        sql.run(
            member(member, 1),
            entries(member, 1, 1, at),
            "UPDATE member SET enrolled_at = '%s 12:00Z' WHERE member_id = '%s'"
                .formatted(at, member));
      }
      migrateTo("41");
      if (made) {
        addFigures(sql);
        assertThat(sql.rows(NEW_MEMBERS)).containsExactly("2026-01-03|3|3");
      }
      migrateTo("latest");
      addFigures(sql);

      assertThat(sql.rows(NEW_MEMBERS))
          .containsExactly("2026-01-01|1|1", "2026-01-02|1|1", "2026-01-03|1|1");
      assertThat(sql.audit().findings())
          .filteredOn(it -> it.check().contains("figures"))
          .hasSizeGreaterThan(2)
          .allMatch(it -> it.count() == 0);
    }
  }

  private static void addFigures(Sql sql) throws SQLException {
    sql.run(
        "SELECT number_feed(1000)",
        """
        SELECT add_figures(c.last_position, (SELECT max(position) FROM feed))
          FROM feed_consumer c WHERE name = 'figures'
        """,
        """
        UPDATE feed_consumer SET last_position = (SELECT max(position) FROM feed)
         WHERE name = 'figures'
        """);
  }

  private static void assertInOrder(List<String[]> entries) {
    Map<String, Long> last = new HashMap<>();
    var wrong = new ArrayList<String>();
    for (String[] entry : entries) {
      long sequence = Long.parseLong(entry[3]);
      if (last.getOrDefault(entry[2], 0L) + 1 != sequence) {
        wrong.add(entry[2] + "-" + sequence);
      }
      last.put(entry[2], sequence);
    }
    assertThat(wrong).isEmpty();
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

  private static String member(String id, long sequence) {
    return "INSERT INTO member VALUES ('p', '%s', %d, -1, 'ACTIVE', 1, 0, 0, '{infinity}', '{1}')"
        .formatted(id, sequence);
  }

  /** One a second, and every third dated earlier by a clock that is behind. */
  private static String entries(String member, int first, int last, String day) {
    return """
    INSERT INTO entry (program_id, member_id, sequence, kind, points, balance, lot_expires_at,
                       lot_points, operator, reason, occurred_at, recorded_at)
    SELECT 'p', '%s', n, 'ADJUSTMENT', 1, 1, '{infinity}', '{1}', 'o', 'r', now(),
           timestamptz '%s' + make_interval(secs => n - (n %% 3) * 4)
      FROM generate_series(%d, %d) n
    """
        .formatted(member, day, first, last);
  }
}
