package points.gateway.access;

import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * Who a call comes from.
 *
 * @param keyId of the API key, for logs and lists; not secret
 * @param programId the program that it sees, and no other
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

  /** Whether it may act for this store; for none, where it is bound to none itself. */
  public boolean actsFor(@Nullable String store) {
    return storeId == null || storeId.equals(store);
  }
}
