package points.gateway.staff;

import java.time.Instant;

/**
 * A sign-in that has not ended.
 *
 * @param expiresAt when it ends, however much it is used
 * @param idleExpiresAt when it ends unless it is used before
 */
public record Session(StaffMember staff, Instant expiresAt, Instant idleExpiresAt) {

  /** Returns whether its person may do what the person of another one may do, and is the same. */
  public boolean hasRightsOf(Session other) {
    return staff.credential().equals(other.staff.credential());
  }
}
