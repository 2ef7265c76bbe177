package points.load.account;

import java.time.Instant;
import points.load.http.Fields;

/**
 * What a member has.
 *
 * @param available points that can be spent at {@code asOf}
 * @param lifetimeEarned points ever earned
 * @param sequence of the member's last entry; 0 without any
 * @param asOf when that was so
 */
public record Balance(long available, long lifetimeEarned, long sequence, Instant asOf) {
  static Balance read(Fields json) {
    return new Balance(
        json.integer("available"),
        json.integer("lifetimeEarned"),
        json.integer("sequence"),
        json.instant("asOf"));
  }
}
