package points.ledger.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Pages of a long audit trail, of which PostgreSQL says how it finds them. */
@WithPostgres
class TrailFiltersIT {

  /** Rows of which one in ten thousand is of the wanted actor, action and subject. */
  private static final String ROWS =
      """
      INSERT INTO audit_trail
      SELECT 'long', i, timestamptz '2026-01-01Z' + i * interval '1 minute', 'key',
             'k' || i % 10000, NULL, NULL, NULL, 'a' || i % 10000, 'member', 'm' || i % 10000,
             NULL, NULL, NULL, '', ''
        FROM generate_series(1, 50000) i
      """;

  @RegisterExtension final OpenLedgers ledgers;

  TrailFiltersIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          actor   | NULL, NULL, 'key:k77', NULL, NULL    | audit_trail_actor
          action  | NULL, NULL, NULL, 'a77', NULL        | audit_trail_action
          subject | NULL, NULL, NULL, NULL, 'member:m77' | audit_trail_subject
          nothing | NULL, NULL, NULL, NULL, NULL         | audit_trail_pkey
          """)
  void a_filter_reads_few_rows(String filter, String values, String index) throws SQLException {
    try (Sql session = ledgers.sql().begin()) {
      session.run(ROWS, "ANALYZE audit_trail");
      session.run(
          "SET LOCAL plan_cache_mode = force_custom_plan",
          "PREPARE page (text, bigint, timestamptz, timestamptz, text, text, text, int) AS "
              + AuditTrail.PAGE);

      String plan =
          String.join(
              "\n",
              session.rows(
                  "EXPLAIN EXECUTE page ('long', 9223372036854775807, %s, 51)".formatted(values)));

      session.run("DEALLOCATE page");
      session.rollBack();
      assertThat(plan).contains(index).doesNotContain("Seq Scan");
    }
  }
}
