package points.gateway.staff;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of sessions.
 *
 * @param idle time without a call after which a session ends
 * @param absolute time after which a session ends, however much it is used
 * @param secureCookies whether browsers may send cookies over TLS only
 * @param secretKey the key under which secrets of accounts are kept; null when there are none
 */
public record StaffOptions(
    Duration idle, Duration absolute, boolean secureCookies, @Nullable String secretKey) {

  /** Returns how often the use of a session is noted at most. */
  Duration noteEvery() {
    Duration part = idle.dividedBy(30);
    Duration most = Duration.ofMinutes(1);
    return part.compareTo(most) < 0 ? part : most;
  }
}
