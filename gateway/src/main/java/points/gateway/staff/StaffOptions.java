package points.gateway.staff;

import java.time.Duration;

/**
 * The settings of sessions.
 *
 * @param idle time without a call after which a session ends
 * @param absolute time after which a session ends, however much it is used
 * @param secureCookies whether browsers may send cookies over TLS only
 */
public record StaffOptions(Duration idle, Duration absolute, boolean secureCookies) {

  /** Returns how often the use of a session is noted at most. */
  Duration noteEvery() {
    Duration part = idle.dividedBy(30);
    Duration most = Duration.ofMinutes(1);
    return part.compareTo(most) < 0 ? part : most;
  }
}
