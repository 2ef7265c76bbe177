package points.ledger.trail;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/**
 * Appends a change to the audit trail, in the transaction that makes it.
 *
 * @param <T> the thing that changes
 */
public interface Recorder<T> {

  /** Appends the change of a thing from what it was to what it is. */
  Future<Void> record(SqlClient transaction, T before, T after);
}
