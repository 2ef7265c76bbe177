package points.ledger.catalogue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import points.ledger.database.PgClient;
import points.ledger.feed.FeedEvents;

/** The products of all programs, in their table. */
public final class Products {

  /** Greatest number of products of a program, those that are no longer sold among them. */
  public static final int PRODUCTS_MAX = 100_000;

  /** Greatest number of products that an event names. */
  private static final int NAMED_MAX = 100;

  private static final String FIND =
      """
      SELECT product_id, name, category, margin_class, tags, price, active FROM product
       WHERE program_id = $1 AND product_id = $2
      """;

  /** A program has at most 100,000: without an index, that is a short walk. */
  private static final String PAGE =
      """
      SELECT product_id, name, category, margin_class, tags, price, active FROM product
       WHERE program_id = $1 AND product_id > $2
         AND ($3::text IS NULL OR starts_with(product_id, $3))
         AND ($4::text IS NULL OR category = $4 OR starts_with(category, $4 || '/'))
         AND ($5::boolean IS NULL OR active = $5)
       ORDER BY product_id LIMIT $6
      """;

  private static final String BEGIN =
      """
      INSERT INTO catalogue (program_id, version, products) VALUES ($1, 0, 0)
      ON CONFLICT (program_id) DO NOTHING
      """;

  private static final String LOCK =
      "SELECT products FROM catalogue WHERE program_id = $1 FOR UPDATE";

  private static final String THERE =
      """
      SELECT product_id, name, category, margin_class, tags, price, active FROM product
       WHERE program_id = $1 AND product_id = ANY ($2::text[])
      """;

  private static final String PUT =
      """
      INSERT INTO product (program_id, product_id, name, category, margin_class, tags, price,
                           active, version)
      SELECT $1, it.product_id, it.name, it.category, it.margin_class, it.tags, it.price, it.active,
             $3
        FROM json_to_recordset($2::json) AS it(product_id text, name text, category text,
             margin_class text, tags text[], price bigint, active boolean)
      ON CONFLICT (program_id, product_id) DO UPDATE
         SET name = excluded.name, category = excluded.category,
             margin_class = excluded.margin_class, tags = excluded.tags, price = excluded.price,
             active = excluded.active, version = excluded.version
      """;

  private static final String COUNT =
      "UPDATE catalogue SET products = products + $2 WHERE program_id = $1";

  private final PgClient connections;

  public Products(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** One product; empty when the program has none of this id. */
  public Future<Optional<Product>> find(String programId, String productId) {
    return connections
        .read(FIND, Tuple.of(programId, productId))
        .map(rows -> products(rows).stream().findFirst());
  }

  /**
   * Returns products of a program by id.
   *
   * @param after only those after this id
   * @param limit at most so many
   */
  public Future<List<Product>> page(
      String programId, ProductSearch wanted, String after, int limit) {
    Tuple arguments =
        Tuple.of(programId, after)
            .addString(wanted.idPrefix())
            .addString(wanted.category())
            .addBoolean(wanted.active())
            .addInteger(limit);
    return connections.read(PAGE, arguments).map(Products::products);
  }

  /**
   * Puts products as a stock system has them; others stay as they are.
   *
   * @param products none of them twice
   * @param isExpected whether the products that are there already are as the caller has read them;
   *     nothing changes if not
   * @param recorder records the change, unless nothing has changed
   */
  public Future<ProductsChange> put(
      String programId,
      List<Product> products,
      Predicate<Map<String, Product>> isExpected,
      ChangeRecorder recorder) {
    return connections.inTransaction(
        transaction ->
            transaction
                .preparedQuery(BEGIN)
                .execute(Tuple.of(programId))
                .compose(begun -> transaction.preparedQuery(LOCK).execute(Tuple.of(programId)))
                .compose(
                    locked -> {
                      int count = locked.iterator().next().getInteger("products");
                      return there(transaction, programId, products)
                          .compose(
                              there ->
                                  isExpected.test(there)
                                      ? put(
                                          new Putting(
                                              transaction, programId, count, there, recorder),
                                          products)
                                      : Future.succeededFuture(new ProductsChange.Outdated()));
                    }));
  }

  /** Records what was put, in the transaction that does it. */
  @FunctionalInterface
  public interface ChangeRecorder {

    /**
     * Records a change.
     *
     * @param before the products that were there, by id
     */
    Future<Void> record(
        SqlClient transaction, Map<String, Product> before, ProductsChange.Done done);
  }

  /** Products that are being put, in a transaction that holds the program's catalogue. */
  private record Putting(
      SqlClient transaction,
      String programId,
      int count,
      Map<String, Product> there,
      ChangeRecorder recorder) {}

  private static Future<ProductsChange> put(Putting putting, List<Product> products) {
    List<Product> differing =
        products.stream().filter(it -> !it.equals(putting.there().get(it.productId()))).toList();
    int created = products.size() - putting.there().size();
    var done =
        new ProductsChange.Done(
            created, differing.size() - created, products.size() - differing.size());
    if (differing.isEmpty()) {
      return Future.succeededFuture(done);
    }
    if (putting.count() + created > PRODUCTS_MAX) {
      return Future.succeededFuture(new ProductsChange.TooMany());
    }
    SqlClient transaction = putting.transaction();
    String programId = putting.programId();
    return CatalogueVersions.next(transaction, programId)
        .compose(
            version ->
                transaction
                    .preparedQuery(PUT)
                    .execute(Tuple.of(programId, json(differing), version))
                    .compose(
                        put ->
                            transaction.preparedQuery(COUNT).execute(Tuple.of(programId, created)))
                    .compose(
                        counted ->
                            FeedEvents.write(
                                transaction,
                                programId,
                                "products.changed",
                                programId,
                                event(version, done, differing))))
        .compose(fed -> putting.recorder().record(transaction, putting.there(), done))
        .map(done);
  }

  /** A consumer that is interested reads few products one by one, and many as a list. */
  private static JsonObject event(long version, ProductsChange.Done done, List<Product> differing) {
    var event =
        new JsonObject()
            .put("version", version)
            .put("created", done.created())
            .put("changed", done.changed());
    return differing.size() > NAMED_MAX
        ? event
        : event.put(
            "productIds", new JsonArray(differing.stream().map(Product::productId).toList()));
  }

  private static Future<Map<String, Product>> there(
      SqlClient transaction, String programId, List<Product> products) {
    String[] ids = products.stream().map(Product::productId).toArray(String[]::new);
    return transaction
        .preparedQuery(THERE)
        .execute(Tuple.of(programId).addArrayOfString(ids))
        .map(
            rows -> {
              var byId = new HashMap<String, Product>();
              products(rows).forEach(it -> byId.put(it.productId(), it));
              return byId;
            });
  }

  private static JsonArray json(List<Product> products) {
    var array = new JsonArray();
    for (Product it : products) {
      array.add(
          new JsonObject()
              .put("product_id", it.productId())
              .put("name", it.name())
              .put("category", it.category())
              .put("margin_class", it.marginClass())
              .put("tags", new JsonArray(it.tags()))
              .put("price", it.price())
              .put("active", it.active()));
    }
    return array;
  }

  private static List<Product> products(RowSet<Row> rows) {
    var products = new ArrayList<Product>(rows.size());
    for (Row row : rows) {
      products.add(
          new Product(
              row.getString("product_id"),
              row.getString("name"),
              row.getString("category"),
              row.getString("margin_class"),
              List.of(row.getArrayOfStrings("tags")),
              row.getLong("price"),
              row.getBoolean("active")));
    }
    return products;
  }
}
