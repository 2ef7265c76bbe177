package points.gateway.session;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.access.Role;
import points.gateway.staff.Session;
import points.gateway.staff.Sessions;
import points.gateway.staff.StaffMember;
import points.ledger.form.Formats;

/** Accounts and sessions as callers see them. */
final class SessionJson {

  /** The ways of signing in, in the API and in the audit trail. */
  static final String PASSWORD = "password";

  static final String OIDC = "oidc";

  private SessionJson() {}

  /**
   * A session, for the page that the person works with.
   *
   * @param token of the session
   */
  static JsonObject session(Session session, String token) {
    StaffMember staff = session.staff();
    Credential caller = staff.credential();
    List<Permission> permissions =
        Arrays.stream(Permission.values())
            .filter(caller::may)
            .filter(it -> it != Permission.OWN_SESSION)
            .toList();
    List<Permission> bound =
        permissions.stream().filter(it -> caller.using(it).stores() != null).toList();
    var json =
        new JsonObject()
            .put("staffId", staff.staffId())
            .put("name", staff.name())
            .put("programId", staff.programId())
            .put("roles", roles(staff.roles()))
            .put("stores", stores(staff.stores()))
            .put("permissions", labels(permissions))
            .put("boundPermissions", labels(bound));
    Formats.putUnlessNull(json, "language", staff.language());
    return json.put("signInBy", ways(staff))
        .put("secondFactor", staff.secondFactor())
        .put("mustChangePassword", staff.mustChangePassword())
        .put("csrfToken", Sessions.csrfToken(token))
        .put("expiresAt", session.expiresAt().toString())
        .put("idleExpiresAt", session.idleExpiresAt().toString());
  }

  private static JsonArray labels(List<Permission> permissions) {
    var labels = new JsonArray();
    permissions.stream().map(Permission::label).sorted().forEach(labels::add);
    return labels;
  }

  /** An account, for those who manage accounts. */
  static JsonObject staff(StaffMember staff) {
    var json =
        new JsonObject()
            .put("staffId", staff.staffId())
            .put("name", staff.name())
            .put("roles", roles(staff.roles()))
            .put("stores", stores(staff.stores()));
    Formats.putUnlessNull(json, "language", staff.language());
    return json.put("active", staff.active())
        .put("signInBy", ways(staff))
        .put("mustChangePassword", staff.mustChangePassword())
        .put("secondFactor", staff.secondFactor())
        .put("version", staff.version())
        .put("createdAt", staff.createdAt().toString())
        .put("updatedAt", staff.updatedAt().toString());
  }

  private static JsonArray ways(StaffMember staff) {
    var ways = new JsonArray();
    if (staff.hasPassword()) {
      ways.add(PASSWORD);
    }
    return staff.byProvider() ? ways.add(OIDC) : ways;
  }

  private static JsonArray roles(Set<Role> roles) {
    var json = new JsonArray();
    roles.stream().sorted().map(Role::label).forEach(json::add);
    return json;
  }

  private static @Nullable JsonArray stores(@Nullable Set<String> stores) {
    if (stores == null) {
      return null;
    }
    var json = new JsonArray();
    new TreeSet<>(stores).forEach(json::add);
    return json;
  }
}
