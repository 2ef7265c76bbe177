package points.ledger.command;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The set-up of a store by which rule books rate its orders, as it was when an order was taken.
 *
 * @param tags none or more
 * @param timeZone an IANA name; null for the program's
 */
public record StoreFacts(Set<String> tags, @Nullable String timeZone) {

  public StoreFacts {
    tags = Set.copyOf(tags);
  }
}
