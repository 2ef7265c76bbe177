package points.gateway.access;

import io.vertx.sqlclient.Row;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.command.KeySpace;

/**
 * The identity and the rights of a caller: an API key, or a person of the program's staff.
 *
 * @param id the id of the key or of the account, for logs and lists; not secret
 * @param name the name of the key or of the person, for people to read
 * @param programId the only program that the caller can see
 * @param roles the roles whose permissions it has together; one for a key, none for a person whose
 *     password has to be changed
 * @param stores the stores it is bound to; null when it is bound to none; empty when it may act for
 *     no store
 */
public record Credential(
    Kind kind,
    String id,
    String name,
    String programId,
    Set<Role> roles,
    @Nullable Set<String> stores) {

  /** The kind of a caller. */
  public enum Kind {
    /** A program, by its API key. */
    KEY,
    /** A person, by a session. */
    STAFF
  }

  public Credential {
    roles = Set.copyOf(roles);
    stores = stores == null ? null : Set.copyOf(stores);
  }

  static Credential of(Row row) {
    String storeId = row.getString("store_id");
    return new Credential(
        Kind.KEY,
        row.getString("key_id"),
        row.getString("name"),
        row.getString("program_id"),
        Set.of(Role.of(row.getString("role"))),
        storeId == null ? null : Set.of(storeId));
  }

  /** Returns whether one of its roles has the permission. */
  public boolean may(Permission permission) {
    return permission == Permission.OWN_SESSION
        ? kind == Kind.STAFF
        : roles.stream().anyMatch(permission::isGivenTo);
  }

  /**
   * Returns the caller with the stores that bind it in calls with this permission.
   *
   * <p>It is bound to none when a role other than store manager gives the permission.
   *
   * <p>A person of support who manages S1 refunds for all stores and sells for S1 only.
   */
  public Credential using(Permission permission) {
    boolean isFree =
        kind == Kind.STAFF
            && roles.stream().anyMatch(it -> it != Role.STORE_MANAGER && permission.isGivenTo(it));
    return isFree ? new Credential(kind, id, name, programId, roles, null) : this;
  }

  /** Returns whether it may act for this store; for no store, only if it is bound to none. */
  public boolean actsFor(@Nullable String store) {
    return stores == null || (store != null && stores.contains(store));
  }

  /** Returns the store of a caller that is bound to exactly one; null for all others. */
  public @Nullable String onlyStore() {
    return stores != null && stores.size() == 1 ? stores.iterator().next() : null;
  }

  /**
   * Returns an idempotency key in the space of the caller, as it is kept.
   *
   * @param sent as the caller sent it
   */
  public String requestKey(String sent) {
    return kind == Kind.STAFF ? KeySpace.ofPerson(id, sent) : KeySpace.keyOf(onlyStore(), sent);
  }

  /** Describes the roles for people: {@code key of role store}. */
  public String describeRoles() {
    String labels = roles.stream().map(Role::label).sorted().collect(Collectors.joining(", "));
    return (kind == Kind.KEY ? "key of role " : "account of role ") + labels;
  }

  /** Describes the stores for people: {@code This API key is bound to store S1}. */
  public String describeStores() {
    String bound =
        stores == null || stores.isEmpty() ? "none" : String.join(", ", new TreeSet<>(stores));
    return (kind == Kind.KEY ? "This API key" : "This account")
        + " is bound to store"
        + (stores != null && stores.size() > 1 ? "s " : " ")
        + bound;
  }
}
