package points.ledger.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import points.ledger.catalogue.CatalogueVersions;
import points.ledger.database.PgClient;
import points.ledger.registry.Store.SetUp;
import points.ledger.trail.Recorder;

/** The stores of all programs. A store is never removed, so one that was seen once is known. */
public final class Stores {

  private record Key(String programId, String storeId) {}

  private static final String INSERT =
      """
      INSERT INTO store (program_id, store_id, name, created_at, tags, time_zone, facts_version)
      VALUES ($1, $2, $3, date_trunc('milliseconds', now()), $4, $5, $6)
      ON CONFLICT (program_id, store_id) DO NOTHING
      RETURNING store_id, name, tags, time_zone, created_at
      """;

  private static final String EXISTS = "SELECT FROM store WHERE program_id = $1 AND store_id = $2";

  private static final String FIND =
      """
      SELECT store_id, name, tags, time_zone, created_at FROM store
       WHERE program_id = $1 AND store_id = $2
      """;

  private static final String LOCK =
      """
      SELECT store_id, name, tags, time_zone, created_at FROM store
       WHERE program_id = $1 AND store_id = $2 FOR UPDATE
      """;

  /** Nodes that look for changes find it only when something changed that they use. */
  private static final String CHANGE =
      """
      UPDATE store
         SET name = $3, tags = $4, time_zone = $5, facts_version = greatest($6, facts_version)
       WHERE program_id = $1 AND store_id = $2
      """;

  private static final String PAGE =
      """
      SELECT store_id, name, tags, time_zone, created_at FROM store
       WHERE program_id = $1 AND store_id > $2
       ORDER BY store_id LIMIT $3
      """;

  /** Set-up of which rule books know nothing. */
  private static final SetUp NOTHING = new SetUp("", List.of(), null);

  private final PgClient connections;
  private final Cache<Key, Boolean> known = Caffeine.newBuilder().maximumSize(100_000).build();

  public Stores(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** Returns whether this node has seen the store; false says nothing. */
  public boolean isKnown(String programId, String storeId) {
    return known.getIfPresent(new Key(programId, storeId)) != null;
  }

  /** Returns whether the program has such a store. */
  public Future<Boolean> exists(String programId, String storeId) {
    if (isKnown(programId, storeId)) {
      return Future.succeededFuture(true);
    }
    return connections
        .read(EXISTS, Tuple.of(programId, storeId))
        .map(
            rows -> {
              boolean exists = rows.size() > 0;
              if (exists) {
                known.put(new Key(programId, storeId), true);
              }
              return exists;
            });
  }

  /**
   * Makes a store, in the caller's transaction.
   *
   * @return empty when there is one of this id already
   */
  public Future<Optional<Store>> create(
      SqlClient transaction, String programId, String storeId, SetUp setUp) {
    return version(transaction, programId, !setUp.ratesAs(NOTHING))
        .compose(
            version ->
                transaction
                    .preparedQuery(INSERT)
                    .execute(columns(programId, storeId, setUp).addLong(version)))
        .map(rows -> rows.stream().findFirst().map(Stores::store));
  }

  /** One store; empty when the program has none of this id. */
  public Future<Optional<Store>> find(String programId, String storeId) {
    return connections
        .read(FIND, Tuple.of(programId, storeId))
        .map(rows -> rows.stream().findFirst().map(Stores::store));
  }

  /**
   * Changes a store.
   *
   * @param isExpected whether the store is as the caller has read it; nothing changes if it is not
   */
  public Future<SetupChange<Store>> change(
      String programId,
      String storeId,
      UnaryOperator<SetUp> change,
      Predicate<Store> isExpected,
      Recorder<Store> recorder) {
    return connections.inTransaction(
        transaction ->
            transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(programId, storeId))
                .compose(
                    locked -> {
                      if (locked.size() == 0) {
                        return Future.succeededFuture(new SetupChange.Missing<>());
                      }
                      Store before = store(locked.iterator().next());
                      if (!isExpected.test(before)) {
                        return Future.succeededFuture(new SetupChange.Outdated<>());
                      }
                      var after =
                          new Store(storeId, change.apply(before.setUp()), before.createdAt());
                      return before.equals(after)
                          ? Future.succeededFuture(new SetupChange.Done<>(before))
                          : write(transaction, programId, before, after)
                              .compose(done -> recorder.record(transaction, before, after))
                              .map(done -> new SetupChange.Done<>(after));
                    }));
  }

  private static Future<Void> write(
      SqlClient transaction, String programId, Store before, Store after) {
    return version(transaction, programId, !after.setUp().ratesAs(before.setUp()))
        .compose(
            version ->
                transaction
                    .preparedQuery(CHANGE)
                    .execute(columns(programId, after.storeId(), after.setUp()).addLong(version)))
        .mapEmpty();
  }

  /** Returns the catalogue's next version; 0 when nothing changes that nodes keep in memory. */
  private static Future<Long> version(SqlClient transaction, String programId, boolean isRated) {
    return isRated ? CatalogueVersions.next(transaction, programId) : Future.succeededFuture(0L);
  }

  private static Tuple columns(String programId, String storeId, SetUp setUp) {
    return Tuple.of(programId, storeId, setUp.name())
        .addArrayOfString(setUp.tags().toArray(String[]::new))
        .addString(setUp.timeZone());
  }

  /**
   * The program's stores by id.
   *
   * @param after only those after this id
   * @param limit at most so many
   */
  public Future<List<Store>> page(String programId, String after, int limit) {
    return connections
        .read(PAGE, Tuple.of(programId, after, limit))
        .map(
            rows -> {
              var stores = new ArrayList<Store>();
              rows.forEach(row -> stores.add(store(row)));
              return stores;
            });
  }

  private static Store store(Row row) {
    return new Store(
        row.getString("store_id"),
        new SetUp(
            row.getString("name"),
            List.of(row.getArrayOfStrings("tags")),
            row.getString("time_zone")),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
