package points.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.database.Database;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** What the database refuses by itself, whoever asks it. Each test is one transaction, undone. */
@WithPostgres
class SchemaIT {

  private static final String UNIQUE = "23505";
  private static final String CHECK = "23514";
  private static final String GAP = "23000";
  private static final String IMMUTABLE = "23001";

  private final Connection connection;

  SchemaIT(TestDatabase database) throws SQLException {
    connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    connection.setAutoCommit(false);
  }

  @BeforeAll
  static void migrate(TestDatabase database) {
    new Database(database.uri()).migrate();
  }

  @BeforeEach
  void a_member_with_three_entries() throws SQLException {
    run(
        """
        INSERT INTO program VALUES
          ('p', 'p', 'CNY', 'UTC', 1, 100, 'FLOOR', 'never', NULL, NULL, NULL, true)
        """);
    run("INSERT INTO member VALUES ('p', 'm', 3, -1, 'ACTIVE', 3, 3, 0, '{infinity}', '{3}')");
    run(entries("m", 1, 3));
  }

  @AfterEach
  void undo() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  void a_member_is_not_made_by_a_batch_that_takes_it_to_be_there() {
    assertRefused(
        "55000", "INSERT INTO member VALUES ('p', 'n', 6, 5, 'ACTIVE', 0, 0, 0, '{}', '{}')");
  }

  /** A batch writes all of a row; the database itself dates the enrolment, and feeds the entry. */
  @Test
  void every_column_of_a_member_and_of_an_entry_is_declared_once() throws SQLException {
    List<String> member = columnsOf("member");
    member.remove("enrolled_at");
    assertThat(namesIn(MemberColumns.ALL.storedColumns()))
        .containsExactlyInAnyOrderElementsOf(member);
    List<String> entry = columnsOf("entry");
    entry.remove("fed");
    assertThat(namesIn(EntryColumns.ALL.storedColumns()))
        .containsExactlyInAnyOrderElementsOf(entry);
  }

  private static List<String> namesIn(String list) {
    return List.of(list.split(", "));
  }

  private List<String> columnsOf(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet columns = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
      var names = new ArrayList<String>();
      for (int i = 1; i <= columns.getMetaData().getColumnCount(); i++) {
        names.add(columns.getMetaData().getColumnName(i));
      }
      return names;
    }
  }

  /**
   * So that programs can be spread over several servers: only an API key is found without one, and
   * the jobs, the secret of the keys and the feed's end are of all programs that a server has.
   */
  @Test
  void every_unique_key_names_the_program() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet keys =
            statement.executeQuery(
                """
                SELECT i.indexrelid::regclass::text
                  FROM pg_index i
                  JOIN pg_class t ON t.oid = i.indrelid
                 WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique
                   AND t.relname <> 'flyway_schema_history'
                   AND NOT EXISTS (
                     SELECT FROM pg_attribute a
                      WHERE a.attrelid = t.oid AND a.attname = 'program_id'
                        AND a.attnum = ANY (i.indkey))
                 ORDER BY 1
                """)) {
      var without = new ArrayList<String>();
      while (keys.next()) {
        without.add(keys.getString(1));
      }
      assertThat(without)
          .containsExactly(
              "api_key_key_hash_key",
              "api_key_pkey",
              "feed_consumer_pkey",
              "feed_head_pkey",
              "figure_served_pkey", // the program is in its hashes
              "job_pkey",
              "key_secret_pkey",
              "key_space_pkey",
              "rebuild_of_figures_pkey",
              "sign_in_failure_pkey",
              "staff_session_pkey");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE entry SET points = 0",
        "UPDATE entry SET reason = 'another' WHERE member_id = 'm' AND sequence = 1",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE member_id = 'nobody'",
        "TRUNCATE entry",
        "TRUNCATE program CASCADE; TRUNCATE entry",
      })
  void an_entry_is_neither_changed_nor_removed(String sql) {
    assertRefused(IMMUTABLE, sql);
  }

  @ParameterizedTest
  @CsvSource({
    // member's sequence, first entry, last entry
    "5, 5, 5", // 4 is missing
    "5, 4, 4", // the member is ahead of its entries
    "3, 4, 4", // the member is behind them
    "9, 5, 9",
  })
  void a_members_entries_have_no_gaps(long sequence, long first, long last) throws SQLException {
    run("UPDATE member SET sequence = " + sequence + ", previous_sequence = 2");
    assertRefused(GAP, entries("m", first, last));
  }

  @Test
  void the_first_entry_is_number_1() throws SQLException {
    run("INSERT INTO member VALUES ('p', 'n', 2, -1, 'ACTIVE', 1, 1, 0, '{infinity}', '{1}')");
    assertRefused(GAP, entries("n", 2, 2));
  }

  @Test
  void an_entry_in_the_middle_of_others_is_missed() throws SQLException {
    run("UPDATE member SET sequence = 6, previous_sequence = 3");
    assertRefused(
        GAP, entries("m", 4, 6).replace("generate_series(4, 6) n", "(VALUES (4), (6)) v (n)"));
  }

  @Test
  void entries_that_follow_the_last_one_are_taken() throws SQLException {
    run("UPDATE member SET sequence = 5, previous_sequence = 3");
    assertThatNoException().isThrownBy(() -> run(entries("m", 4, 5)));
  }

  @Test
  void entries_of_an_unknown_member_are_refused() {
    assertRefused(GAP, entries("nobody", 1, 1));
  }

  @Test
  void a_sequence_is_taken_once() {
    assertRefused(UNIQUE, entries("m", 3, 3).replace("'m-'", "'another-'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE member SET available = -1",
        "UPDATE member SET lifetime_earned = -1",
        "UPDATE member SET lifetime_spent = -1",
        "UPDATE member SET sequence = -1",
        "UPDATE member SET previous_sequence = sequence",
        "UPDATE member SET lot_points = '{1,2}'",
        "UPDATE member SET status = 'GONE'",
      })
  void a_member_is_never_in_such_a_state(String sql) {
    assertRefused(CHECK, sql);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCRUAL,   ACCRUAL,   23505",
    "DEDUCTION, DEDUCTION, 23505",
    "ACCRUAL,   DEDUCTION, ''",
  })
  void an_order_of_a_store_has_one_entry_of_each_kind(String first, String second, String error)
      throws SQLException {
    run("UPDATE member SET sequence = 4, previous_sequence = 3");
    run(ofOrder(4, first, "store"));
    run("UPDATE member SET sequence = 5, previous_sequence = 4");
    if (error.isEmpty()) {
      assertThatNoException().isThrownBy(() -> run(ofOrder(5, second, "store")));
    } else {
      assertRefused(error, ofOrder(5, second, "store"));
    }
  }

  @Test
  void another_store_may_have_an_order_of_the_same_name() throws SQLException {
    run("UPDATE member SET sequence = 4, previous_sequence = 3");
    run(ofOrder(4, "ACCRUAL", "store"));
    run("UPDATE member SET sequence = 5, previous_sequence = 4");
    assertThatNoException().isThrownBy(() -> run(ofOrder(5, "ACCRUAL", "another store")));
  }

  @Test
  void a_request_has_one_entry() throws SQLException {
    run("UPDATE member SET sequence = 4, previous_sequence = 3");
    assertRefused(UNIQUE, entries("m", 4, 4).replace("'m-' || n", "'m-1'"));
  }

  @ParameterizedTest
  @CsvSource({
    // the member that reverses 'm-1', and what names it
    "m, 1,    ''",
    "n, NULL, m-1",
  })
  void an_entry_is_reversed_once_by_any_member(String member, String refersTo, String part)
      throws SQLException {
    run("INSERT INTO member VALUES ('p', 'n', 3, -1, 'ACTIVE', 3, 3, 0, '{infinity}', '{3}')");
    run(entries("n", 1, 3));
    run("INSERT INTO member VALUES ('p', 'o', 3, -1, 'ACTIVE', 3, 3, 0, '{infinity}', '{3}')");
    run(entries("o", 1, 3));
    run("UPDATE member SET sequence = 4, previous_sequence = 3");
    run(reversal("o", "NULL", "m-2"));
    run(reversal(member, refersTo, part));

    assertRefused(UNIQUE, reversal(member.equals("m") ? "n" : "m", "NULL", "m-1"));
  }

  private static String reversal(String member, String refersTo, String part) {
    return """
    INSERT INTO entry (program_id, member_id, sequence, kind, points, balance, lot_expires_at,
                       lot_points, occurred_at, recorded_at, refers_to, part)
    VALUES ('p', '%s', 4, 'REVERSAL', 0, 3, '{}', '{}', now(), now(), %s, '%s')
    """
        .formatted(member, refersTo, part);
  }

  private static String entries(String member, long first, long last) {
    return """
    INSERT INTO entry (program_id, member_id, sequence, kind, points, balance, lot_expires_at,
                       lot_points, occurred_at, recorded_at, idempotency_key, fingerprint)
    SELECT 'p', '%s', n, 'ADJUSTMENT', 1, n, '{infinity}', '{1}', now(), now(),
           '%s-' || n, gen_random_uuid()
      FROM generate_series(%d, %d) n
    """
        .formatted(member, member, first, last);
  }

  private static String ofOrder(long sequence, String kind, String store) {
    return """
    INSERT INTO entry (program_id, member_id, sequence, kind, points, balance, lot_expires_at,
                       lot_points, occurred_at, recorded_at, store_id, order_id)
    VALUES ('p', 'm', %d, '%s', 0, 3, '{}', '{}', now(), now(), '%s', 'order')
    """
        .formatted(sequence, kind, store);
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertRefused(String sqlState, String sql) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> run(sql))
        .extracting(SQLException::getSQLState)
        .isEqualTo(sqlState);
  }
}
