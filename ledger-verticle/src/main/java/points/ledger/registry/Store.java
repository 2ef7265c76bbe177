package points.ledger.registry;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shop of the chain, or a sales channel that acts like one.
 *
 * @param setUp the parts of it that may change
 */
public record Store(String storeId, SetUp setUp, Instant createdAt) {

  /**
   * The parts of a store that may change.
   *
   * @param tags in alphabetical order, none twice
   * @param timeZone an IANA name; null for the program's
   */
  public record SetUp(String name, List<String> tags, @Nullable String timeZone) {

    public SetUp {
      tags = tags.stream().sorted().distinct().toList();
    }

    /** Returns whether both are the same to rule books. */
    boolean ratesAs(SetUp other) {
      return tags.equals(other.tags) && Objects.equals(timeZone, other.timeZone);
    }
  }
}
