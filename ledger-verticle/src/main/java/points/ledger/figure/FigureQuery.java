package points.ledger.figure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question for a page of figures of a program.
 *
 * @param from first business day, in the program's time zone
 * @param to last one
 * @param stores only those of these stores; null for all, and for what belongs to no store
 * @param after the group after which the page begins; null for the first page
 * @param groupsMax greatest number of groups of the page
 */
public record FigureQuery(
    String programId,
    By by,
    LocalDate from,
    LocalDate to,
    @Nullable Set<String> stores,
    @Nullable Group after,
    int groupsMax) {

  /** The groups in which figures are added up. */
  public enum By {
    STORE,
    HOUR,
    DAY,
    CHANNEL,
    TERMINAL,
    CASHIER
  }

  /**
   * The place of a group in a list: by hour, store and key.
   *
   * @param key as in {@link Figure}
   * @param storeId as in {@link Figure}
   * @param hour as in {@link Figure}
   */
  public record Group(String key, @Nullable String storeId, @Nullable Instant hour) {}
}
