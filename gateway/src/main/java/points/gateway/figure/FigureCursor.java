package points.gateway.figure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import points.ledger.figure.Figure;
import points.ledger.figure.FigureQuery.By;
import points.ledger.figure.FigureQuery.Group;
import points.ledger.form.Formats;
import points.ledger.model.Origin.Channel;

/**
 * The place of a group in a list of figures, as text. It has the kind of the groups and the name of
 * this one. Example: {@code terminal|S001|T1}, or {@code store|} for what belongs to no store.
 */
final class FigureCursor {

  private FigureCursor() {}

  static String of(By by, Figure last) {
    String name =
        switch (by) {
          case HOUR -> String.valueOf(last.hour());
          case TERMINAL -> last.storeId() + "|" + last.key();
          case STORE, DAY, CHANNEL, CASHIER -> last.key();
        };
    return by.name().toLowerCase(Locale.ROOT) + "|" + name;
  }

  /** Returns the group; null when the text is of another list, or of none. */
  static @Nullable Group parse(By by, String text) {
    String[] parts = text.split("\\|", -1);
    if (!parts[0].equals(by.name().toLowerCase(Locale.ROOT))
        || parts.length != (by == By.TERMINAL ? 3 : 2)) {
      return null;
    }
    String key = parts[parts.length - 1];
    try {
      return switch (by) {
        case HOUR -> new Group("", null, Instant.parse(key));
        case DAY -> new Group(LocalDate.parse(key).toString(), null, null);
        case CHANNEL -> new Group(key.isEmpty() ? "" : Channel.valueOf(key).name(), null, null);
        case TERMINAL -> isName(key) && isName(parts[1]) ? new Group(key, parts[1], null) : null;
        case STORE, CASHIER -> isName(key) ? new Group(key, null, null) : null;
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isName(String text) {
    return text.isEmpty() || Formats.isId(text);
  }
}
