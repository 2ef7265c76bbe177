package points.gateway;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import points.ledger.figure.FigureRebuild;

/**
 * {@code gateway/figures}: makes the figures of all programs again while the gateway runs, or gives
 * up a rebuild that was interrupted.
 */
public final class FiguresCommand {

  static final int DONE = 0;
  static final int NOT_DONE = 1;
  static final int WRONG_ARGUMENTS = 2;

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  FiguresCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Takes {@code rebuild} or {@code cancel}; the same settings as {@code gateway/audit}. */
  public static void main(String[] arguments) {
    System.exit(
        new FiguresCommand(System.getenv(), System.out, System.err).run(List.of(arguments)));
  }

  /** Does what it is asked for and returns the exit code. */
  int run(List<String> arguments) {
    var faults = new ArrayList<String>();
    if (!arguments.equals(List.of("rebuild")) && !arguments.equals(List.of("cancel"))) {
      faults.add("usage: gateway/figures rebuild, or gateway/figures cancel");
    }
    var books = CommandBooks.of(environment);
    faults.addAll(books.faults());
    if (!faults.isEmpty()) {
      faults.forEach(err::println);
      return WRONG_ARGUMENTS;
    }
    try (Connection connection = books.database().connect("points-figures")) {
      var figures = new FigureRebuild(connection);
      if (arguments.get(0).equals("cancel")) {
        figures.cancel();
        out.println("no rebuild is under way any more; the figures are as they were");
      } else {
        rebuild(figures);
      }
      return DONE;
    } catch (SQLException e) {
      err.println(words(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("interrupted; gateway/figures rebuild goes on from here");
    }
    return NOT_DONE;
  }

  private void rebuild(FigureRebuild figures) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    var lines = new Lines(begun);
    out.println("making all figures again; those of before are shown until the new ones are done");
    figures.run(lines);
    out.printf(
        Locale.ROOT,
        "done: %,d events in %.1f s; the new figures are shown%n",
        lines.events,
        seconds(begun));
  }

  private static String words(SQLException e) {
    return INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
        ? """
        the figures were not rebuilt: this role may not make the schema figures_rebuild (%s). \
        Let an administrator run: CREATE SCHEMA figures_rebuild AUTHORIZATION <this role>\
        """
            .formatted(e.getMessage())
        : """
        the figures were not rebuilt: %s. Those of before are shown; gateway/figures rebuild goes \
        on where this one ended\
        """
            .formatted(e.getMessage());
  }

  private static double seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1_000.0;
  }

  /** Prints how far the rebuild is, once a second. */
  private final class Lines implements FigureRebuild.Progress {
    private final long begun;
    private long printed;
    private long events;

    private Lines(long begun) {
      this.begun = begun;
      this.printed = begun;
    }

    @Override
    public void went(long part, long left) {
      events += part;
      long now = System.nanoTime();
      if (now - printed < BETWEEN_LINES.toNanos()) {
        return;
      }
      printed = now;
      out.printf(
          Locale.ROOT,
          "%5.1f %%  %,d events, %,d left, about %.0f s%n",
          100.0 * events / (events + left),
          events,
          left,
          seconds(begun) / events * left);
    }

    @Override
    public void waits(String readers) {
      out.println("waits for sessions that read the figures: " + readers);
    }
  }
}
