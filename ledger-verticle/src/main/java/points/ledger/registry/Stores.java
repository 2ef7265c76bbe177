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
import java.util.stream.StreamSupport;
import points.ledger.database.PgClient;
import points.ledger.trail.Recorder;

/** The stores of all programs. A store is never removed, so one that was seen once is known. */
public final class Stores {

  private record Key(String programId, String storeId) {}

  private static final String INSERT =
      """
      INSERT INTO store (program_id, store_id, name, created_at)
      VALUES ($1, $2, $3, date_trunc('milliseconds', now()))
      ON CONFLICT (program_id, store_id) DO NOTHING
      RETURNING store_id, name, created_at
      """;

  private static final String EXISTS = "SELECT FROM store WHERE program_id = $1 AND store_id = $2";

  private static final String FIND =
      "SELECT store_id, name, created_at FROM store WHERE program_id = $1 AND store_id = $2";

  private static final String LOCK =
      """
      SELECT store_id, name, created_at FROM store
       WHERE program_id = $1 AND store_id = $2 FOR UPDATE
      """;

  private static final String RENAME =
      "UPDATE store SET name = $3 WHERE program_id = $1 AND store_id = $2";

  private static final String PAGE =
      """
      SELECT store_id, name, created_at FROM store
       WHERE program_id = $1 AND store_id > $2
       ORDER BY store_id LIMIT $3
      """;

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
      SqlClient transaction, String programId, String storeId, String name) {
    return transaction
        .preparedQuery(INSERT)
        .execute(Tuple.of(programId, storeId, name))
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(Stores::store).findFirst());
  }

  /** One store; empty when the program has none of this id. */
  public Future<Optional<Store>> find(String programId, String storeId) {
    return connections
        .read(FIND, Tuple.of(programId, storeId))
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(Stores::store).findFirst());
  }

  /**
   * Gives a store another name.
   *
   * @param isExpected whether the store is as the caller has read it; nothing changes if it is not
   */
  public Future<SetupChange<Store>> rename(
      String programId,
      String storeId,
      String name,
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
                      var after = new Store(storeId, name, before.createdAt());
                      return before.equals(after)
                          ? Future.succeededFuture(new SetupChange.Done<>(before))
                          : transaction
                              .preparedQuery(RENAME)
                              .execute(Tuple.of(programId, storeId, name))
                              .compose(done -> recorder.record(transaction, before, after))
                              .map(done -> new SetupChange.Done<>(after));
                    }));
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
        row.getString("name"),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
