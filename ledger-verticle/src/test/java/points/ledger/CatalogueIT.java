package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.catalogue.Product;
import points.ledger.catalogue.Products;
import points.ledger.catalogue.ProductsChange;
import points.ledger.command.Command.Accrue;
import points.ledger.command.StoreFacts;
import points.ledger.database.Database;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Line;
import points.ledger.model.Origin;
import points.ledger.registry.Store.SetUp;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** The goods and stores of a chain, as the nodes know them. */
@WithPostgres
class CatalogueIT {

  private static final Products.ChangeRecorder UNRECORDED =
      (transaction, before, done) -> Future.succeededFuture();

  @RegisterExtension final OpenLedgers ledgers;

  private final TestDatabase database;
  private final Tills tills = new Tills();
  private final Vertx elsewhere = Vertx.vertx();

  CatalogueIT(TestDatabase database) {
    this.database = database;
    this.ledgers = new OpenLedgers(database);
  }

  @AfterEach
  void close() {
    await(elsewhere.close());
  }

  private String program() {
    return tills.program().programId();
  }

  private static Product product(String id, @Nullable String marginClass, String... tags) {
    return new Product(id, "Product", "food/milk", marginClass, List.of(tags), null, true);
  }

  private ProductsChange put(Registry registry, Product... products) {
    return await(
        registry
            .products()
            .put(program(), List.of(products), there -> true, UNRECORDED)
            .compose(done -> registry.catalogue().changed().map(done)));
  }

  private Line known(Registry registry, String productId) {
    return order(registry, "s", new Line("1", productId, null, 1, 100)).lines().get(0);
  }

  private Accrue order(Registry registry, String storeId, Line... lines) {
    var order =
        Accrue.of(
            tills.member("m"),
            "k",
            Origin.sale(storeId, null, "o"),
            Instant.now(),
            100L * lines.length,
            List.of(lines));
    return (Accrue) registry.catalogue().complete(order);
  }

  @Test
  void ten_thousand_products_are_known_to_a_node_that_starts_and_changes_to_one_that_runs()
      throws SQLException {
    OpenLedger writer = ledgers.open(tills.program());
    for (int part = 0; part < 10; part++) {
      int from = part * 1_000;
      put(
          writer.registry(),
          IntStream.range(from, from + 1_000)
              .mapToObj(i -> product("p" + i, "B"))
              .toArray(Product[]::new));
    }
    OpenLedger other = ledgers.open();
    assertThat(IntStream.range(0, 10_000).mapToObj(i -> known(other.registry(), "p" + i)))
        .allMatch(line -> "B".equals(line.marginClass()));

    put(writer.registry(), product("p77", "C", "fresh"), product("p10000", "A"));

    awaitThat(
        "the other node to know the change",
        () -> "C".equals(known(other.registry(), "p77").marginClass()));
    assertThat(known(other.registry(), "p77").tags()).containsExactly("fresh");
    assertThat(known(other.registry(), "p10000").marginClass()).isEqualTo("A");
    assertThat(known(other.registry(), "p78").marginClass()).isEqualTo("B");
    try (Sql sql = ledgers.sql()) {
      assertThat(
              sql.number("SELECT products FROM catalogue WHERE program_id = '" + program() + "'"))
          .isEqualTo(10_001);
    }
  }

  /** The other node has another event bus, so that no message of the first one arrives there. */
  @Test
  void a_node_that_missed_the_message_finds_the_change_within_ten_seconds() {
    OpenLedger writer = ledgers.open(tills.program());
    Pool pool = new Database(database.uri()).pool(elsewhere, 2);
    Registry other = await(Registry.open(elsewhere, pool));
    Instant before = Instant.now();
    put(writer.registry(), product("p", "B"));

    awaitThat("the other node to look", () -> "B".equals(known(other, "p").marginClass()));

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(11));
    await(other.stop());
  }

  @Test
  void the_order_s_own_category_wins_and_unknown_goods_stay_as_they_came() {
    OpenLedger ledger = ledgers.open(tills.program());
    put(ledger.registry(), product("milk", "B", "fresh"));
    var own = new Line("1", "milk", "promo", 2, 100);
    var bare = new Line("2", "milk", null, 2, 100);
    var unknown = new Line("3", "tea", null, 2, 100);

    Accrue order = order(ledger.registry(), "s", own, bare, unknown);

    assertThat(order.lines())
        .containsExactly(
            new Line("1", "milk", "promo", 2, 100, "B", Set.of("fresh")),
            new Line("2", "milk", "food/milk", 2, 100, "B", Set.of("fresh")),
            unknown);
    assertThat(order.store()).isNull();
    Accrue other = order(ledger.registry(), "s", unknown);
    assertThat(other.lines()).containsExactly(unknown);
  }

  @Test
  void a_product_that_is_no_longer_sold_keeps_its_class() {
    OpenLedger ledger = ledgers.open(tills.program());
    put(ledger.registry(), product("old", "B"));
    put(ledger.registry(), new Product("old", "Product", "food/milk", "B", List.of(), null, false));
    assertThat(known(ledger.registry(), "old").marginClass()).isEqualTo("B");
  }

  @Test
  void a_store_s_tags_and_zone_come_with_its_orders() {
    OpenLedger ledger = ledgers.open(tills.program());
    Registry registry = ledger.registry();
    await(
        registry
            .stores()
            .create(
                ledger.pool(),
                program(),
                "west",
                new SetUp("West", List.of("west"), "Asia/Urumqi")));
    await(
        registry
            .stores()
            .create(ledger.pool(), program(), "plain", new SetUp("Plain", List.of(), null)));
    await(registry.catalogue().changed());

    assertThat(order(registry, "west").store())
        .isEqualTo(new StoreFacts(Set.of("west"), "Asia/Urumqi"));
    assertThat(order(registry, "plain").store()).isNull();

    await(
        registry
            .stores()
            .change(
                program(),
                "west",
                it -> new SetUp(it.name(), List.of(), null),
                any -> true,
                (transaction, before, after) -> Future.succeededFuture()));
    await(registry.catalogue().changed());
    assertThat(order(registry, "west").store()).isNull();
  }

  @Test
  void a_program_has_at_most_a_hundred_thousand_products() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    put(ledger.registry(), product("p", "B"));
    try (Sql sql = ledgers.sql()) {
      sql.run("UPDATE catalogue SET products = 99999 WHERE program_id = '" + program() + "'");
      assertThat(put(ledger.registry(), product("q", "B"), product("r", "B")))
          .isEqualTo(new ProductsChange.TooMany());
      assertThat(put(ledger.registry(), product("q", "B"), product("p", "C")))
          .isEqualTo(new ProductsChange.Done(1, 1, 0));
      sql.run("UPDATE catalogue SET products = 2 WHERE program_id = '" + program() + "'");
    }
  }

  @Test
  void what_differs_from_what_the_caller_read_is_left_alone() {
    OpenLedger ledger = ledgers.open(tills.program());
    Registry registry = ledger.registry();
    put(registry, product("p", "B"));
    ProductsChange change =
        await(
            registry
                .products()
                .put(
                    program(),
                    List.of(product("p", "C")),
                    there -> there.equals(Map.of("p", product("p", "A"))),
                    UNRECORDED));
    assertThat(change).isEqualTo(new ProductsChange.Outdated());
    assertThat(await(registry.products().find(program(), "p"))).contains(product("p", "B"));
  }
}
