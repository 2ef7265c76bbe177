package points.gateway;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import points.ledger.database.Database;
import points.ledger.proof.LedgerAudit;
import points.ledger.proof.LedgerAudit.Finding;
import points.ledger.proof.LedgerAudit.Result;

/**
 * {@code gateway/audit}: checks all books of a database in one snapshot. It only reads. The
 * packaged PostgreSQL runs only while its gateway does; another may be read at any time.
 */
public final class Audit {

  static final int RIGHT = 0;
  static final int WRONG = 1;
  static final int NOT_READ = 2;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Audit(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Takes no arguments: {@code POINTS_PG_URI} or {@code POINTS_DATA_DIR} name the books. */
  public static void main(String[] arguments) {
    System.exit(new Audit(System.getenv(), System.out, System.err).run());
  }

  /** Audits the books and returns the exit code. */
  int run() {
    var books = CommandBooks.of(environment);
    if (!books.faults().isEmpty()) {
      books.faults().forEach(err::println);
      return NOT_READ;
    }
    Database database = books.database();
    try (Connection connection = database.connect("points-audit")) {
      return check(database, connection);
    } catch (SQLException e) {
      err.println("the books in %s cannot be read: %s".formatted(database, e.getMessage()));
      if (books.isPackaged()) {
        err.println("this PostgreSQL runs only while its gateway does: start gateway/run first");
      }
      return NOT_READ;
    }
  }

  private int check(Database database, Connection connection) throws SQLException {
    long begun = System.nanoTime();
    out.println("checking " + database);
    Result result = LedgerAudit.of(connection, this::print);
    out.printf(
        Locale.ROOT,
        "%d members, %d entries, %d things to be done beyond them; %d checks in %s s: %s%n",
        result.members(),
        result.entries(),
        result.outbox(),
        result.findings().size(),
        seconds(Duration.ofNanos(System.nanoTime() - begun)),
        result.holds() ? "the books are right" : "the books are WRONG");
    return result.holds() ? RIGHT : WRONG;
  }

  private void print(Finding finding) {
    String verdict = finding.count() == 0 ? "ok" : finding.count() + " DIFFER";
    out.printf(Locale.ROOT, "%-10s %6s s  %s%n", verdict, seconds(finding.took()), finding.check());
    finding.differences().forEach(it -> out.println("    " + it));
    if (finding.count() > finding.differences().size()) {
      out.println("    and " + (finding.count() - finding.differences().size()) + " more");
    }
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1_000.0);
  }
}
