package points.gateway.access;

import static points.gateway.access.Role.ADMIN;
import static points.gateway.access.Role.OPERATOR;
import static points.gateway.access.Role.READER;
import static points.gateway.access.Role.STORE;

import java.util.Set;

/** The permission that a call needs, and the roles that have it. */
public enum Permission {
  /** Makes programs. */
  RUN_DEPLOYMENT(Set.of(OPERATOR)),
  /** Sets rules, stores and keys; adjusts points; freezes members. */
  RUN_PROGRAM(Set.of(OPERATOR, ADMIN)),
  /** Earns and spends points for members, enrols them and keeps their profile. */
  SERVE(Set.of(OPERATOR, ADMIN, STORE)),
  /** Reads the program's rules and its stores. */
  READ_CHAIN(Set.of(OPERATOR, ADMIN, READER)),
  /** Reads members and what they did. */
  READ(Set.of(OPERATOR, ADMIN, STORE, READER));

  @SuppressWarnings("ImmutableEnumChecker") // created by Set.of
  private final Set<Role> roles;

  Permission(Set<Role> roles) {
    this.roles = roles;
  }

  public boolean isGivenTo(Role role) {
    return roles.contains(role);
  }
}
