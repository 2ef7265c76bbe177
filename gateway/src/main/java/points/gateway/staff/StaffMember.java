package points.gateway.staff;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Role;

/**
 * The account of a person who works with a program.
 *
 * @param name the name to sign in with, and to be shown
 * @param stores the stores that the account is bound to as a store manager; null for other roles
 * @param language the language that the person reads, as a BCP 47 tag
 * @param mustChangePassword whether the password was set by somebody else and has to be changed
 * @param secondFactor whether a sign-in needs a code
 * @param hasPassword whether the person may sign in by a password
 * @param byProvider whether the person signs in by the identity provider, which says the roles: by
 *     it alone, so that who leaves the chain there has left here
 * @param version goes up by one with each change
 */
public record StaffMember(
    String programId,
    String staffId,
    String name,
    Set<Role> roles,
    @Nullable Set<String> stores,
    @Nullable String language,
    boolean active,
    boolean mustChangePassword,
    boolean secondFactor,
    boolean hasPassword,
    boolean byProvider,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public StaffMember {
    roles = Set.copyOf(roles);
    stores = stores == null ? null : Set.copyOf(stores);
  }

  /**
   * Returns what the person may do: nothing while the password has to be changed.
   *
   * <p>Releases before this one made managers without stores, when they had another role. Their
   * rights as managers count for no store.
   */
  public Credential credential() {
    return new Credential(
        Credential.Kind.STAFF,
        staffId,
        name,
        programId,
        mustChangePassword ? Set.of() : roles,
        stores == null && roles.contains(Role.STORE_MANAGER) ? Set.of() : stores);
  }
}
