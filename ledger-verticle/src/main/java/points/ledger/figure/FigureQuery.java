package points.ledger.figure;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question for figures of a program.
 *
 * @param from first business day, in the program's time zone
 * @param to last one
 * @param stores only those of these stores; null for all, and for what belongs to no store
 */
public record FigureQuery(
    String programId, By by, LocalDate from, LocalDate to, @Nullable Set<String> stores) {

  /** The groups in which figures are added up. */
  public enum By {
    STORE,
    HOUR,
    DAY,
    CHANNEL,
    TERMINAL,
    CASHIER
  }
}
