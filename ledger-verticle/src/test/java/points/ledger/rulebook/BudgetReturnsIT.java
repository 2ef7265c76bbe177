package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command.Accrue;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Outcome;
import points.ledger.command.PendingCommand;
import points.ledger.command.SaleTerms;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.model.Entry;
import points.ledger.model.Origin;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Budgets when orders are repeated, undone, moved or cancelled. */
@WithPostgres
class BudgetReturnsIT {

  private static final String CUT = "\"atEnd\": \"cut\"";
  private static final Origin OFFICE = Origin.office("office", "put right");

  @RegisterExtension final OpenLedgers ledgers;

  private BudgetShop shop;
  private OpenLedger node;

  BudgetReturnsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() {
    shop = new BudgetShop(ledgers);
    node = shop.nodes.get(0);
  }

  /** Points issued, and those that came back. */
  private String row() throws SQLException {
    try (Sql session = ledgers.sql()) {
      return session
          .rows("SELECT issued, reversed FROM budget WHERE program_id = '" + shop.programId() + "'")
          .get(0);
    }
  }

  private String key(String name) {
    return shop.tills.keyPrefix() + name;
  }

  private Reverse undo(Entry entry) {
    return Reverse.of(entry.member(), key("undo" + entry.sequence()), OFFICE, entry.sequence());
  }

  /** The draw of the repeated order is part of what the lane guesses, and is never charged. */
  @Test
  void a_repeated_order_does_not_keep_the_rest_from_others() throws SQLException {
    shop.publish(14, CUT);
    Accrue first = shop.order("m", "store");
    node.answerTo(first);
    for (int round = 0; round < 10 && !row().startsWith("14"); round++) {
      var asked = new ArrayList<Future<Outcome>>();
      asked.add(node.submit(first));
      for (int i = 0; i < 40; i++) {
        asked.add(node.submit(shop.order("other" + i, "store")));
      }
      assertThat(asked.stream().map(OpenLedger::await))
          .allMatch(it -> it instanceof Outcome.Accepted || it instanceof Outcome.Replayed);
    }

    assertThat(row()).isEqualTo("14|0");
  }

  @Test
  void a_refund_that_is_undone_draws_what_is_left_and_no_more() throws SQLException {
    shop.publish(20, CUT);
    Accrue first = shop.order("m", "store");
    node.answerTo(first);
    Entry refund = BudgetShop.accepted(node.answerTo(shop.refund(first, null)));
    shop.sell(0, "n");
    shop.sell(0, "n");
    assertThat(row()).isEqualTo("21|7");

    Entry undone = BudgetShop.accepted(node.answerTo(undo(refund)));

    assertThat(undone.points()).as("the member gets all back").isEqualTo(17);
    assertThat(row()).as("6 were left").isEqualTo("27|7");
    assertThat(shop.sell(1, "n")).isZero();
  }

  @Test
  void a_refund_that_is_undone_when_nothing_is_left_draws_nothing() throws SQLException {
    shop.publish(7, CUT);
    Accrue first = shop.order("m", "store");
    node.answerTo(first);
    Entry refund = BudgetShop.accepted(node.answerTo(shop.refund(first, null)));
    assertThat(shop.sell(1, "n")).isEqualTo(7);

    Entry undone = BudgetShop.accepted(node.answerTo(undo(refund)));

    assertThat(undone.points()).isEqualTo(17);
    assertThat(row()).isEqualTo("14|7");
  }

  @Test
  void a_sale_that_leaves_for_another_member_gives_nothing_back() throws SQLException {
    shop.publish(20, CUT);
    Accrue order = shop.order("m", "store");
    Entry sale = BudgetShop.accepted(node.answerTo(order));
    node.answerTo(shop.order("n", "store"));

    BudgetShop.accepted(
        node.answerTo(
            MoveOut.of(order.member(), key("move"), order.origin(), sale.sequence(), "n")));

    assertThat(row()).as("it is paid still").isEqualTo("14|0");
  }

  @Test
  void a_cancelled_order_gives_back() throws SQLException {
    shop.publish(20, CUT);
    Accrue like = shop.order("m", "store");
    Accrue pending =
        Accrue.of(
            like.member(),
            like.request().key(),
            like.origin(),
            Instant.now(),
            1_000,
            like.lines(),
            new SaleTerms(0, 0, true, null));
    Entry sale = BudgetShop.accepted(node.answerTo(pending));
    assertThat(row()).isEqualTo("7|0");

    BudgetShop.accepted(
        node.answerTo(
            PendingCommand.of(like.member(), key("cancel"), OFFICE, sale.sequence(), false)));

    assertThat(row()).isEqualTo("7|7");
    assertThat(List.of(shop.sell(1, "n"), shop.sell(1, "n"), shop.sell(1, "n")))
        .containsExactly(7L, 7L, 6L);
  }

  /** A node on which nobody has drawn knows of a budget by looking. */
  @Test
  void a_node_that_draws_seldom_previews_by_what_is_left() {
    shop.publish(7, CUT);
    shop.sell(0, "m");

    OpenLedger.awaitThat("the other node to have looked", () -> shop.preview(1, "n") == 0);
  }
}
