package points.ledger.proof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks the whole database for contradictions, by SQL alone.
 *
 * <p>None of the code that wrote the books has a part in it. It reads one snapshot and changes
 * nothing. Blocks, for as long as it takes.
 */
public final class LedgerAudit {

  /** Greatest number of differences of a check that are reported. */
  public static final int TOLD_MAX = 100;

  /** Rows that are fetched at a time. */
  private static final int FETCHED = 1_000;

  /** For sorts and sums of all entries; beyond it PostgreSQL uses its disk. */
  private static final String WORK_MEMORY = "SET LOCAL work_mem = '64MB'";

  /**
   * Keeps a rebuild from putting other tables in the place of these while the audit reads. It comes
   * before the snapshot: tables that take their place after it would look empty.
   */
  private static final String KEEP_FIGURES =
      """
      LOCK TABLE figure_day, figure_hour, figure_outstanding, figure_store_day
        IN ACCESS SHARE MODE
      """;

  private static final List<Check> CHECKS =
      Stream.of(
              AuditCheck.values(), FactsCheck.values(), RatingCheck.values(), FigureCheck.values())
          .<Check>flatMap(Arrays::stream)
          .toList();

  private static final String COUNTS =
      """
      SELECT (SELECT count(*) FROM member) AS members, (SELECT count(*) FROM entry) AS entries,
             (SELECT count(*) FROM outbox) AS outbox
      """;

  /**
   * The result of one check.
   *
   * @param differences the first of them, in words
   * @param count all of them
   */
  public record Finding(String check, List<String> differences, long count, Duration took) {}

  /**
   * The size of the books that were checked, and the findings.
   *
   * @param findings one of each check
   */
  public record Result(long members, long entries, long outbox, List<Finding> findings) {

    public boolean holds() {
      return findings.stream().allMatch(it -> it.count() == 0);
    }
  }

  private LedgerAudit() {}

  /**
   * Runs all checks, in a transaction that this method begins and ends.
   *
   * @param reader gets each finding as soon as it is there
   */
  public static Result of(Connection connection, Consumer<Finding> reader) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute(WORK_MEMORY);
      statement.execute(KEEP_FIGURES);
      return check(connection, reader);
    } finally {
      connection.rollback();
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
    }
  }

  /** The same in the transaction that there is, if any; what it has changed is checked, too. */
  public static Result check(Connection connection, Consumer<Finding> reader) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      var counts = new long[3];
      try (ResultSet row = statement.executeQuery(COUNTS)) {
        row.next();
        for (int i = 0; i < counts.length; i++) {
          counts[i] = row.getLong(i + 1);
        }
      }
      var findings = new ArrayList<Finding>();
      for (Check check : CHECKS) {
        Finding finding = run(statement, check);
        findings.add(finding);
        reader.accept(finding);
      }
      return new Result(counts[0], counts[1], counts[2], List.copyOf(findings));
    }
  }

  private static Finding run(Statement statement, Check check) throws SQLException {
    long begun = System.nanoTime();
    var differences = new ArrayList<String>(0);
    long count = 0;
    try (ResultSet rows = statement.executeQuery(check.sql())) {
      while (rows.next()) {
        count++;
        if (differences.size() < TOLD_MAX) {
          differences.add(words(rows));
        }
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new Finding(check.what(), List.copyOf(differences), count, took);
  }

  private static String words(ResultSet row) throws SQLException {
    var words = new ArrayList<String>();
    int columns = row.getMetaData().getColumnCount();
    for (int i = 1; i <= columns; i++) {
      words.add(row.getMetaData().getColumnLabel(i) + "=" + row.getString(i));
    }
    return String.join(" ", words);
  }
}
