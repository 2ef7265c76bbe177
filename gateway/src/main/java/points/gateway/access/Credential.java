package points.gateway.access;

import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * The identity and the rights of a call's API key.
 *
 * @param keyId the id of the API key, for logs and lists; not secret
 * @param programId the only program that it can see
 * @param storeId the store it is bound to; null when it is bound to none
 */
public record Credential(String keyId, String programId, Role role, @Nullable String storeId) {

  static Credential of(Row row) {
    return new Credential(
        row.getString("key_id"),
        row.getString("program_id"),
        Role.of(row.getString("role")),
        row.getString("store_id"));
  }

  /** Returns whether it may act for this store; for no store, only if it is bound to none. */
  public boolean actsFor(@Nullable String store) {
    return storeId == null || storeId.equals(store);
  }
}
