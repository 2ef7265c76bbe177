package points.ledger.catalogue;

import com.github.benmanes.caffeine.cache.Interner;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import points.ledger.catalogue.ProgramCatalogue.Place;
import points.ledger.command.StoreFacts;
import points.ledger.database.PgClient;

/** Reads catalogues from their tables, page by page, from where the last reading ended. */
final class CatalogueReader {

  static final int PAGE_ROWS = 10_000;

  private static final String TIMELINE =
      """
      SELECT CASE WHEN pg_is_in_recovery() THEN ''
                  ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END AS timeline
      """;

  private static final String VERSIONS = "SELECT program_id, version FROM catalogue";

  private static final String PRODUCTS =
      """
      SELECT product_id AS id, category, margin_class, tags, version FROM product
       WHERE program_id = $1 AND (version, product_id) > ($2, $3)
       ORDER BY version, product_id LIMIT $4
      """;

  private static final String STORES =
      """
      SELECT store_id AS id, tags, time_zone, facts_version AS version FROM store
       WHERE program_id = $1 AND (facts_version, store_id) > ($2, $3) AND facts_version > 0
       ORDER BY facts_version, store_id LIMIT $4
      """;

  /** Most products are like many others, so one of each kind is kept. */
  private final Interner<Goods> kinds = Interner.newWeakInterner();

  private final PgClient connections;

  CatalogueReader(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /**
   * Returns the history that PostgreSQL is in: each promotion and each restore begins a new one.
   */
  Future<String> timeline() {
    return connections
        .read(TIMELINE, Tuple.tuple())
        .map(rows -> rows.iterator().next().getString("timeline"));
  }

  /** Brings catalogues to the newest versions; those that have not changed cost nothing. */
  Future<Void> read(Map<String, ProgramCatalogue> into) {
    return connections
        .read(VERSIONS, Tuple.tuple())
        .compose(
            rows -> {
              var changed = new HashMap<String, Long>();
              for (Row row : rows) {
                String programId = row.getString("program_id");
                long version = row.getLong("version");
                ProgramCatalogue known = into.get(programId);
                if (known == null || known.version() < version) {
                  changed.put(programId, version);
                }
              }
              return readEach(changed.entrySet().iterator(), into);
            });
  }

  /** One after the other: a node that starts does not ask for all at once. */
  private Future<Void> readEach(
      Iterator<Map.Entry<String, Long>> changed, Map<String, ProgramCatalogue> into) {
    if (!changed.hasNext()) {
      return Future.succeededFuture();
    }
    Map.Entry<String, Long> next = changed.next();
    String programId = next.getKey();
    ProgramCatalogue catalogue = into.computeIfAbsent(programId, id -> new ProgramCatalogue());
    return readProducts(programId, catalogue)
        .compose(read -> readStores(programId, catalogue))
        .onSuccess(read -> catalogue.readTo(next.getValue()))
        .compose(read -> readEach(changed, into));
  }

  private Future<Void> readProducts(String programId, ProgramCatalogue into) {
    return page(PRODUCTS, programId, into.productsRead())
        .compose(
            rows -> {
              rows.forEach(row -> into.put(place(row), goods(row)));
              return rows.size() == PAGE_ROWS
                  ? readProducts(programId, into)
                  : Future.succeededFuture();
            });
  }

  private Future<Void> readStores(String programId, ProgramCatalogue into) {
    return page(STORES, programId, into.storesRead())
        .compose(
            rows -> {
              rows.forEach(row -> into.put(place(row), store(row)));
              return rows.size() == PAGE_ROWS
                  ? readStores(programId, into)
                  : Future.succeededFuture();
            });
  }

  private Future<RowSet<Row>> page(String sql, String programId, Place after) {
    return connections.read(sql, Tuple.of(programId, after.version(), after.id(), PAGE_ROWS));
  }

  private static Place place(Row row) {
    return new Place(row.getLong("version"), row.getString("id"));
  }

  private Goods goods(Row row) {
    return kinds.intern(
        new Goods(row.getString("category"), row.getString("margin_class"), tags(row)));
  }

  private static StoreFacts store(Row row) {
    return new StoreFacts(tags(row), row.getString("time_zone"));
  }

  private static Set<String> tags(Row row) {
    return Set.of(row.getArrayOfStrings("tags"));
  }
}
