package points.ledger.catalogue;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * The versions of catalogues. A transaction that takes one holds the program's row until it ends,
 * so versions become visible in their order.
 */
public final class CatalogueVersions {

  private static final String NEXT =
      """
      INSERT INTO catalogue AS c (program_id, version, products) VALUES ($1, 1, 0)
      ON CONFLICT (program_id) DO UPDATE SET version = c.version + 1
      RETURNING version
      """;

  private CatalogueVersions() {}

  /** Returns the next version of a program's catalogue, for a change in this transaction. */
  public static Future<Long> next(SqlClient transaction, String programId) {
    return transaction
        .preparedQuery(NEXT)
        .execute(Tuple.of(programId))
        .map(rows -> rows.iterator().next().getLong("version"));
  }
}
